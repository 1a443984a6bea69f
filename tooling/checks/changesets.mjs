// A change of a public face needs a changeset that names the package: the users' side of the change, in words.
// The rule, read from git alone, so that it holds in any clone: since an api.md last changed, a changeset that names its
// package was added or edited, in the same commit or a later one; a change not yet committed needs one not yet committed.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { libraries } from './workspace.mjs'

export function undeclaredChanges(root) {
  const git = gitIn(root)
  if (!git || git('rev-parse', '--is-shallow-repository') === 'true') {
    console.log('changesets: not checked, the history is not here')
    return []
  }
  return libraries(root)
    .filter(({ name, place }) => !declared(git, root, name, `${place}/api.md`))
    .map(
      ({ name, place }) =>
        `${place}/api.md changed, and no changeset since then names ${name}: pnpm changeset`,
    )
}

function declared(git, root, name, report) {
  const pending = git('status', '--porcelain', '--untracked-files=all', '--', report, '.changeset').split(
    '\n',
  )
  const changedNow = (file) => pending.some((line) => line.slice(3) === file)
  const waiting = changesetsIn(root).filter(({ file, text }) => changedNow(file) && names(text, name))
  if (waiting.length > 0) return true
  if (changedNow(report)) return false
  // A merge that only joins two branches changes nothing of its own.
  const changed = git('log', '-1', '--no-merges', '--format=%H', '--', report)
  if (changed === '') return true
  return changesetCommits(git).some(
    ({ commit, files }) =>
      files.some((file) => names(git('show', `${commit}:${file}`), name)) && isAncestor(git, changed, commit),
  )
}

/** Commits that added or edited changesets, with the files. */
function changesetCommits(git) {
  const log = git(
    'log',
    '--diff-filter=AM',
    '--no-renames',
    '--name-only',
    '--format=%x00%H',
    '--',
    '.changeset/*.md',
  )
  return log
    .split('\0')
    .filter(Boolean)
    .map((entry) => {
      const [commit, ...files] = entry.split('\n').filter(Boolean)
      return { commit, files }
    })
}

/** Whether a changeset's front matter names a package. */
export function names(changeset, name) {
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(changeset)?.[1] ?? ''
  return front
    .split(/\r?\n/)
    .some((line) => /^(['"]?)(.+)\1:\s*(major|minor|patch)\s*$/.exec(line)?.[2] === name)
}

function changesetsIn(root) {
  const folder = path.join(root, '.changeset')
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.md')) : []
  return files.map((file) => ({
    file: `.changeset/${file}`,
    text: readFileSync(path.join(folder, file), 'utf8'),
  }))
}

function isAncestor(git, older, newer) {
  try {
    git('merge-base', '--is-ancestor', older, newer)
    return true
  } catch {
    return false
  }
}

function gitIn(root) {
  const git = (...args) =>
    // Only the end is trimmed: in a short status the first column may be blank.
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd()
  try {
    git('rev-parse', 'HEAD')
    return git
  } catch {
    return null
  }
}

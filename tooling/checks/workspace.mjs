// What the workspace consists of: its packages, their manifests and their source files.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[/\\]$/, '')

/** Every workspace package below `from`: `{ name, folder, place, manifest, published }`, `place` relative to the root. */
export function workspacePackages(from = root) {
  return ['packages', 'apps', 'tooling'].flatMap((group) =>
    childrenOf(path.join(from, group)).flatMap((name) => {
      const folder = path.join(from, group, name)
      if (!existsSync(path.join(folder, 'package.json'))) return []
      const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
      return [
        { name: manifest.name, folder, place: `${group}/${name}`, manifest, published: !manifest.private },
      ]
    }),
  )
}

/** Published packages with an entry to import; the command line has only a bin. */
export const libraries = (from = root) =>
  workspacePackages(from).filter(({ published, manifest }) => published && manifest.exports?.['.'])

/** TypeScript files below a folder, absolute; build output and installed files left out. */
export function typescriptFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name)
    if (entry.isDirectory()) {
      return ['node_modules', 'dist', 'reports'].includes(entry.name) || entry.name.startsWith('.')
        ? []
        : typescriptFiles(at)
    }
    return /\.[cm]?tsx?$/.test(entry.name) ? [at] : []
  })
}

/** Files under version control, and new ones that are not ignored; relative to `from`. Null where there is no git. */
export function trackedFiles(from = root) {
  try {
    const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
    const files = execFileSync('git', list, {
      cwd: from,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return files.split('\0').filter((file) => file && existsSync(path.join(from, file)))
  } catch {
    return null
  }
}

function childrenOf(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

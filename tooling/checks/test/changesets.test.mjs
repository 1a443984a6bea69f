import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { names, undeclaredChanges } from '../changesets.mjs'
import { root } from '../workspace.mjs'
import { add, plant } from './planted.mjs'

const changeset = (...packages) =>
  `---\n${packages.map((name) => `'${name}': minor`).join('\n')}\n---\n\nWords.\n`
const manifest = (name) => ({ name, exports: { '.': './src/index.ts' } })
const coreChanged = [
  'packages/core/api.md changed, and no changeset since then names @logodds/core: pnpm changeset',
]

/** A repository with two packages that have reports and a changeset. */
function repository() {
  const folder = plant({
    'packages/core/package.json': manifest('@logodds/core'),
    'packages/core/api.md': 'one',
    'packages/optim/package.json': manifest('@logodds/optim'),
    'packages/optim/api.md': 'one',
    '.changeset/first.md': changeset('@logodds/core', '@logodds/optim'),
  })
  const git = (...args) =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.test', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: folder,
        stdio: 'pipe',
      },
    )
  const commit = (files = {}) => {
    add(folder, files)
    git('add', '-A')
    git('commit', '-q', '-m', 'a change')
  }
  git('init', '-q', '-b', 'main')
  commit()
  return { folder, git, commit, add: (files) => add(folder, files), faults: () => undeclaredChanges(folder) }
}

describe('a change of a public face', () => {
  test('is declared in the commit that makes it', () => expect(repository().faults()).toEqual([]))

  test('without a changeset is a fault, committed or not', () => {
    const planted = repository()
    planted.add({ 'packages/core/api.md': 'two' })
    expect(planted.faults()).toEqual(coreChanged)
    planted.commit()
    expect(planted.faults()).toEqual(coreChanged)
    planted.commit({ 'README.md': 'something else' })
    expect(planted.faults()).toEqual(coreChanged)
  })

  test('a changeset for another package does not declare it', () => {
    const planted = repository()
    planted.commit({ 'packages/core/api.md': 'two', '.changeset/next.md': changeset('@logodds/optim') })
    expect(planted.faults()).toEqual(coreChanged)
  })

  test('a changeset from before does not declare it', () => {
    const planted = repository()
    planted.commit({ '.changeset/next.md': changeset('@logodds/core') })
    planted.commit({ 'packages/core/api.md': 'two' })
    expect(planted.faults()).toEqual(coreChanged)
  })

  test.each([
    ['a new changeset', '.changeset/next.md'],
    ['an edited changeset', '.changeset/first.md'],
  ])('%s declares it, at once, later and after the release', (_, file) => {
    const planted = repository()
    planted.add({ 'packages/core/api.md': 'two', [file]: `${changeset('@logodds/core')}More.\n` })
    expect(planted.faults()).toEqual([])
    planted.commit()
    expect(planted.faults()).toEqual([])
    planted.commit({ 'packages/core/api.md': 'three' })
    planted.commit({ [file]: `${changeset('@logodds/core')}More and more.\n` })
    expect(planted.faults()).toEqual([])
    rmSync(path.join(planted.folder, '.changeset'), { recursive: true })
    planted.commit({ 'packages/core/package.json': { ...manifest('@logodds/core'), version: '0.1.0' } })
    expect(planted.faults()).toEqual([])
    planted.commit({ 'packages/core/api.md': 'four' })
    expect(planted.faults()).toEqual(coreChanged)
  })

  test('comes through a merge with its changeset', () => {
    const planted = repository()
    planted.git('checkout', '-q', '-b', 'side')
    planted.commit({ 'packages/core/api.md': 'two', '.changeset/next.md': changeset('@logodds/core') })
    planted.git('checkout', '-q', 'main')
    planted.commit({ 'packages/optim/api.md': 'two', '.changeset/other.md': changeset('@logodds/optim') })
    planted.git('merge', '-q', '--no-edit', 'side')
    expect(planted.faults()).toEqual([])
  })

  test('is not looked for where the history is missing', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    expect(undeclaredChanges(plant({ a: '' }))).toEqual([])
    expect(log).toHaveBeenCalledWith('changesets: not checked, the history is not here')
    log.mockRestore()
  })
})

test('the changes of this repository are declared', () => expect(undeclaredChanges(root)).toEqual([]))

test('only the front matter names packages', () => {
  expect(names(changeset('@logodds/core'), '@logodds/core')).toBe(true)
  expect(names('---\n"@logodds/core": patch\n---\n', '@logodds/core')).toBe(true)
  expect(names(changeset('@logodds/core'), '@logodds/cor')).toBe(false)
  expect(names("---\n---\n\n'@logodds/core': minor\n", '@logodds/core')).toBe(false)
})

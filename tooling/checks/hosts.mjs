// The lockfile holds no address, and no file names a host that packages come from: every user has a registry of their own.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root, trackedFiles } from './workspace.mjs'

// Written in parts, so that this file does not find itself.
const hosts = [
  'npmjs\\.',
  'yarnpkg\\.',
  'npmmirror\\.',
  'pkg\\.github\\.',
  'jsr\\.',
  'pypi\\.',
  'artifactory\\.',
]
const registryHost = new RegExp(
  `(?<![\\w.-])([a-z0-9-]+\\.)*(${hosts.join('|')})(org|com|io|dev|net)\\b`,
  'i',
)

/** One sentence for each file that names one; null where there is no git to list the files. */
export function namedHosts(from = root) {
  const files = trackedFiles(from)
  return files?.flatMap((file) => hostsIn(file, readFileSync(path.join(from, file), 'utf8'))) ?? null
}

export function hostsIn(file, text) {
  const address =
    path.basename(file) === 'pnpm-lock.yaml' && text.includes('://') ? [`${file}: holds an address`] : []
  const host = registryHost.exec(text)
  return host ? [...address, `${file}: names the package registry ${host[0]}`] : address
}

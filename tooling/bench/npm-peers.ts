// Peers that come by npm: fetched on demand, at these versions, into a folder that is no part of the project.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const versions = {
  '@tensorflow/tfjs': '4.22.0',
  '@tensorflow/tfjs-backend-wasm': '4.22.0',
  'ml-logistic-regression': '2.0.0',
  'ml-matrix': '6.15.1',
  scikitjs: '1.24.0',
}

/** Where they are, or would be. */
export const npmPeers = process.env.BENCH_PEERS ?? path.join(tmpdir(), 'logodds-bench-peers')

/** What succeeds if they are there. */
export const needsNpmPeer = (name: keyof typeof versions): string[] => [
  process.execPath,
  '-e',
  `require('node:module').createRequire(${JSON.stringify(path.join(npmPeers, 'package.json'))}).resolve('${name}')`,
]

/** Has npm install them. @throws Error if it does not succeed */
export function fetchNpmPeers(): void {
  mkdirSync(npmPeers, { recursive: true })
  writeFileSync(
    path.join(npmPeers, 'package.json'),
    JSON.stringify({ private: true, dependencies: versions }),
  )
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: npmPeers,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm install in ${npmPeers}: status ${status}`)
}

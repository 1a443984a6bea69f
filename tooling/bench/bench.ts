// The speed of logodds against its peers: makes the data, runs all sides in turns, prints a table.
//
//   npm run --silent bench                    all tasks
//   npm run --silent bench -- T8              some of them
//   npm run --silent bench -- --write         all, and writes docs/performance.md
//   npm run --silent bench -- --fetch-peers   gets the peers that come by npm, into a temporary folder; they are left out without
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { entries, type Section } from './entries.ts'
import { fetchNpmPeers } from './npm-peers.ts'
import { here } from './programs.ts'
import { page } from './report.ts'
import { nameOf } from './task.ts'

const { values, positionals } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    'fetch-peers': { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const known = new Set(entries.map(nameOf))
const unknown = positionals.filter((name) => !known.has(name))
if (unknown.length > 0) throw new Error(`bench: expected tasks among ${[...known]}, got ${unknown}`)
if (values.write && positionals.length > 0) throw new Error('bench: --write wants all tasks')
if (values['fetch-peers']) fetchNpmPeers()
const chosen =
  positionals.length > 0 ? entries.filter((entry) => positionals.includes(nameOf(entry))) : entries

const root = mkdtempSync(path.join(tmpdir(), 'logodds-bench-'))
const sections: Section[] = []
try {
  for (const [k, entry] of chosen.entries()) {
    const folder = path.join(root, entry.data)
    if (mkdirSync(folder, { recursive: true })) entry.make(folder)
    try {
      const section = await entry.run(folder)
      sections.push(section)
      console.log(section.table)
    } catch (error) {
      // The others are not to be lost.
      console.error(`${entry.id}:`, error)
      process.exitCode = 1
    }
    // Data that no later task has.
    if (!chosen.slice(k + 1).some(({ data }) => data === entry.data)) rmSync(folder, { recursive: true })
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}
if (values.write && !process.exitCode) writeFileSync(here('../../docs/performance.md'), page(sections))

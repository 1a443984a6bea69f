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
import { fitSummary, fitTable } from './fit-report.ts'
import { interleave } from './interleave.ts'
import { labelledTasks } from './labelled-tasks.ts'
import { fetchNpmPeers } from './npm-peers.ts'
import { here } from './programs.ts'
import { race } from './race.ts'
import { rankingTasks } from './ranking.ts'
import { page, summary, table } from './report.ts'
import { rowsTask } from './rows-task.ts'
import type { Summary } from './summary.ts'
import { wideTasks } from './wide.ts'

/** A task, and what it takes to have a part of the page about it. */
interface Entry {
  readonly id: string
  readonly data: string
  make(folder: string): void
  run(folder: string): Promise<{ summary: Summary[]; table: string }>
}

const entries: readonly Entry[] = [
  ...[...labelledTasks(), ...wideTasks(), rowsTask()].map((task) => ({
    ...task,
    async run(folder: string) {
      const result = await race(task, folder)
      return { summary: fitSummary(task, result), table: fitTable(task, result) }
    },
  })),
  ...rankingTasks([1e6, 1e7]).map((task) => ({
    ...task,
    async run(folder: string) {
      const times = await interleave(task, folder)
      return { summary: [summary(task, times)], table: table(task, times) }
    },
  })),
]

const { values, positionals } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    'fetch-peers': { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const nameOf = ({ id }: Entry) => id.split(' ')[0]!
const known = new Set(entries.map(nameOf))
const unknown = positionals.filter((name) => !known.has(name))
if (unknown.length > 0) throw new Error(`bench: expected tasks among ${[...known]}, got ${unknown}`)
if (values.write && positionals.length > 0) throw new Error('bench: --write wants all tasks')
if (values['fetch-peers']) fetchNpmPeers()
const chosen =
  positionals.length > 0 ? entries.filter((entry) => positionals.includes(nameOf(entry))) : entries

const root = mkdtempSync(path.join(tmpdir(), 'logodds-bench-'))
const sections: { summary: Summary[]; table: string }[] = []
try {
  for (const [k, entry] of chosen.entries()) {
    const folder = path.join(root, entry.data)
    if (mkdirSync(folder, { recursive: true })) entry.make(folder)
    const section = await entry.run(folder)
    sections.push(section)
    console.log(section.table)
    // Data that no later task has.
    if (!chosen.slice(k + 1).some(({ data }) => data === entry.data)) rmSync(folder, { recursive: true })
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}
if (values.write) writeFileSync(here('../../docs/performance.md'), page(sections))

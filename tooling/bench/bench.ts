// The speed of logodds against its peers: makes the data, runs all sides in turns, prints a table.
//
//   npm run --silent bench                    all tasks
//   npm run --silent bench -- T8              some of them
//   npm run --silent bench -- --write         all, and writes docs/performance.md
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { interleave, type Times } from './interleave.ts'
import { here } from './programs.ts'
import { rankingTasks } from './ranking.ts'
import { page, table } from './report.ts'
import type { Task } from './task.ts'

const tasks: readonly Task[] = [...rankingTasks([1e6, 1e7])]

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const known = new Set(tasks.map(({ id }) => id.split(' ')[0]!))
const unknown = positionals.filter((name) => !known.has(name))
if (unknown.length > 0) throw new Error(`bench: expected tasks among ${[...known]}, got ${unknown}`)
if (values.write && positionals.length > 0) throw new Error('bench: --write wants all tasks')
const chosen =
  positionals.length > 0 ? tasks.filter(({ id }) => positionals.includes(id.split(' ')[0]!)) : tasks

const root = mkdtempSync(path.join(tmpdir(), 'logodds-bench-'))
const results: { task: Task; times: Times[] }[] = []
try {
  for (const task of chosen) {
    const folder = path.join(root, task.data)
    if (mkdirSync(folder, { recursive: true })) task.make(folder)
    const times = await interleave(task, folder)
    results.push({ task, times })
    console.log(table(task, times))
  }
} finally {
  rmSync(root, { recursive: true })
}
if (values.write) writeFileSync(here('../../docs/performance.md'), page(results))

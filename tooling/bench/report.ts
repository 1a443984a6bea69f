// What a run of the benchmark says, as Markdown: times, and the peer's time as a multiple of ours.
import { cpus, totalmem } from 'node:os'
import type { Times } from './interleave.ts'
import { type Summary, summaryTable } from './summary.ts'
import { nameOf, type Task } from './task.ts'

/** One table: a row for each runner, with how many times as fast it is as the fastest peer. */
export function table(task: Task, times: readonly Times[]): string {
  const peers = times.filter(({ runner, warm }) => runner.needs && warm !== null)
  const [coldest, warmest] = [
    Math.min(...peers.map(({ cold }) => cold!)),
    Math.min(...peers.map(({ warm }) => warm!)),
  ]
  const ratio = (peer: number, own: number) => (peer < Infinity ? `${(peer / own).toFixed(1)}×` : '')
  const rows = times.map(({ runner, cold, warm }) =>
    cold === null || warm === null
      ? [runner.name, 'not installed', '', '', '']
      : [runner.name, shown(cold), shown(warm), ratio(coldest, cold), ratio(warmest, warm)],
  )
  return [
    `### ${nameOf(task)}: ${task.title}`,
    '',
    '| | first run, s | later runs, s | peer’s / own, first | peer’s / own, later |',
    '|---|---:|---:|---:|---:|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n')
}

/** Its line in the summary. */
export function summary(task: Task, times: readonly Times[]): Summary {
  const there = times.filter(({ warm }) => warm !== null).sort((a, b) => a.warm! - b.warm!)
  const peers = there.filter(({ runner }) => runner.needs)
  const [peer, own] = [peers[0], there.find(({ runner }) => !runner.needs)]
  const named = (side: Times | undefined) => side && { name: side.runner.name, seconds: side.warm! }
  return {
    task: `${nameOf(task)}, ${task.title}`,
    threads: 1,
    peer: named(peer),
    own: named(own),
    first: peer && own && Math.min(...peers.map(({ cold }) => cold!)) / own.cold!,
    goal: task.goal,
  }
}

/** The whole page, with the date and the machine. */
export function page(sections: readonly { summary: readonly Summary[]; table: string }[]): string {
  const [cpu] = cpus()
  const machine = `${cpu?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
  return [
    '# Performance',
    '',
    `Measured on ${new Date().toISOString().slice(0, 10)} on a shared machine (${machine}) by \`npm run --silent bench -- --write\`, which anybody`,
    'can run again. All sides run in turns, in processes of their own, with the same number of threads, on the same data.',
    'Seconds on a shared machine vary; what counts are the multiples: the best peer’s time divided by ours, of one run.',
    '',
    summaryTable(sections.flatMap((section) => section.summary)),
    '*First* is the first run of a fresh process, *later* the median of the others. *Has to be* is for both, the *goal* for later runs.',
    'Times are of the work alone: data are in memory before, as the side wants them, and results after it.',
    '',
    '## Fits',
    '',
    'Ours is `fitLogistic(dense(X), y, { penalty, standardize: false, solver: auto() })`, `dense` or `csr` being that of `@logodds/kernels` and X',
    'a `matrix` of it; *linear alone* has neither.',
    'All sides minimise the same objective, to a relative suboptimality (f − f\\*) / f\\* of 1e-6 and 1e-10 (softmax and the',
    'libraries of JavaScript: 1e-6). The benchmark evaluates f itself at the coefficients that a side gives back, with sums that carry their rounding',
    'errors along; f\\* is proven by a duality gap below 1e-12. Each side has its own stopping rule, at the loosest setting that reaches the target.',
    '*Reached* is the worst of all timed runs. *Passes* are readings of X, as the fit counts them; GB/s are what they read in a second of the whole fit, and',
    'in brackets the share of what a plain sum reads. What takes more than 15 s is run once.',
    '',
    ...sections.map((section) => section.table),
  ].join('\n')
}

const shown = (seconds: number): string => seconds.toPrecision(3)

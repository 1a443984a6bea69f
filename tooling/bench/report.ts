// What a run of the benchmark says, as Markdown: times, and the peer's time as a multiple of ours.
import { cpus, totalmem } from 'node:os'
import type { Times } from './interleave.ts'
import type { Task } from './task.ts'

/** One table: a row for each runner, with how many times as fast it is as the fastest peer. */
export function table({ id, title }: Task, times: readonly Times[]): string {
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
    `### ${id.split(' ')[0]}: ${title}`,
    '',
    '| | first run, s | later runs, s | peer’s / own, first | peer’s / own, later |',
    '|---|---:|---:|---:|---:|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n')
}

/** The whole page, with the date and the machine. */
export function page(results: readonly { task: Task; times: readonly Times[] }[]): string {
  const [cpu] = cpus()
  const machine = `${cpu?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
  return [
    '# Performance',
    '',
    `Measured on ${new Date().toISOString().slice(0, 10)} on a shared machine (${machine}) by \`npm run --silent bench -- --write\`, which anybody`,
    'can run again. All sides run in turns, in processes of their own, one thread each, on the same data; times are of the work alone,',
    'the first run of a fresh process apart, the median of the others. What counts is the last column: the ratio within one run.',
    '',
    ...results.map(({ task, times }) => table(task, times)),
  ].join('\n')
}

const shown = (seconds: number): string => seconds.toPrecision(3)

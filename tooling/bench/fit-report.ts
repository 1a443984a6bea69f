// What was measured of fits, as Markdown: a table for each task, and the line that it has in the summary.
import type { FitTask, Side } from './fit-task.ts'
import type { Measurement } from './lane.ts'
import type { RaceResult, SideResult } from './race.ts'
import type { Summary } from './summary.ts'
import { nameOf } from './task.ts'

const isPeer = ({ ours, byHand }: Side): boolean => !ours && !byHand

const least = (values: readonly number[]): number => Math.min(Infinity, ...values)

/** Of one side at the tightest target. */
const tightest = ({ measured }: SideResult, t: number): Measurement | undefined => measured[t]?.at(-1)

/** The peers that ours is compared with. */
const compared = ({ against }: FitTask, sides: readonly SideResult[]): SideResult[] =>
  sides.filter(({ side }) => isPeer(side) && (!against || side.name === against))

/** The fastest of some with the t-th number of threads. */
const fastest = (sides: readonly SideResult[], t: number): SideResult | undefined =>
  sides.filter((result) => tightest(result, t)).sort((a, b) => tightest(a, t)!.warm - tightest(b, t)!.warm)[0]

export function fitTable(task: FitTask, race: RaceResult): string {
  const { title, targets, threads, wholeProcess } = task
  const { sides, stream, bytes, pass } = race
  const peers = compared(task, sides)
  // Beside a time of ours: that of the best peer as its multiple.
  const cell = (result: SideResult, of: (result: SideResult) => number | null | undefined) => {
    const own = of(result)
    if (own === null || own === undefined) return ''
    const peer = least(peers.map((other) => of(other) ?? Infinity))
    return result.side.ours && peer < Infinity ? `${shown(own)} (${times(peer / own)})` : shown(own)
  }
  const columns: { head: string; of: (result: SideResult) => string }[] = threads.flatMap((count, t) => {
    const head = (text: string) => `${text}${count > 1 ? `, ${count} threads` : ''}, s`
    return [
      ...(wholeProcess && t === 0
        ? [
            {
              head: head('whole process'),
              of: (r: SideResult) => cell(r, (side) => tightest(side, t)?.whole),
            },
          ]
        : []),
      { head: head('first fit'), of: (r: SideResult) => cell(r, (side) => tightest(side, t)?.cold) },
      ...targets
        .map((target, k) => ({
          head: head(power(target)),
          of: (r: SideResult) => cell(r, (side) => side.measured[t]?.[k]?.warm),
        }))
        // One target will do for more threads.
        .slice(t === 0 ? 0 : -1),
    ]
  })
  const rows = sides.map((result) => [
    result.side.name,
    ...(result.measured[0]?.some(Boolean)
      ? [...columns.map(({ of }) => of(result)), reached(result), ...traffic(result, bytes, stream[0]!)]
      : [fate(result), ...columns.map(() => ''), '', '']),
  ])
  const heads = ['', ...columns.map(({ head }) => head), 'reached', 'passes', 'GB/s']
  return [
    `### ${nameOf(task)}: ${title}`,
    '',
    `| ${heads.join(' | ')} |`,
    `|---|${heads
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `A pass reads ${(bytes / 1e6).toFixed(0)} MB. A sum over as many bytes reads ${threads
      .map(
        (count, t) => `${(stream[t]! / 1e9).toFixed(1)} GB/s on ${count} ${count > 1 ? 'threads' : 'thread'}`,
      )
      .join(', ')} in the same run.`,
    ...(pass
      ? [
          `One pass of ours over X, for value and gradient, reads ${(pass / 1e9).toFixed(1)} GB/s: ${((100 * pass) / stream[0]!).toFixed(0)} % of that.`,
        ]
      : []),
    '',
  ].join('\n')
}

const reached = ({ measured }: SideResult): string =>
  power(Math.max(1e-16, measured[0]!.findLast(Boolean)!.suboptimality))

/** Why a side has no times. */
function fate({ installed, settled }: SideResult): string {
  if (!installed) return 'not installed'
  if (!settled || settled.best === Infinity) return 'no answer in time'
  return `not reached: ${power(settled.best)} after ${shown(settled.seconds)} s`
}

/** Passes, and what they read in a second. */
function traffic({ measured }: SideResult, bytes: number, stream: number): string[] {
  const { passes, warm } = measured[0]!.findLast(Boolean)!
  if (passes === undefined) return ['', '']
  const rate = (passes * bytes) / warm
  return [`${passes}`, `${(rate / 1e9).toFixed(1)} (${((100 * rate) / stream).toFixed(0)} %)`]
}

/** One line for each number of threads; and one more for the best peer, where another is to be compared with. */
export function fitSummary(task: FitTask, { sides }: RaceResult): Summary[] {
  const { id, targets, threads, required, goals, against } = task
  const line = (t: number, peers: readonly SideResult[]): Summary => {
    const own = fastest(
      sides.filter(({ side }) => side.ours),
      t,
    )
    const peer = fastest(peers, t)
    const coldest = least(peers.map((result) => tightest(result, t)?.cold ?? Infinity))
    return {
      task: `${id} at ${power(targets.at(-1)!)}`,
      threads: threads[t]!,
      peer: peer && { name: peer.side.name, seconds: tightest(peer, t)!.warm },
      own: own && { name: own.side.name, seconds: tightest(own, t)!.warm },
      first: own && coldest < Infinity ? coldest / tightest(own, t)!.cold! : undefined,
    }
  }
  return threads.flatMap((_, t) => [
    { ...line(t, compared(task, sides)), required: required[t], goal: goals[t] },
    ...(against ? [line(t, compared({ ...task, against: undefined }, sides))] : []),
  ])
}

const shown = (seconds: number): string => seconds.toPrecision(3)
const times = (ratio: number): string => `${ratio.toFixed(1)}×`
const power = (v: number): string => v.toExponential(0).replace('e+', 'e')

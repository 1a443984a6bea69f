// One side's turns in a race: a process of its own, asked for one fit after another.
import type { FitRun, FitTask, Side } from './fit-task.ts'
import { median } from './median.ts'
import { type RunnerProcess, start } from './runner-process.ts'
import type { Reached, Settled } from './settle.ts'

/** Seconds, and what was reached, at one target with so many threads. */
export interface Measurement {
  readonly setting: number
  /** The first fit of a fresh process; null for looser targets, which come later in it. */
  readonly cold: number | null
  /** From the start of a process to its answer: starting, loading, fitting. */
  readonly whole: number | null
  /** The median of the others. */
  readonly warm: number
  /** The worst of all runs. */
  readonly suboptimality: number
  readonly passes: number | undefined
}

// A side gets as many runs as fit in here, two at the least.
const SECONDS_EACH = 1.5

// What takes longer is not done more than once.
const SLOW = 15

export interface Lane {
  turn(round: number): Promise<void>
  measurements(): (Measurement | undefined)[]
  stop(): void
}

/** One side's process, started in its first turn, which begins with the tightest target that it reaches. */
export function lane(
  task: FitTask,
  side: Side,
  settled: Settled | undefined,
  suboptimality: (run: FitRun) => number,
  folder: string,
  threads: number,
): Lane | null {
  const reached = task.targets
    .map((_, t) => ({ t, ...settled?.reached[t] }))
    .filter((entry): entry is { t: number } & Reached => entry.setting !== undefined)
    .reverse()
  if (reached.length === 0) return null
  const once = reached[0]!.seconds
  if (once > SLOW && threads === task.threads[0]) return asSettled(settled!)
  const runs: FitRun[][] = task.targets.map(() => [])
  const worst = task.targets.map(() => -Infinity)
  let process: RunnerProcess | undefined
  let whole = 0
  let spent = 0
  return {
    async turn(round) {
      // At least two, unless one is long.
      if (round > 1 && spent > SECONDS_EACH) return
      if (round > 0 && once > SLOW) return
      for (const { t, setting } of once > SLOW ? reached.slice(0, 1) : reached) {
        const from = performance.now()
        process ??= start(side, folder, 'fit', threads)
        const run = (await process.ask<FitRun>(JSON.stringify(setting)))!
        if (whole === 0) whole = (performance.now() - from) / 1000
        spent += run.seconds
        worst[t] = Math.max(worst[t]!, suboptimality(run))
        runs[t]!.push(run)
      }
    },
    measurements: () =>
      task.targets.map((_, t) => {
        const [first, ...others] = runs[t]!
        if (!first) return undefined
        const cold = t === reached[0]!.t
        const warm = (cold && others.length > 0 ? others : runs[t]!).map(({ seconds }) => seconds)
        return {
          setting: settled!.reached[t]!.setting,
          cold: cold ? first.seconds : null,
          whole: cold ? whole : null,
          warm: median(warm),
          suboptimality: worst[t]!,
          passes: first.passes,
        }
      }),
    stop: () => process?.stop(),
  }
}

/** What has been measured already. */
const asSettled = ({ reached }: Settled): Lane => ({
  turn: async () => {},
  measurements: () =>
    reached.map((of) => of && { ...of, cold: of.seconds, whole: null, warm: of.seconds, passes: undefined }),
  stop: () => {},
})

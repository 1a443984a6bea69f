// The fits of all sides in turns: what is slow about a minute is slow for all of them. The bandwidth of memory is measured in between.
import type { FitRun, FitTask, Side } from './fit-task.ts'
import { judge } from './measured.ts'
import { median } from './median.ts'
import { ourRunner } from './programs.ts'
import { installed, type RunnerProcess, start } from './runner-process.ts'
import { type Settled, settle } from './settle.ts'
import type { Run } from './task.ts'

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

export interface SideResult {
  readonly side: Side
  readonly installed: boolean
  readonly settled: Settled | undefined
  /** By number of threads, and by target; undefined where it was not reached. */
  readonly measured: readonly (readonly (Measurement | undefined)[])[]
}

export interface RaceResult {
  readonly sides: readonly SideResult[]
  /** What one pass reads. */
  readonly bytes: number
  /** Bytes a second that a sum over as many bytes reads, by number of threads. */
  readonly stream: readonly number[]
}

// A side gets as many runs as fit in here, two at the least.
const SECONDS_EACH = 2

// So many times as slow as the best.
const HOPELESS = 3

/** Runs a task on data that have been made. */
export async function race(task: FitTask, folder: string): Promise<RaceResult> {
  const problem = task.problem(folder)
  const suboptimality = judge(problem)
  const present = task.sides.map(installed)
  const settled: (Settled | undefined)[] = []
  for (const [k, side] of task.sides.entries())
    settled.push(present[k] ? await settle(task, side, suboptimality, folder) : undefined)

  const stream: number[] = []
  const measured = task.sides.map((): (Measurement | undefined)[][] => [])
  // Of more threads only peers are asked that have a chance to be the best.
  const best = Math.min(
    ...task.sides.map((side, k) => (side.ours ? Infinity : (settled[k]?.seconds ?? Infinity))),
  )
  const contends = (side: Side, k: number) =>
    side.ours ? side.threaded : settled[k] && settled[k].seconds < HOPELESS * best
  for (const [t, threads] of task.threads.entries()) {
    const lanes = task.sides.map((side, k) =>
      t === 0 || contends(side, k) ? lane(task, side, settled[k], suboptimality, folder, threads) : null,
    )
    stream.push(await inTurns(task, lanes, problem.bytes, folder, threads))
    for (const [k, own] of lanes.entries())
      measured[k]!.push(own ? own.measurements() : task.targets.map(() => undefined))
  }
  return {
    sides: task.sides.map((side, k) => ({
      side,
      installed: present[k]!,
      settled: settled[k],
      measured: measured[k]!,
    })),
    bytes: problem.bytes,
    stream,
  }
}

async function inTurns(
  { rounds }: FitTask,
  lanes: readonly (Lane | null)[],
  bytes: number,
  folder: string,
  threads: number,
): Promise<number> {
  const size = `${Math.max(bytes, 2 ** 26)}`
  const streams = Array.from({ length: threads }, () => start(ourRunner('stream', 'stream.ts'), folder, size))
  let fastest = 0
  for (let round = 0; round <= rounds; round++) {
    for (const own of lanes) await own?.turn(round)
    const runs = await Promise.all(streams.map((process) => process.ask<Run>('run')))
    fastest = Math.max(
      fastest,
      runs.reduce((sum, run) => sum + run!.answer, 0),
    )
  }
  for (const process of streams) process.stop()
  for (const own of lanes) own?.stop()
  return fastest
}

interface Lane {
  turn(round: number): Promise<void>
  measurements(): (Measurement | undefined)[]
  stop(): void
}

/** One side's process, started in its first turn, which begins with the tightest target that it reaches. */
function lane(
  task: FitTask,
  side: Side,
  settled: Settled | undefined,
  suboptimality: (run: FitRun) => number,
  folder: string,
  threads: number,
): Lane | null {
  const reached = task.targets
    .map((_, t) => ({ t, setting: settled?.settings[t] ?? null }))
    .filter((entry): entry is { t: number; setting: number } => entry.setting !== null)
    .reverse()
  if (reached.length === 0) return null
  const runs: FitRun[][] = task.targets.map(() => [])
  const worst = task.targets.map(() => -Infinity)
  let process: RunnerProcess | undefined
  let whole = 0
  let spent = 0
  return {
    async turn(round) {
      // At least one warm run for the first target, whatever it takes.
      if (round > 1 && spent > SECONDS_EACH) return
      for (const { t, setting } of reached) {
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
        const warm = (cold ? others : runs[t]!).map(({ seconds }) => seconds)
        return {
          setting: settled!.settings[t]!,
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

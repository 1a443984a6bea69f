// The fits of all sides in turns: what is slow about a minute is slow for all of them. The bandwidth of memory is measured in between.
import type { FitTask, Side } from './fit-task.ts'
import { type Lane, lane, type Measurement } from './lane.ts'
import { judge } from './measured.ts'
import { ourRunner } from './programs.ts'
import { installed, type RunnerProcess, start } from './runner-process.ts'
import { type Settled, settle } from './settle.ts'
import type { Run } from './task.ts'

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
  /** The same of X in one pass of ours on one thread, where it is measured. */
  readonly pass: number | undefined
}

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
  let pass: number | undefined
  const measured = task.sides.map((): (Measurement | undefined)[][] => [])
  // Of more threads only peers are asked that have a chance to be the best.
  const secondsOf = (k: number) => settled[k]?.reached.at(-1)?.seconds ?? Infinity
  const best = Math.min(...task.sides.map((side, k) => (side.ours ? Infinity : secondsOf(k))))
  const contends = (side: Side, k: number) => (side.ours ? side.threaded : secondsOf(k) < HOPELESS * best)
  for (const [t, threads] of task.threads.entries()) {
    const lanes = task.sides.map((side, k) =>
      t === 0 || contends(side, k) ? lane(task, side, settled[k], suboptimality, folder, threads) : null,
    )
    const size = `${Math.max(problem.bytes, 2 ** 26)}`
    const streams = Array.from({ length: threads }, () =>
      start(ourRunner('stream', 'stream.ts'), folder, size),
    )
    const passes = task.pass && t === 0 ? [start(task.pass, folder, 'pass')] : []
    const [sum, ofX] = await inTurns(task.rounds, lanes, [streams, passes])
    stream.push(sum!)
    pass ??= ofX || undefined
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
    pass,
  }
}

/** Returns the most that the processes of each group have answered together. */
async function inTurns(
  rounds: number,
  lanes: readonly (Lane | null)[],
  groups: readonly (readonly RunnerProcess[])[],
): Promise<number[]> {
  const most = groups.map(() => 0)
  for (let round = 0; round <= rounds; round++) {
    for (const own of lanes) await own?.turn(round)
    for (const [g, group] of groups.entries()) {
      const runs = await Promise.all(group.map((process) => process.ask<Run>('run')))
      const together = runs.reduce((sum, run) => sum + run!.answer, 0)
      most[g] = Math.max(most[g]!, together)
    }
  }
  for (const process of groups.flat()) process.stop()
  for (const own of lanes) own?.stop()
  return most
}

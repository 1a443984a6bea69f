// Running all sides of a task in turns: what is slow about a minute is slow for all of them.
import { median } from './median.ts'
import { installed, start } from './runner-process.ts'
import type { Run, Runner, Task } from './task.ts'

export interface Times {
  readonly runner: Runner
  /** The first run of a fresh process, in seconds; null if the runner is not installed. */
  readonly cold: number | null
  /** The median of the others. */
  readonly warm: number | null
  readonly answer: number
}

/** Runs a task on data that have been made. @throws Error if the answers differ by more than the task allows. */
export async function interleave(
  { runners, work, rounds, agreement, id }: Task,
  folder: string,
): Promise<Times[]> {
  const present = runners.filter(installed)
  const processes = present.map((runner) => start(runner, folder, work))
  const runs: Run[][] = present.map(() => [])
  for (let round = 0; round <= rounds; round++)
    for (const [k, process] of processes.entries()) runs[k]!.push((await process.ask<Run>('run'))!)
  for (const process of processes) process.stop()

  const answers = runs.flat().map(({ answer }) => answer)
  const [low, high] = [Math.min(...answers), Math.max(...answers)]
  if (!(high - low <= agreement * Math.max(Math.abs(low), Math.abs(high))))
    throw new Error(`${id}: answers from ${low} to ${high}`)
  return runners.map((runner) => {
    const own = runs[present.indexOf(runner)]
    if (!own) return { runner, cold: null, warm: null, answer: Number.NaN }
    const [first, ...others] = own
    return {
      runner,
      cold: first!.seconds,
      warm: median(others.map(({ seconds }) => seconds)),
      answer: first!.answer,
    }
  })
}

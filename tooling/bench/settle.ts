// Before the clock counts: which setting of its own stopping rule brings each side to each target.
import type { FitRun, FitTask, Side } from './fit-task.ts'
import { start } from './runner-process.ts'

export interface Reached {
  readonly setting: number
  readonly seconds: number
  readonly suboptimality: number
}

/** What a side needs to be told. */
export interface Settled {
  /** For each target the loosest setting that reaches it, and that fit; undefined if none does, or not in time. */
  readonly reached: readonly (Reached | undefined)[]
  /** The best suboptimality that was reached, and the seconds of that fit. */
  readonly best: number
  readonly seconds: number
}

export async function settle(
  { targets, threads, patience }: Pick<FitTask, 'targets' | 'threads' | 'patience'>,
  side: Side,
  suboptimality: (run: FitRun) => number,
  folder: string,
): Promise<Settled> {
  const process = start(side, folder, 'fit', threads[0])
  const reached: (Reached | undefined)[] = targets.map(() => undefined)
  let [best, seconds, spent] = [Infinity, Number.NaN, 0]
  for (const setting of side.settings) {
    const run: FitRun | null = await process.ask<FitRun>(JSON.stringify(setting), patience - spent)
    if (!run) return { reached, best, seconds }
    const away = suboptimality(run)
    spent += run.seconds
    if (away < best) [best, seconds] = [away, run.seconds]
    for (const [t, target] of targets.entries())
      if (away <= target) reached[t] ??= { setting, seconds: run.seconds, suboptimality: away }
    if (reached.every(Boolean) || spent >= patience) break
  }
  process.stop()
  return { reached, best, seconds }
}

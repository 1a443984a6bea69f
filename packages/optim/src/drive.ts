// What every way of running a solver has in common: it copies the start, counts the questions, reports and keeps the best
// step, and knows when to stop. Whoever runs a drive only fetches the answers, so that all ways give the same iterates.
import { ending } from './ending.ts'
import { expect, expectPositive } from './limits.ts'
import type { Ending, Outcome, Query, Solver, Step } from './oracle.ts'

/** What stops a run early, and who watches it. */
export interface MinimizeOptions {
  /** Called for the start (iteration 0) and after every iteration. Return 'stop' to end with the best point so far. */
  onStep?: ((step: Step) => unknown) | undefined
  /** Ends the run with the best point so far, before the next question is asked. */
  signal?: AbortSignal | undefined
  /** Seconds; it ends before the first question that would be asked later. Default: no limit. */
  timeLimit?: number | undefined
}

/** Why a run ends before its solver does. */
export type Halt = 'stopped' | 'time-limit'

/** A copy of `start`. @throws RangeError if an entry is not finite. */
export function copyStart(caller: string, start: ArrayLike<number>): Float64Array {
  return Float64Array.from(start, (value, j) => {
    expect(Number.isFinite(value), caller, `start[${j}] finite`, value)
    return value
  })
}

/** Yields the questions; takes their answers, or a halt, which ends it at the best step so far. */
export function* drive<Q extends Query>(
  caller: string,
  solver: Solver<Q>,
  start: ArrayLike<number>,
  { onStep, signal, timeLimit = Infinity }: MinimizeOptions,
): Generator<Q, Outcome, number | Halt> {
  expectPositive(caller, { timeLimit })
  const at = copyStart(caller, start)
  const run = solver(at.slice())
  const late = performance.now() + timeLimit * 1000
  // Infinity: nothing was measured yet.
  let best: Step = { ask: 'step', iteration: 0, value: Infinity, optimality: Infinity, at }
  let queries = 0
  let answer: number | Halt = 0
  for (;;) {
    const turn: IteratorResult<Q | Step, Ending> =
      typeof answer === 'number' ? run.next(answer) : run.return(ending(answer, best))
    if (turn.done) return { ...turn.value, queries }
    const asked: Query | Step = turn.value
    if (asked.ask === 'step') {
      if (asked.value < best.value) {
        at.set(asked.at)
        best = { ...asked, at }
      }
      if (onStep?.(asked) === 'stop') answer = 'stopped'
    } else if (signal?.aborted) answer = 'stopped'
    else if (performance.now() >= late) answer = 'time-limit'
    else {
      queries++
      answer = yield asked as Q
    }
  }
}

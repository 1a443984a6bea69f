// What every way of running a solver has in common: it copies the start, counts the questions, reports and keeps the best
// step, and knows when to stop. Whoever holds a drive only fetches the answers, so that all ways give the same iterates.
import type { Ending, Outcome, Query, Solver, Step } from './oracle.ts'

/** What stops a run early, and who watches it. */
export interface MinimizeOptions {
  /** Called after every iteration, and for the start (iteration 0). Return 'stop' to end with the best point so far. */
  onStep?: ((step: Step) => unknown) | undefined
  /** Ends the run with the best point so far, before the next question is asked. */
  signal?: AbortSignal | undefined
  /** Seconds; it ends before the first question that would be asked later. Default: no limit. */
  timeLimit?: number | undefined
}

export type Halt = 'stopped' | 'time-limit'

export interface Drive<Q extends Query> {
  /** Answers the pending question (the first call: none) and returns the next one, or null when the run has ended. */
  advance(answer: number): Q | null
  /** Ends the run at the best step so far. */
  halt(status: Halt): null
  /** How it ended; null before. */
  outcome: Outcome | null
}

/** A copy of `start`. @throws RangeError if an entry is not finite. */
export function copyStart(caller: string, start: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(start)
  const j = copy.findIndex((value) => !Number.isFinite(value))
  if (j >= 0) throw new RangeError(`${caller}: expected start[${j}] finite, got ${copy[j]}`)
  return copy
}

export function drive<Q extends Query>(
  caller: string,
  solver: Solver<Q>,
  start: ArrayLike<number>,
  { onStep, signal, timeLimit = Infinity }: MinimizeOptions,
): Drive<Q> {
  if (!(timeLimit >= 0)) throw new RangeError(`${caller}: expected timeLimit >= 0, got ${timeLimit}`)
  const at = copyStart(caller, start)
  const run = solver(at.slice())
  const late = performance.now() + timeLimit * 1000
  // Infinity until something was measured.
  let value = Infinity
  let optimality = Infinity
  let iterations = 0
  let queries = 0
  const self: Drive<Q> = {
    outcome: null,
    halt(status) {
      const message =
        status === 'stopped'
          ? 'Stopped on request: this is the best point so far; start from it to go on.'
          : 'The time limit came first: start from this point to go on, or raise timeLimit.'
      const ending: Ending = { status, message, at, value, iterations, optimality }
      run.return(ending)
      self.outcome = { ...ending, queries }
      return null
    },
    advance(answer) {
      for (;;) {
        const turn = run.next(answer)
        if (turn.done) {
          self.outcome = { ...turn.value, queries }
          return null
        }
        const asked = turn.value
        if (asked.ask !== 'step') {
          if (signal?.aborted) return self.halt('stopped')
          if (timeLimit < Infinity && performance.now() >= late) return self.halt('time-limit')
          queries++
          return asked as Q
        }
        const step = asked as Step
        if (step.value < value) {
          at.set(step.at)
          ;({ value, optimality, iteration: iterations } = step)
        }
        if (onStep?.(step) === 'stop') return self.halt('stopped')
      }
    },
  }
  return self
}

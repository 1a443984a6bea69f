// Running one solver on this thread: to its end, or one step at a time.
import { copyStart, drive, type MinimizeOptions } from './drive.ts'
import { ending } from './ending.ts'
import type { Oracle, Outcome, Query, Solver, Step } from './oracle.ts'

/**
 * Minimises the function that `oracle` answers for, by `solver`, from `start` (p finite numbers; not changed).
 * A solver that asks what the oracle does not answer is a compile error.
 *
 * @returns where it ended and how; `status` 'converged' is the only success. After a stop or at the time limit this is
 * the best point so far (value Infinity if nothing had been measured).
 * @throws RangeError on a start or a time limit that is not a number; and whatever the oracle or `onStep` throws: an error from
 * the oracle carries the best point so far (`outcomeOf`).
 */
export function minimize<Q extends Query>(
  oracle: Oracle<Q>,
  solver: Solver<NoInfer<Q>>,
  start: ArrayLike<number>,
  options: MinimizeOptions = {},
): Outcome {
  const run = drive<Q>('minimize', solver, start, options)
  try {
    for (let turn = run.next(0); ; turn = run.next(oracle(turn.value))) if (turn.done) return turn.value
  } catch (error) {
    Reflect.set(Object(error), 'outcome', run.next('stopped').value)
    throw error
  }
}

/**
 * As {@link minimize}, but you pull: each `next()` works until the solver's next {@link Step}, which it yields (the
 * start is step 0). The generator returns the outcome; its `return()` ends the solver too.
 *
 * @throws RangeError at once on a start that is not finite.
 */
export function stepThrough<Q extends Query>(
  oracle: Oracle<Q>,
  solver: Solver<NoInfer<Q>>,
  start: ArrayLike<number>,
): Generator<Step, Outcome, void> {
  return steps(oracle, solver as Solver<Q>, copyStart('stepThrough', start))
}

function* steps<Q extends Query>(
  oracle: Oracle<Q>,
  solver: Solver<Q>,
  at: Float64Array,
): Generator<Step, Outcome, void> {
  const run = solver(at.slice())
  let best: Step = { ask: 'step', iteration: 0, value: Infinity, optimality: Infinity, at }
  let queries = 0
  try {
    let turn = run.next(0)
    while (!turn.done) {
      const asked: Query | Step = turn.value
      if (asked.ask === 'step') {
        if (asked.value < best.value) {
          at.set(asked.at)
          best = { ...asked, at }
        }
        yield asked
        turn = run.next(0)
      } else {
        queries++
        turn = run.next(oracle(asked as Q))
      }
    }
    return { ...turn.value, queries }
  } catch (error) {
    Reflect.set(Object(error), 'outcome', { ...ending('stopped', best), queries })
    throw error
  } finally {
    run.return(ending('stopped', best))
  }
}

// A solver that someone watches: at each step it may be told to end, for a reason that becomes the outcome's message.
import { ending } from './ending.ts'
import type { Ending, Query, Solver, Step } from './oracle.ts'

/** Who watches one run. */
export interface Watch<Q extends Query> {
  /** Is told every question after it was answered, out-parameters included. */
  saw?(query: Query, value: number): void
  /** After every step: why the run ends here, undefined if it goes on. It may ask questions of its own. */
  judge(step: Step): Generator<Q, string | undefined, number>
}

/** `solver` under a watch that `begin` starts anew for each run; whatever else it carries (a penalty) stays with it. */
export function watched<P extends Query, Q extends Query, Carried>(
  solver: Solver<P> & Carried,
  begin: () => Watch<Q>,
): Solver<P | Q> & Carried {
  function* run(start: Float64Array): Generator<P | Q | Step, Ending, number> {
    const watch = begin()
    const inner = solver(start)
    let answer = 0
    try {
      for (;;) {
        const turn = inner.next(answer)
        if (turn.done) return turn.value
        const asked: Query | Step = turn.value
        answer = yield turn.value
        if (asked.ask !== 'step') watch.saw?.(asked, answer)
        else {
          const message = yield* watch.judge(asked)
          if (message) return { ...ending('converged', asked), message }
        }
      }
    } finally {
      // So that the solver can clean up, whoever ended it.
      inner.return({} as Ending)
    }
  }
  return Object.assign(run, solver)
}

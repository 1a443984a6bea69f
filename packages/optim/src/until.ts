// Stopping by what users mean: a solver that ends as soon as one of several criteria is met.
import type { Query, Solver, Step } from './oracle.ts'
import { watched } from './watched.ts'

/** Starts to judge a run; the result is called at every step, from the start on, and returns a reason to end, or undefined. */
export type Criterion = () => (step: Step) => string | undefined

/**
 * `solver`, which ends with status 'converged' at the first step at which one of `criteria` is met, and says which one in the
 * outcome's message. It still ends for reasons of its own: set its `tolerance` to 0 to leave the decision to the criteria.
 *
 * Asks what `solver` asks, and nothing more; works wherever a solver does, and keeps the penalty that it carries.
 *
 * @param criteria `relativeGradient(…)`, `relativeDecrease(…)`, or your own: `() => ({ value }) => value < 3 ? 'Below 3.' : undefined`.
 */
export const until = <Q extends Query, Carried = unknown>(
  solver: Solver<Q> & Carried,
  ...criteria: readonly Criterion[]
): Solver<Q> & Carried =>
  watched<Q, never, Carried>(solver, () => {
    const judges = criteria.map((begin) => begin())
    return {
      *judge(step) {
        // Each sees every step, also after another has found a reason.
        return judges.map((judge) => judge(step)).find((reason) => reason)
      },
    }
  })

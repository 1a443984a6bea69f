// The frame of Newton's method and its kin: x ← x + t d, where d goes downhill and t satisfies the strong Wolfe conditions.
import { ending, verdict } from './ending.ts'
import { expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, HessianQuery, Solver, Step } from './oracle.ts'
import { finite } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'
import { wolfe } from './wolfe.ts'

/** What makes one method differ from another, during one run. */
export interface Direction<Q> {
  /** Asked at every trial point, with buffers of this run's own. */
  readonly query: Q
  /** Writes d for the gradient at x; not numbers, if the answers to the query do not tell one. */
  aim(gradient: Float64Array, d: Float64Array): void
  /** Is told of a step s = x⁺ − x and of y = ∇f(x⁺) − ∇f(x); keeps neither array. */
  learn?(s: Float64Array, y: Float64Array): void
  /** After a search that found nothing: whether there is another d to try from the same x. */
  forget?(): boolean
}

/**
 * The method whose directions `begin(x)` gives.
 * Source: Nocedal & Wright, Numerical Optimization (2006), chapter 3.
 *
 * @throws RangeError naming `caller` on an option out of range.
 */
export function lineSearchMethod<Q extends GradientQuery | HessianQuery>(
  caller: string,
  limits: { [limit in keyof Limits]-?: number },
  begin: (x: Float64Array) => Direction<Q>,
): Solver<Q> {
  expectPositive(caller, limits)

  return function* (x) {
    const method = begin(x)
    const { query } = method
    const before = x.slice()
    const d = x.slice()
    let value = yield query
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality: maxAbs(query.gradient), at: x }
      if (!finite(value, here.optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, limits.tolerance, limits.maxIterations)
      if (over) return over

      before.set(query.gradient)
      for (;;) {
        method.aim(before, d)
        value = (yield* wolfe(query, x, d, here.value, dot(before, d))).value
        if (finite(value, 0)) break
        if (!method.forget?.()) return ending(value === -Infinity ? 'non-finite' : 'line-search-failed', here)
      }
      along(query.at, -1, x, d)
      along(query.gradient, -1, before, before)
      method.learn?.(d, before)
      x.set(query.at)
    }
  }
}

// The subgradient method: for functions with kinks, where a gradient says little about how far there is to go.
import { ending } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Solver, Step } from './oracle.ts'
import { finite } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

export interface SubgradientOptions extends Limits {
  /**
   * How far iteration k = 0, 1, … moves, ‖x⁺ − x‖: R for R/√(k + 1), R being about the distance from the start to a minimiser, or a
   * schedule whose terms vanish and have an infinite sum. Default 1.
   */
  length?: number | ((iteration: number) => number) | undefined
  /** f*, if it is known (0, where all rows can be fitted): Polyak's step takes the place of `length`. */
  optimum?: number | undefined
}

/**
 * The subgradient method, x ← x − t g, g ∈ ∂f(x): t = length(k)/‖g‖, or Polyak's t = (f(x) − f*)/‖g‖². f need not decrease; the best point is kept
 * and returned. After k iterations it is within about
 * R G (2 + log k)/4√k of the minimum, G being the largest ‖g‖.
 *
 * Where f has a kink, the oracle's `gradient` is any subgradient. The optimality that steps report is ‖g‖∞: no less than the distance from
 * 0 to ∂f, and at a kink as large as ever. So it converges by `tolerance` at a smooth minimum, with `optimum` where f(x) − f* ≤ tolerance;
 * otherwise it ends at the iteration limit, which is no failure.
 *
 * Asks `gradient`: one pass per iteration. Memory: 3p.
 * Choose it for hinge, absolute and other kinked losses, when two or three digits will do. A kink in the penalty alone is for `fista`.
 * Source: Shor, Minimization Methods for Non-Differentiable Functions (1985), chapter 2; Polyak, USSR Comput. Math. Math. Phys. 9 (1969), no. 3,
 * 14–29, for his step; Nesterov, Introductory Lectures on Convex Optimization (2004), §3.2.3.
 *
 * @param options.maxIterations default 10 000.
 * @throws RangeError on an option out of range.
 */
export function subgradient(options: SubgradientOptions = {}): Solver<GradientQuery> {
  const { length = 1, optimum, tolerance = 1e-8, maxIterations = 10_000 } = options
  expectPositive('subgradient', { tolerance, maxIterations })
  const schedule = typeof length === 'function' ? length : (k: number) => length / Math.sqrt(k + 1)
  expect(schedule(0) > 0 && schedule(0) < Infinity, 'subgradient', 'length > 0', schedule(0))
  expect(optimum === undefined || Math.abs(optimum) < Infinity, 'subgradient', 'a finite optimum', optimum)

  return function* (x) {
    const query: GradientQuery = { ask: 'gradient', at: x, gradient: x.slice() }
    const { gradient } = query
    let best: Step | undefined
    for (let iteration = 0; ; iteration++) {
      const value = yield query
      const here: Step = { ask: 'step', iteration, value, optimality: maxAbs(gradient), at: x }
      if (!finite(value, here.optimality)) return ending('non-finite', best ?? here)
      if (!best || value < best.value) best = { ...here, at: x.slice() }
      yield here
      const gap = optimum === undefined ? Infinity : value - optimum
      if (Math.min(gap, here.optimality) <= tolerance) return ending('converged', here)
      if (iteration >= maxIterations) return ending('iteration-limit', { ...best, iteration })

      const square = dot(gradient, gradient)
      along(x, -(gap < Infinity ? gap / square : schedule(iteration) / Math.sqrt(square)), gradient, x)
    }
  }
}

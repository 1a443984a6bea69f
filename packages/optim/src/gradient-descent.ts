// Steepest descent: the first method of every textbook, and the one to watch in a playground.
import { armijo } from './armijo.ts'
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Solver, Step } from './oracle.ts'
import { finite } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

export interface GradientDescentOptions extends Limits {
  /**
   * A fixed step t > 0 (1/L with L = ‖∇²f‖ guarantees descent), or a rule that finds it: 'backtracking' (Armijo's; default),
   * 'barzilai-borwein'.
   */
  step?: number | 'backtracking' | 'barzilai-borwein' | undefined
}

/**
 * Gradient descent, x ← x − t ∇f(x).
 *
 * - A fixed t: nothing is checked but that the numbers stay finite. With t = 1/L, f falls by ‖∇f‖²/2L or more in every step.
 * - 'backtracking': t is shortened until Armijo's condition f(x − t∇f) ≤ f(x) − ½ t ‖∇f(x)‖² holds, which every t ≤ 1/L satisfies, and
 *   tried twice as long after an iteration that did not have to.
 * - 'barzilai-borwein': with s = x⁺ − x and y = ∇f(x⁺) − ∇f(x), the next t is sᵀs/sᵀy and sᵀy/yᵀy by turns, shortened until f(x − t∇f) is
 *   at most the largest of the last ten values less 10⁻⁴ t ‖∇f‖²: f may rise for a while. Where sᵀy ≤ 0, t is ten times the last.
 *
 * Where f's rounding hides the decrease, the slope at the new point decides.
 *
 * Asks `gradient`: one pass per iteration with a fixed step, one per trial otherwise. Memory: 4p.
 * Choose it to learn or to teach; `lbfgs` needs the same answers and far fewer of them. Barzilai and Borwein's rule costs no more
 * than a fixed step, needs no L, and as a rule far fewer passes than the other two.
 * Source: Boyd & Vandenberghe, Convex Optimization (2004), algorithms 9.2 and 9.3, p. 464–466; Barzilai & Borwein, IMA J. Numer.
 * Anal. 8 (1988), 141–148; Raydan, SIAM J. Optim. 7 (1997), 26–33, for the safeguard.
 *
 * @param options.maxIterations default 10 000.
 * @throws RangeError on an option out of range.
 */
export function gradientDescent(options: GradientDescentOptions = {}): Solver<GradientQuery> {
  const { step = 'backtracking', tolerance = 1e-8, maxIterations = 10_000 } = options
  const caller = 'gradientDescent'
  expectPositive(caller, { tolerance, maxIterations })
  const spectral = step === 'barzilai-borwein'
  const fixed = typeof step === 'number'
  expect(
    fixed ? step > 0 && step < Infinity : spectral || step === 'backtracking',
    caller,
    "step > 0, 'backtracking' or 'barzilai-borwein'",
    step,
  )

  return function* (x) {
    const gradient = new Float64Array(x.length)
    const d = x.slice()
    const query: GradientQuery = { ask: 'gradient', at: x.slice(), gradient }
    let value = yield query
    let t = fixed ? step : 1 / Math.max(1, maxAbs(gradient))
    const recent: number[] = []
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality: maxAbs(gradient), at: x }
      if (!finite(value, here.optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      for (let j = 0; j < d.length; j++) d[j] = -t * gradient[j]!
      if (fixed) {
        along(x, 1, d, query.at)
        value = yield query
        if (!finite(value, maxAbs(gradient))) return ending('non-finite', here)
      } else {
        const square = dot(d, d) // t² ‖∇f‖²
        recent[iteration % (spectral ? 10 : 1)] = value
        const found = yield* armijo(query, x, d, Math.max(...recent), -square / t, spectral ? 1e-4 : 0.5)
        value = found.value
        if (!finite(value, 0)) return ending(value === -Infinity ? 'non-finite' : 'line-search-failed', here)
        if (spectral) {
          let sy = 0
          let yy = 0
          for (let j = 0; j < d.length; j++) {
            const y = gradient[j]! + d[j]! / t
            sy += found.t * d[j]! * y
            yy += y * y
          }
          t = sy > 0 ? (iteration % 2 ? sy / yy : (found.t * found.t * square) / sy) : 10 * t * found.t
        } else t *= found.t < 1 ? found.t : 2
      }
      x.set(query.at)
    }
  }
}

// Newton's method with a line search, and with Levenberg's remedy where the Hessian is not positive definite.
import { cholesky, choleskySolve } from './cholesky.ts'
import { ending, verdict } from './ending.ts'
import { expectPositive, type Limits } from './limits.ts'
import type { HessianQuery, Solver, Step } from './oracle.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

/**
 * Newton's method, x ← x + t d with ∇²f(x) d = −∇f(x), t = 1, or shorter until f(x + t d) ≤ f(x) + 10⁻⁴ t ∇f(x)ᵀd.
 *
 * Where ∇²f is not positive definite (a coordinate that f does not depend on, collinearity, a saddle), d solves
 * (∇²f + τ diag|∇²f|) d = −∇f with the smallest τ of a geometric series that makes it so. Where f's rounding hides the
 * decrease, a step that lowers ‖∇f‖∞ is taken. The result is never worse than the start (beyond that rounding).
 *
 * Asks `hessian` at the trial point itself: one pass per iteration, as a rule. Memory: 2p² + 4p; time p³/6 for each iteration.
 * Choose it up to a few hundred coordinates: it is quadratically convergent, and does not mind how they are scaled.
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithms 3.2 (p. 48) and 3.3 (p. 51);
 * Boyd & Vandenberghe, Convex Optimization (2004), p. 487.
 *
 * @param options.maxIterations default 100.
 * @throws RangeError on an option out of range.
 */
export function newton({ tolerance = 1e-8, maxIterations = 100 }: Limits = {}): Solver<HessianQuery> {
  expectPositive('newton', { tolerance, maxIterations })

  return function* (x) {
    const trial = x.slice()
    const gradient = new Float64Array(x.length)
    const direction = new Float64Array(x.length)
    const hessian = new Float64Array(x.length ** 2)
    const factor = new Float64Array(x.length ** 2)
    const query: HessianQuery = { ask: 'hessian', at: trial, gradient, hessian }
    let value = yield query
    let optimality = maxAbs(gradient)
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality, at: x }
      if (!finite(value, optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over
      if (!factorise(hessian, factor, x.length)) return ending('non-finite', here)

      along(gradient, -2, gradient, direction)
      choleskySolve(factor, x.length, direction)
      const slope = dot(gradient, direction)
      const hidden = -slope <= noise(value)
      let usable = true
      for (let t = 1; ; ) {
        along(x, t, direction, trial)
        const next = yield query
        const size = maxAbs(gradient)
        const whole = finite(next, size)
        usable &&= whole
        if (
          whole &&
          (hidden
            ? next <= value + noise(value) && size < optimality
            : next < value && next <= value + 1e-4 * t * slope)
        ) {
          x.set(trial)
          value = next
          optimality = size
          break
        }
        // To the minimum of the parabola through f(x), its slope and f(x + t d).
        const parabola = (-0.5 * slope * t) / (next - value - slope * t)
        t *= whole ? Math.min(0.5, Math.max(0.1, parabola)) : 0.1
        // Where rounding hides what is left to gain, shorter steps are no better.
        if (!(t > (hidden ? 0.01 : 1e-20))) return ending(usable ? 'line-search-failed' : 'non-finite', here)
      }
    }
  }
}

/** Cholesky of A + τ diag|A| in `factor`, for the first τ = 0, 10⁻¹⁴n, 10⁻¹²n, … that works; false if none does. */
function factorise(a: Float64Array, factor: Float64Array, n: number): boolean {
  let largest = 0
  for (let j = 0; j < n; j++) largest = Math.max(largest, Math.abs(a[j * n + j]!))
  for (let tau = 0; tau < 1e9; tau = tau * 100 || 1e-14 * n) {
    factor.set(a)
    for (let j = 0; tau && j < n; j++) factor[j * n + j]! += tau * (Math.abs(a[j * n + j]!) || largest || 1)
    if (cholesky(factor, n)) return true
  }
  return false
}

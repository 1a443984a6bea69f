// The proximal gradient method: gradient descent for a smooth function plus a penalty that has a prox.
import { admit } from './admit.ts'
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Step } from './oracle.ts'
import type { Penalty, ProximalSolver } from './penalty.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

export interface ProximalGradientOptions extends Limits {
  /** P in f + P. */
  penalty: Penalty
  /** A fixed step t > 0 (1/L with L = ‖∇²f‖ guarantees descent). Default: found by backtracking. */
  step?: number | undefined
}

/**
 * The proximal gradient method (ISTA), x⁺ = prox_{tP}(x − t ∇f(x)).
 *
 * t is shortened until f(x⁺) ≤ f(x) + ∇f(x)ᵀ(x⁺ − x) + ‖x⁺ − x‖²/2t, so that f + P falls in every iteration, and doubled after an
 * iteration that would have allowed it. Where f's rounding hides that difference, (∇f(x⁺) − ∇f(x))ᵀ(x⁺ − x) ≤ ‖x⁺ − x‖²/t stands for it.
 * f + P comes as close to its minimum as ‖x₀ − x*‖²/2tk in k iterations.
 *
 * Asks `gradient` at x⁺: one pass per trial. Memory: 5p.
 * Choose it to learn and to show, and for penalties that are not convex, where it keeps t below `stepLimit` and finds a stationary point;
 * `fista` is faster otherwise.
 * Source: Beck & Teboulle, SIAM J. Imaging Sci. 2 (2009), 183–202, p. 191 and theorem 3.1; Parikh & Boyd, Proximal Algorithms (2014), §4.2.
 *
 * @param options.maxIterations default 10 000.
 * @throws TypeError if `penalty` is left out; RangeError on an option out of range, such as a step that P has no prox for.
 */
export function proximalGradient(options: ProximalGradientOptions): ProximalSolver<GradientQuery> {
  const { penalty, step: fixed, tolerance = 1e-8, maxIterations = 10_000 } = options ?? {}
  const caller = 'proximalGradient'
  if (!penalty) throw new TypeError(`${caller}: expected options.penalty, got undefined`)
  const limit = penalty.stepLimit ?? Infinity
  expectPositive(caller, { tolerance, maxIterations })
  expect(fixed === undefined || (fixed > 0 && fixed < Infinity), caller, 'step > 0', fixed)
  expect(!(fixed! >= limit), caller, `step < ${limit} with this penalty`, fixed)

  function* solve(x: Float64Array): ReturnType<ProximalSolver<GradientQuery>> {
    admit(x, penalty)
    const at = x.slice()
    const before = x.slice()
    const move = x.slice()
    const query: GradientQuery = { ask: 'gradient', at, gradient: x.slice() }
    const { gradient } = query
    let smooth = yield query
    let optimality = penalty.distance(x, gradient)
    let t = fixed ?? Math.min(1 / Math.max(1, maxAbs(gradient)), limit / 2)
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value: smooth + penalty.value(x), optimality, at: x }
      if (!finite(here.value, optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      before.set(gradient)
      const base = smooth
      let usable = true
      for (let tries = 0; ; tries++) {
        along(x, -t, before, at)
        penalty.prox(at, t, at)
        smooth = yield query
        optimality = penalty.distance(at, gradient)
        along(at, -1, x, move)
        const square = dot(move, move)
        // (x⁺ − x)ᵀ∇²f (x⁺ − x) in the mean, by gradients or by values.
        const bend =
          square <= 20 * t * noise(base)
            ? dot(gradient, move) - dot(before, move)
            : 2 * (smooth - base - dot(before, move))
        const whole = finite(smooth, optimality)
        usable &&= whole
        const stuck = !square && optimality > tolerance
        if (whole && !stuck && (fixed || t * bend <= 1.001 * square)) {
          if (!fixed && !tries && t * bend < 0.5 * square && 2 * t < limit) t *= 2
          break
        }
        if (fixed || stuck || tries > 40) return ending(usable ? 'line-search-failed' : 'non-finite', here)
        t *= whole ? Math.min(0.9, Math.max(0.1, (0.95 * square) / (t * bend))) : 0.1
      }
      x.set(at)
    }
  }
  return Object.assign(solve, { penalty })
}

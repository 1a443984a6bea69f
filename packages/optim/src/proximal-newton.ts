// Proximal Newton: a quadratic model of f, minimised with the penalty by coordinate descent.
import { admit } from './admit.ts'
import { descend } from './descend.ts'
import { ending, verdict } from './ending.ts'
import { expectPositive, type Limits } from './limits.ts'
import type { ModelQuery, Step } from './oracle.ts'
import type { Penalty, ProximalSolver } from './penalty.ts'
import { finite, noise } from './rounding.ts'
import { along, dot } from './vector.ts'

export interface ProximalNewtonOptions extends Limits {
  /** P in f + P. */
  penalty: Penalty
}

/**
 * Proximal Newton, x ← x + t d with d ≈ argmin_d ∇f(x)ᵀd + ½ dᵀH d + P(x + d), t = 1 as a rule.
 *
 * d is found by coordinate descent (see `descend`) to within a share of its first sweep, at most 0.01 in squares, which is lowered to a
 * quarter when four sweeps sufficed, and with the optimality: little work goes into early models, and convergence is
 * superlinear if H is ∇²f. t is halved until F(x + t d) ≤ F(x) + 0.01 t Δ, Δ = ∇f(x)ᵀd + P(x + d) − P(x) ≤ 0, F = f + P; where F's
 * rounding hides Δ, the optimality has to decrease.
 *
 * Asks `model`: one pass per iteration, as a rule. A sweep costs a `slope` and at most a `move` for each coordinate that is not 0, and
 * now and then for all. Memory: 12p.
 * Choose it for ℓ1 and its kin where the oracle answers `model`: a few iterations, however correlated or scaled the columns.
 * Where P is not convex, f has to bend more than P does; elsewhere the search may fail, and `proximalGradient` serves.
 * Source: Yuan, Ho & Lin, J. Mach. Learn. Res. 13 (2012), 1999–2030, algorithm 1 (newGLMNET); Lee, Sun & Saunders, SIAM J.
 * Optim. 24 (2014), 1420–1443; Tseng & Yun, Math. Program. 117 (2009), 387–423, for Δ.
 *
 * @param options.maxIterations default 100.
 * @throws TypeError if `penalty` is left out; RangeError on an option out of range.
 */
export function proximalNewton(options: ProximalNewtonOptions): ProximalSolver<ModelQuery> {
  const { penalty, tolerance = 1e-8, maxIterations = 100 } = options ?? {}
  if (!penalty) throw new TypeError('proximalNewton: expected options.penalty, got undefined')
  expectPositive('proximalNewton', { tolerance, maxIterations })

  function* solve(x: Float64Array): ReturnType<ProximalSolver<ModelQuery>> {
    admit(x, penalty)
    const d = x.slice()
    const z = x.slice()
    const query: ModelQuery = { ask: 'model', at: x.slice(), gradient: x.slice() }
    const { at, gradient } = query

    let value = (yield query) + penalty.value(x)
    let optimality = penalty.distance(x, gradient)
    let share = 0.01
    const first = optimality
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality, at: x }
      if (!finite(value, optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      // z = x + d
      z.set(x)
      share = Math.min(share, optimality / first)
      if (descend(query.model!, penalty, share, z) <= 4) share /= 4

      along(z, -1, x, d)
      const decrease = dot(gradient, d) + penalty.value(z) - penalty.value(x)
      const hidden = -decrease <= noise(value)
      // Not x + (z − x), which may be an ulp away from a bound that z is on.
      at.set(z)
      for (let t = 1; ; ) {
        value = (yield query) + penalty.value(at)
        optimality = penalty.distance(at, gradient)
        const bar = here.value + (hidden ? noise(value) : 0.01 * t * decrease)
        const whole = finite(value, optimality)
        if (whole && value <= bar && (!hidden || optimality < here.optimality)) break
        if (t < 1e-9) return ending(whole ? 'line-search-failed' : 'non-finite', here)
        t /= 2
        along(x, t, d, at)
      }
      x.set(at)
    }
  }
  return Object.assign(solve, { penalty })
}

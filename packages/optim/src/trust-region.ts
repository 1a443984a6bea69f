// Newton steps inside a region where the quadratic model has earned trust, by products with the Hessian alone.
import { conjugateGradient, forcingTerm, type Preconditioner } from './conjugate-gradient.ts'
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { CurvatureQuery, GradientQuery, Solver, Step } from './oracle.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

export interface TrustRegionOptions extends Limits {
  /** Of the first region, in the norm of M. Default: no border, so that the first Newton step sets the scale. */
  radius?: number | undefined
  /** The model is minimised to ‖∇m‖ ≤ min(forcing, √‖∇f‖) ‖∇f‖: 0 is to rounding. Default 0.5. */
  forcing?: number | undefined
  /** Default: none. */
  preconditioner?: Preconditioner | undefined
}

/**
 * The trust-region Newton method, x ← x + d with d ≈ argmin m(d) = ∇fᵀd + ½ dᵀ∇²f d within ‖d‖_M ≤ Δ, by conjugate gradients (Steihaug
 * and Toint). With ρ = (f(x) − f(x + d)) / −m(d): d is taken if ρ > 10⁻⁴; Δ becomes ‖d‖_M/4 if ρ < ¼, and 2Δ if ρ > ¾ at
 * the border. Where f's rounding hides its decrease, ‖∇f‖ has to fall instead. The result is never worse than
 * the start (beyond the rounding of f).
 *
 * Asks `gradient` at the trial point, one pass per iteration as a rule, and `curvature`, one pass per product. Memory: 7p.
 * Choose it where p is too large for `newton` and f is not convex, or Newton steps go astray far from the end; else `newtonCg`.
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithms 4.1 (p. 69) and 7.2 (p. 171); Steihaug, SIAM J. Numer.
 * Anal. 20 (1983), 626–637; Lin, Weng & Keerthi, JMLR 9 (2008), 627–650, for logistic regression.
 *
 * @param options.maxIterations default 200.
 * @throws RangeError on an option out of range.
 */
export function trustRegion(options: TrustRegionOptions = {}): Solver<GradientQuery | CurvatureQuery> {
  const { radius: first = Infinity, forcing = 0.5, preconditioner, tolerance = 1e-8 } = options
  const { maxIterations = 200 } = options
  expectPositive('trustRegion', { tolerance, maxIterations })
  expect(first > 0, 'trustRegion', 'radius > 0', first)
  expect(forcing >= 0 && forcing < 1, 'trustRegion', 'forcing from 0 to 1', forcing)

  return function* (x) {
    const trial = x.slice()
    const gradient = x.slice()
    const d = x.slice()
    const r = x.slice()
    const ask: GradientQuery = { ask: 'gradient', at: trial, gradient: x.slice() }
    const curvature: CurvatureQuery = { ask: 'curvature', at: x, along: x.slice(), product: x.slice() }
    let radius = first
    let value = yield ask
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality: maxAbs(ask.gradient), at: x }
      if (!finite(value, here.optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      gradient.set(ask.gradient)
      const eta = forcingTerm(forcing, gradient)
      let usable = true
      let hidden = false
      for (let tries = 0; ; tries++) {
        // d ≈ argmin m(d), ‖d‖_M ≤ Δ
        r.set(gradient)
        const { reason, length } = yield* conjugateGradient(curvature, r, d, {
          tolerance: eta,
          radius,
          preconditioner,
        })
        if (reason === 'breakdown') return ending('non-finite', here)
        const predicted = -0.5 * (dot(d, gradient) + dot(d, r))
        if (!tries) hidden = predicted <= noise(value)

        along(x, 1, d, trial)
        const next = yield ask
        const whole = finite(next, maxAbs(ask.gradient))
        usable &&= whole
        // ρ: how much of what the model foretold has come true.
        const rho = !whole
          ? 0
          : !hidden
            ? (value - next) / predicted
            : Number(
                next <= value + noise(value) && dot(ask.gradient, ask.gradient) < dot(gradient, gradient),
              )
        if (!(rho >= 0.25)) radius = length / 4
        else if (reason === 'border' || reason === 'negative-curvature')
          radius = rho > 0.75 ? 2 * length : length
        if (rho > 1e-4) {
          value = next
          break
        }
        if (tries >= (hidden ? 9 : 40)) return ending(usable ? 'line-search-failed' : 'non-finite', here)
      }
      x.set(trial)
    }
  }
}

// Newton's method without a Hessian: its system is solved by conjugate gradients, as far as it pays.
import { armijo } from './armijo.ts'
import { conjugateGradient, forcingTerm, type Preconditioner } from './conjugate-gradient.ts'
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { CurvatureQuery, GradientQuery, Solver, Step } from './oracle.ts'
import { finite } from './rounding.ts'
import { dot, maxAbs } from './vector.ts'

export interface NewtonCgOptions extends Limits {
  /** The system is solved to ‖∇²f d + ∇f‖ ≤ min(forcing, √‖∇f‖) ‖∇f‖: 0 is to rounding. Default 0.5. */
  forcing?: number | undefined
  /** Default: none. */
  preconditioner?: Preconditioner | undefined
}

/**
 * Newton-CG (truncated Newton), x ← x + t d with ‖∇²f(x) d + ∇f(x)‖ ≤ η ‖∇f(x)‖, η = min(½, √‖∇f(x)‖): conjugate gradients from d = 0,
 * which end where the curvature is negative (with d = −M⁻¹∇f if that is so at once). t = 1 as a rule,
 * shortened to Armijo's condition. The result is never worse than the start (beyond the rounding of f). Norms are of M⁻¹.
 *
 * Asks `gradient` at the trial point, one pass per iteration as a rule, and `curvature`, one pass per product: few at first, more near
 * the end, where convergence is superlinear. Memory: 7p.
 * Choose it where p is too large for `newton` and products are as cheap as gradients; a preconditioner saves most of them.
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithm 7.1, p. 169.
 *
 * @param options.maxIterations default 200.
 * @throws RangeError on an option out of range.
 */
export function newtonCg(options: NewtonCgOptions = {}): Solver<GradientQuery | CurvatureQuery> {
  const { forcing = 0.5, preconditioner, tolerance = 1e-8, maxIterations = 200 } = options
  expectPositive('newtonCg', { tolerance, maxIterations })
  expect(forcing >= 0 && forcing < 1, 'newtonCg', 'forcing from 0 to 1', forcing)

  return function* (x) {
    const gradient = x.slice()
    const r = x.slice()
    const d = x.slice()
    const query: GradientQuery = { ask: 'gradient', at: x.slice(), gradient }
    const curvature: CurvatureQuery = { ask: 'curvature', at: x, along: x.slice(), product: x.slice() }
    let value = yield query
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality: maxAbs(gradient), at: x }
      if (!finite(value, here.optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      // ∇²f d = −∇f, up to r
      r.set(gradient)
      yield* conjugateGradient(curvature, r, d, { tolerance: forcingTerm(forcing, gradient), preconditioner })
      value = (yield* armijo(query, x, d, value, dot(gradient, d))).value
      if (!finite(value, 0)) return ending(value === -Infinity ? 'non-finite' : 'line-search-failed', here)
      x.set(query.at)
    }
  }
}

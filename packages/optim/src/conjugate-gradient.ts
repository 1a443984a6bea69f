// The conjugate gradient method for Hd = −g, in place, by products with H alone; inside a ball if asked.
import type { CurvatureQuery } from './oracle.ts'
import { finite } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

/** Writes M⁻¹v to `out` (never `v` itself), M being symmetric positive definite, near to the Hessian and easy to solve with. */
export type Preconditioner = (v: Float64Array, out: Float64Array) => void

export interface ConjugateGradientOptions {
  /** Ends when ‖r‖ ≤ tolerance · ‖g‖, in the norm of M⁻¹. Default 1e-10. */
  tolerance?: number | undefined
  /** Products with H. Default 10 p + 10; p are enough but for rounding. */
  maxIterations?: number | undefined
  /** Of the ball ‖d‖_M ≤ radius that d stays in. Default Infinity. */
  radius?: number | undefined
  /** Default: M = I. */
  preconditioner?: Preconditioner | undefined
}

export interface Inner {
  /**
   * 'converged': the residual is small; 'border': the ball ends here; 'negative-curvature': H is not positive definite, d lies on the
   * border (without one: where that was found; if at once, d = −M⁻¹g, shortened to entries up to 1); 'iteration-limit'; 'breakdown':
   * a product is not finite, or the preconditioner not positive definite.
   */
  readonly reason: 'converged' | 'border' | 'negative-curvature' | 'iteration-limit' | 'breakdown'
  /** Products with H that were asked. */
  readonly products: number
  /** ‖d‖_M, by recurrence: to six digits or so. */
  readonly length: number
}

/**
 * Preconditioned conjugate gradients from d = 0 for the minimiser of m(d) = gᵀd + ½ dᵀHd within ‖d‖_M ≤ radius (Steihaug and Toint: the
 * path is followed to where it leaves the ball, or along a direction of negative curvature to the border). A generator, to be
 * delegated to with yield*.
 *
 * Exact within p products, or as many as M⁻¹H has distinct eigenvalues; ‖d − d*‖_H falls by (√κ − 1)/(√κ + 1) a product or faster.
 * Memory: nothing but the buffers that it is given.
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithms 5.3 (p. 119) and 7.2 (p. 171); Conn, Gould & Toint,
 * Trust-Region Methods (2000), algorithm 7.5.1, p. 205, for the norm of M by recurrence.
 *
 * @param query H is ∇² at `query.at`; `query.along` and `query.product` are its working memory.
 * @param r on entry g, on return the residual g + Hd. (So m(d) = ½ dᵀ(g + r).)
 * @param d out: the step.
 */
export function* conjugateGradient(
  query: CurvatureQuery,
  r: Float64Array,
  d: Float64Array,
  {
    tolerance = 1e-10,
    maxIterations = 10 * r.length + 10,
    radius = Infinity,
    preconditioner,
  }: ConjugateGradientOptions = {},
): Generator<CurvatureQuery, Inner, number> {
  const { along: p, product: Hp } = query
  // z = M⁻¹r lives where Hp has just been used.
  const z = preconditioner ? Hp : r
  preconditioner?.(r, z)
  let rz = dot(r, z)
  const goal = tolerance * tolerance * rz
  d.fill(0)
  for (let j = 0; j < p.length; j++) p[j] = -z[j]!
  // ‖d‖²_M, dᵀMp and ‖p‖²_M.
  let dd = 0
  let dp = 0
  let pp = rz
  for (let products = 0; ; ) {
    let reason: Inner['reason'] | undefined
    if (!(rz >= 0)) reason = 'breakdown'
    else if (rz <= goal) reason = 'converged'
    else if (products >= maxIterations) reason = 'iteration-limit'
    else {
      yield query
      const bend = dot(p, Hp)
      let alpha = rz / bend
      if (!finite(bend, 0)) reason = 'breakdown'
      else if (bend <= 0 || dd + alpha * (2 * dp + alpha * pp) >= radius * radius) {
        reason = bend > 0 ? 'border' : 'negative-curvature'
        // To the border, ‖d + αp‖_M = radius; without one, stay, but leave the start.
        if (radius < Infinity) {
          const rest = radius * radius - dd
          alpha = rest / (dp + Math.sqrt(dp * dp + pp * rest))
        } else alpha = products ? 0 : 1 / Math.max(1, maxAbs(p))
      }
      products++
      along(d, alpha, p, d)
      along(r, alpha, Hp, r)
      dd += alpha * (2 * dp + alpha * pp)
      dp += alpha * pp
    }
    if (reason) return { reason, products, length: Math.sqrt(dd) }
    preconditioner?.(r, z)
    const beta = dot(r, z) / rz
    rz *= beta
    for (let j = 0; j < p.length; j++) p[j] = beta * p[j]! - z[j]!
    dp *= beta
    pp = rz + beta * beta * pp
  }
}

/** How well a Newton system is to be solved, relative to ‖g‖: min(most, √‖g‖). Nocedal & Wright (2006), algorithm 7.1, p. 169. */
export const forcingTerm = (most: number, gradient: Float64Array): number =>
  Math.max(1e-15, Math.min(most, Math.sqrt(Math.sqrt(dot(gradient, gradient)))))

// BFGS: Newton's direction, with the inverse Hessian learned from every step so far.
import type { Limits } from './limits.ts'
import { type Direction, lineSearchMethod } from './line-search-method.ts'
import type { GradientQuery, Solver } from './oracle.ts'
import { dot, maxAbs } from './vector.ts'

/**
 * BFGS, x ← x + t d with d = −B ∇f(x), t by the strong Wolfe conditions (1 as a rule). From s = x⁺ − x, y = ∇f(x⁺) − ∇f(x), ρ = 1/yᵀs:
 * B ← (I − ρ s yᵀ) B (I − ρ y sᵀ) + ρ s sᵀ, from B = (yᵀs / yᵀy) I at the first pair. The first step moves no coordinate by more
 * than 1. Pairs of non-positive curvature are skipped; if a search fails, it forgets B and tries once more. The result
 * is never worse than the start (beyond the rounding of f).
 *
 * Asks `gradient`: one pass per trial, as a rule one per iteration. Memory: p² + 6p; time 3p² for each iteration.
 * Choose it for gradients without a Hessian, up to some thousand coordinates; convergence is superlinear. `lbfgs` beyond.
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithm 6.1, p. 140; (6.17), p. 140, and (6.20), p. 143.
 *
 * @param options.maxIterations default 1000.
 * @throws RangeError on an option out of range.
 */
export function bfgs({ tolerance = 1e-8, maxIterations = 1000 }: Limits = {}): Solver<GradientQuery> {
  return lineSearchMethod('bfgs', { tolerance, maxIterations }, (x): Direction<GradientQuery> => {
    const n = x.length
    const B = new Float64Array(n * n)
    const By = x.slice()
    let known = false
    // out ← B v
    const times = (v: Float64Array, out: Float64Array) => {
      for (let i = 0; i < n; i++) {
        let sum = 0
        for (let j = 0; j < n; j++) sum += B[i * n + j]! * v[j]!
        out[i] = sum
      }
    }
    return {
      query: { ask: 'gradient', at: x.slice(), gradient: x.slice() },
      aim(gradient, d) {
        if (known) times(gradient, d)
        else d.set(gradient)
        const scale = known ? 1 : 1 / Math.max(1, maxAbs(gradient))
        for (let j = 0; j < n; j++) d[j]! *= -scale
      },
      learn(s, y) {
        const ys = dot(y, s)
        const yy = dot(y, y)
        if (!(ys > 2.3e-16 * yy)) return
        if (!known) {
          B.fill(0)
          for (let i = 0; i < n; i++) B[i * n + i] = ys / yy
        }
        known = true
        times(y, By)
        // The product (6.17), multiplied out: B + ρ(1 + ρ yᵀBy) s sᵀ − ρ (By sᵀ + s (By)ᵀ).
        const square = (1 + dot(y, By) / ys) / ys
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++)
            B[i * n + j]! += square * s[i]! * s[j]! - (By[i]! * s[j]! + s[i]! * By[j]!) / ys
      },
      forget() {
        const had = known
        known = false
        return had
      },
    }
  })
}

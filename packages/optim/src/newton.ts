// Newton's method with a line search, and with Levenberg's remedy where the Hessian is not positive definite.
import { cholesky, choleskySolve } from './cholesky.ts'
import type { Limits } from './limits.ts'
import { type Direction, lineSearchMethod } from './line-search-method.ts'
import type { HessianQuery, Solver } from './oracle.ts'
import { along } from './vector.ts'

/**
 * Newton's method, damped: x ← x + t d with ∇²f(x) d = −∇f(x), t = 1 as a rule: a line search sees to the strong Wolfe conditions.
 *
 * Where ∇²f is not positive definite (a coordinate that f does not depend on, collinearity, a saddle), d solves
 * (∇²f + τ diag|∇²f|) d = −∇f with the smallest τ of a geometric series that makes it so. The result
 * is never worse than the start (beyond the rounding of f).
 *
 * Asks `hessian` at the trial point itself: one pass per iteration, as a rule. Memory: 2p² + 4p; time p³/6 for each iteration.
 * Choose it up to a few hundred coordinates: it is quadratically convergent, and does not mind how they are scaled.
 * Source: Nocedal & Wright, Numerical Optimization (2006), §3.4, algorithm 3.3 (p. 51);
 * Boyd & Vandenberghe, Convex Optimization (2004), p. 487.
 *
 * @param options.maxIterations default 100.
 * @throws RangeError on an option out of range.
 */
export function newton({ tolerance = 1e-8, maxIterations = 100 }: Limits = {}): Solver<HessianQuery> {
  return lineSearchMethod('newton', { tolerance, maxIterations }, (x): Direction<HessianQuery> => {
    const n = x.length
    const hessian = new Float64Array(n * n)
    const factor = hessian.slice()
    return {
      query: { ask: 'hessian', at: x.slice(), gradient: x.slice(), hessian },
      aim(gradient, d) {
        // Levenberg's τ = 0, 10⁻¹⁴n, 10⁻¹²n, … until ∇²f + τ diag|∇²f| is positive definite.
        let tau = 0
        do {
          factor.set(hessian)
          for (let j = 0; j < n; j++) factor[j * n + j]! += tau * (Math.abs(hessian[j * n + j]!) || 1)
          if (tau > 1e9) return void d.fill(NaN)
          tau = tau * 100 || 1e-14 * n
        } while (!cholesky(factor, n))
        along(gradient, -2, gradient, d)
        choleskySolve(factor, n, d)
      },
    }
  })
}

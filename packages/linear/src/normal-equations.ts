// Least squares and ridge in closed form: one Gram matrix, one factorisation, and what rounding has left taken away again.
import {
  cholesky,
  choleskySolve,
  type GradientQuery,
  type HessianQuery,
  type Limits,
  newton,
  type Solver,
} from '@logodds/optim'

// Two decades below the tolerance cost a pass at most, and give the digits that R prints.
const POLISH = 1e-3

/**
 * For a quadratic f: x ← x − H⁻¹∇f(x) with H = ∇²f from one pass, until the gradient, measured anew at each x, is within the
 * tolerance or at the level of rounding. One `hessian`, and as a rule two `gradient` (the second is iterative refinement). Where
 * H is singular to working precision, or f turns out not to be quadratic, Newton's method goes on from there.
 * Source: Golub & Van Loan, Matrix Computations (2013), §5.3.2; Björck, Numerical Methods for Least Squares Problems (1996), §2.9.
 */
export function normalEquations({
  tolerance = 1e-8,
  maxIterations = 100,
}: Limits): Solver<HessianQuery | GradientQuery> {
  return function* (x) {
    const p = x.length
    const gradient = x.slice()
    const hessian = new Float64Array(p * p)
    const norm = () => gradient.reduce((max, g) => Math.max(max, Math.abs(g)), 0)
    let value = yield { ask: 'hessian', at: x, gradient, hessian }
    const definite = cholesky(hessian, p)
    const at = x.slice()
    const d = x.slice()
    let optimality = norm()
    for (let iteration = 0; ; iteration++) {
      yield { ask: 'step', iteration, value, optimality, at: x }
      const over = optimality <= tolerance * POLISH || iteration >= maxIterations
      let better = false
      if (!over && definite) {
        d.set(gradient)
        choleskySolve(hessian, p, d)
        for (let j = 0; j < p; j++) at[j] = x[j] - d[j]
        const next = yield { ask: 'gradient', at, gradient }
        better = norm() < optimality / 2
        if (better) {
          x.set(at)
          value = next
          optimality = norm()
          continue
        }
      }
      if (optimality <= tolerance)
        return {
          status: 'converged',
          message: 'Within the tolerance.',
          at: x,
          value,
          iterations: iteration,
          optimality,
        }
      return yield* newton({ tolerance: tolerance * POLISH, maxIterations: maxIterations - iteration })(x)
    }
  }
}

// Stopping when the gradient is small, compared with what it was at the start.
import { expectPositive } from './limits.ts'
import type { Criterion } from './until.ts'

/**
 * Met when the optimality, an ∞-norm of the gradient or of the distance to the subdifferential, is at most `tolerance` times that of
 * the start. It does not depend on the units of f; a warm start makes it harder to meet.
 *
 * Source: Nocedal & Wright, Numerical Optimization (2006), p. 137, in the ∞-norm; liblinear's -e (Lin, Weng & Keerthi, J. Mach.
 * Learn. Res. 9 (2008), 627–650).
 *
 * @throws RangeError unless tolerance ≥ 0.
 */
export function relativeGradient(tolerance: number): Criterion {
  expectPositive('relativeGradient', { tolerance })
  return () => {
    let first = 0
    return ({ iteration, optimality }) => {
      if (!iteration) first = optimality
      return optimality <= tolerance * first && first < Infinity
        ? `The gradient is within ${tolerance} of the start's.`
        : undefined
    }
  }
}

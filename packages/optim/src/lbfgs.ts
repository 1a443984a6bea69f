// Limited-memory BFGS: Newton's direction, guessed from the last few steps.
import { expect, type Limits } from './limits.ts'
import { type Direction, lineSearchMethod } from './line-search-method.ts'
import type { GradientQuery, Solver } from './oracle.ts'
import { along, dot, maxAbs } from './vector.ts'

export interface LbfgsOptions extends Limits {
  /** How many pairs of steps and changes of the gradient are kept: 1, 2, … Default 10. */
  memory?: number | undefined
  /** Writes M⁻¹v to `out` (never `v` itself), M ≈ ∇²f being symmetric positive definite. Default: a multiple of v. */
  preconditioner?: ((v: Float64Array, out: Float64Array) => void) | undefined
}

/** What one step has told about the curvature: s = x⁺ − x, y = ∇f(x⁺) − ∇f(x). */
interface Pair {
  readonly s: Float64Array
  readonly y: Float64Array
  /** sᵀy > 0. */
  bend: number
}

/**
 * L-BFGS, x ← x + t d with d = −B ∇f(x): B is the inverse Hessian as the last `memory` pairs s = x⁺ − x, y = ∇f(x⁺) − ∇f(x)
 * tell it, on top of (sᵀy / yᵀy) I or of the preconditioner. A line search finds t by the strong Wolfe conditions; pairs of
 * non-positive curvature are skipped; if a search fails, it forgets the pairs and tries once more.
 *
 * Asks `gradient`: one pass per trial, as a rule one per iteration. Memory: (2 · memory + 6) p, reused once there.
 * Choose it when p is too large for `newton`.
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5, p. 178–179.
 *
 * @param options.maxIterations default 1000.
 * @throws RangeError on an option out of range.
 */
export function lbfgs(options: LbfgsOptions = {}): Solver<GradientQuery> {
  const { memory = 10, preconditioner, tolerance = 1e-8, maxIterations = 1000 } = options
  expect(memory >= 1 && memory % 1 === 0, 'lbfgs', 'memory 1, 2, …', memory)

  return lineSearchMethod('lbfgs', { tolerance, maxIterations }, (x): Direction<GradientQuery> => {
    const scratch = x.slice()
    const pairs: Pair[] = []
    let scale = 1

    // d ← B d, with the curvature that the first `count` pairs tell.
    const multiply = (d: Float64Array, count: number) => {
      const pair = pairs[count - 1]
      if (pair) {
        const { s, y, bend } = pair
        const share = dot(s, d) / bend
        along(d, -share, y, d)
        multiply(d, count - 1)
        along(d, share - dot(y, d) / bend, s, d)
      } else {
        scratch.set(d)
        if (preconditioner) preconditioner(scratch, d)
        else along(scratch, scale - 1, scratch, d)
      }
    }
    return {
      query: { ask: 'gradient', at: x.slice(), gradient: x.slice() },
      aim(gradient, d) {
        // Without pairs, a step that moves no coordinate by more than 1.
        if (!pairs.length) scale = 1 / Math.max(1, maxAbs(gradient))
        along(gradient, -2, gradient, d)
        multiply(d, pairs.length)
      },
      learn(s, y) {
        const bend = dot(s, y)
        const square = dot(y, y)
        if (!(bend > 2.3e-16 * square)) return
        // The oldest pair's buffers, once there are enough.
        const pair = pairs.length < memory ? { s: x.slice(), y: x.slice(), bend } : pairs.shift()!
        pair.s.set(s)
        pair.y.set(y)
        pair.bend = bend
        pairs.push(pair)
        scale = bend / square
      },
      forget: () => pairs.splice(0).length > 0,
    }
  })
}

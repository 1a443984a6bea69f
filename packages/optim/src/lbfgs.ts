// Limited-memory BFGS: Newton's direction, guessed from the last few steps.
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Solver, Step } from './oracle.ts'
import { finite } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'
import { wolfe } from './wolfe.ts'

export interface LbfgsOptions extends Limits {
  /** How many pairs of steps and changes of the gradient are kept: 1, 2, … Default 10. */
  memory?: number | undefined
  /** Writes M⁻¹v to `out` (never `v` itself), M ≈ ∇²f being symmetric positive definite. Default: a multiple of v. */
  preconditioner?: ((v: Float64Array, out: Float64Array) => void) | undefined
}

/** What one iteration has told about the curvature: s = x⁺ − x, y = ∇f(x⁺) − ∇f(x). */
interface Pair {
  readonly s: Float64Array
  readonly y: Float64Array
  /** sᵀy > 0. */
  bend: number
  /** The multiple of y that the first half of the recursion has taken away. */
  share: number
}

/**
 * L-BFGS, x ← x + t d with d = −B ∇f(x): B is the inverse Hessian as the last `memory` pairs s = x⁺ − x, y = ∇f(x⁺) − ∇f(x)
 * tell it, on top of (sᵀy / yᵀy) I or of the preconditioner. A line search finds t by the strong Wolfe conditions; pairs of
 * non-positive curvature are skipped; if a search fails, it forgets the pairs and tries once more.
 *
 * Asks `gradient`: one pass per trial, as a rule one per iteration. Memory: (2 · memory + 4) p, reused once there.
 * Choose it when p is too large for `newton`.
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5, p. 178–179.
 *
 * @param options.maxIterations default 1000.
 * @throws RangeError on an option out of range.
 */
export function lbfgs(options: LbfgsOptions = {}): Solver<GradientQuery> {
  const { memory = 10, preconditioner, tolerance = 1e-8, maxIterations = 1000 } = options
  expectPositive('lbfgs', { tolerance, maxIterations })
  expect(memory >= 1 && memory % 1 === 0, 'lbfgs', 'memory 1, 2, …', memory)

  return function* (x) {
    const trial = x.slice()
    const gradient = x.slice()
    const before = x.slice()
    const direction = x.slice()
    const query: GradientQuery = { ask: 'gradient', at: trial, gradient }
    let pairs: Pair[] = []
    let scale = 1
    let value = yield query
    let optimality = maxAbs(gradient)
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality, at: x }
      if (!finite(value, optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      before.set(gradient)
      for (;;) {
        // Without pairs, a step that moves no coordinate by more than 1.
        if (!pairs.length) scale = 1 / Math.max(1, optimality)
        // The two-loop recursion: direction ← −B·before.
        along(before, -2, before, direction)
        for (let k = pairs.length; k--; ) {
          const pair = pairs[k]!
          pair.share = dot(pair.s, direction) / pair.bend
          along(direction, -pair.share, pair.y, direction)
        }
        trial.set(direction)
        if (preconditioner) preconditioner(trial, direction)
        else for (let j = 0; j < x.length; j++) direction[j]! *= scale
        for (const { s, y, bend, share } of pairs)
          along(direction, share - dot(y, direction) / bend, s, direction)

        const slope = dot(before, direction)
        const next = slope < 0 ? yield* wolfe(query, x, direction, value, slope) : NaN
        if (finite(next, 0)) {
          value = next
          break
        }
        if (!pairs.length) return ending(next === -Infinity ? 'non-finite' : 'line-search-failed', here)
        pairs = []
      }

      // The oldest pair's buffers, once there are enough; until it is known to be of use, `direction` and `before` hold it.
      along(trial, -1, x, direction)
      along(gradient, -1, before, before)
      const bend = dot(direction, before)
      const square = dot(before, before)
      if (bend > 2.3e-16 * square) {
        const { s, y } = pairs.length < memory ? { s: x.slice(), y: x.slice() } : pairs.shift()!
        s.set(direction)
        y.set(before)
        pairs.push({ s, y, bend, share: 0 })
        scale = bend / square
      }
      x.set(trial)
      optimality = maxAbs(gradient)
    }
  }
}

// Limited-memory BFGS: Newton's direction, guessed from the last few steps.
import { ending, verdict } from './ending.ts'
import { checkLimits, expect, type Limits } from './limits.ts'
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

/**
 * L-BFGS, x ← x + t d with d = −B ∇f(x): B is the inverse Hessian as the last `memory` pairs s = x⁺ − x, y = ∇f(x⁺) − ∇f(x)
 * tell it, on top of (sᵀy / yᵀy) I or of the preconditioner. A line search finds t by the strong Wolfe conditions; pairs of
 * non-positive curvature are skipped; if a search fails, it forgets the pairs and tries once more.
 *
 * Asks `gradient`: one pass per trial, as a rule one per iteration. Memory: (2 · memory + 6) p, allocated once.
 * Choose it when p is too large for `newton`.
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5, p. 178–179.
 *
 * @param options.maxIterations default 1000.
 * @throws RangeError on an option out of range.
 */
export function lbfgs(options: LbfgsOptions = {}): Solver<GradientQuery> {
  const { memory = 10, preconditioner, tolerance = 1e-8, maxIterations = 1000 } = options
  checkLimits('lbfgs', tolerance, maxIterations)
  expect(memory >= 1 && memory % 1 === 0, 'lbfgs', 'a whole memory >= 1', memory)

  return function* (x) {
    const vector = () => new Float64Array(x.length)
    const trial = x.slice()
    const gradient = vector()
    const before = vector()
    const direction = vector()
    // One slot more than is read, so that a pair can be looked at before it replaces the oldest.
    const slots = memory + 1
    const steps = Array.from({ length: slots }, vector)
    const changes = Array.from({ length: slots }, vector)
    const curvature = new Float64Array(slots)
    const share = new Float64Array(slots)
    let stored = 0
    let scale = 1
    const query: GradientQuery = { ask: 'gradient', at: trial, gradient }
    let value = yield query
    let optimality = maxAbs(gradient)

    // The two-loop recursion: direction ← −B·before.
    const direct = () => {
      const oldest = Math.max(0, stored - memory)
      direction.set(before)
      for (let k = stored - 1; k >= oldest; k--) {
        const i = k % slots
        share[i] = dot(steps[i]!, direction) / curvature[i]!
        along(direction, -share[i]!, changes[i]!, direction)
      }
      trial.set(direction)
      if (preconditioner) preconditioner(trial, direction)
      else along(direction, scale - 1, trial, direction)
      for (let k = oldest; k < stored; k++) {
        const i = k % slots
        along(direction, share[i]! - dot(changes[i]!, direction) / curvature[i]!, steps[i]!, direction)
      }
      along(direction, -2, direction, direction)
    }

    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality, at: x }
      if (!finite(value, optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      before.set(gradient)
      for (;;) {
        direct()
        const slope = dot(before, direction)
        const first = stored || preconditioner ? 1 : Math.min(1, 1 / Math.sqrt(-slope))
        const next = slope < 0 ? yield* wolfe(query, x, direction, value, slope, first) : NaN
        if (finite(next, 0)) {
          value = next
          break
        }
        if (!stored) return ending(next === -Infinity ? 'non-finite' : 'line-search-failed', here)
        stored = 0
        scale = 1
      }
      const i = stored % slots
      along(trial, -1, x, steps[i]!)
      along(gradient, -1, before, changes[i]!)
      const bend = dot(steps[i]!, changes[i]!)
      const square = dot(changes[i]!, changes[i]!)
      if (bend > 2.3e-16 * square) {
        curvature[i] = bend
        scale = bend / square
        stored++
      }
      x.set(trial)
      optimality = maxAbs(gradient)
    }
  }
}

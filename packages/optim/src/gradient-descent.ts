// Steepest descent: the first method of every textbook, and the one to watch in a playground.
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Solver, Step } from './oracle.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

export interface GradientDescentOptions extends Limits {
  /**
   * A fixed step t > 0 (1/L with L = ‖∇²f‖ guarantees descent), or 'backtracking' (default), which finds it.
   */
  step?: number | 'backtracking' | undefined
}

/**
 * Gradient descent, x ← x − t ∇f(x).
 *
 * With backtracking, t is shortened until f(x − t∇f(x)) ≤ f(x) − ½ t ‖∇f(x)‖², which every t ≤ 1/L satisfies, and tried
 * twice as long after an iteration that did not have to. Where f's rounding hides the decrease, the slope at the new point
 * decides (Hager & Zhang 2005). With a fixed step nothing is checked but that the numbers stay finite.
 *
 * Asks `gradient`: one pass per iteration with a fixed step, one per trial otherwise. Memory: 3p.
 * Choose it to learn or to teach; `lbfgs` needs the same answers and far fewer of them.
 * Source: Boyd & Vandenberghe, Convex Optimization (2004), algorithms 9.2 and 9.3, p. 464–466.
 *
 * @param options.maxIterations default 10 000.
 * @throws RangeError on an option out of range.
 */
export function gradientDescent(options: GradientDescentOptions = {}): Solver<GradientQuery> {
  const { step: length = 'backtracking', tolerance = 1e-8, maxIterations = 10_000 } = options
  const caller = 'gradientDescent'
  expectPositive(caller, { tolerance, maxIterations })
  const fixed = length !== 'backtracking'
  expect(!fixed || (length > 0 && length < Infinity), caller, "step > 0 or 'backtracking'", length)

  return function* (x) {
    const trial = x.slice()
    const gradient = new Float64Array(x.length)
    const descent = new Float64Array(x.length)
    const query: GradientQuery = { ask: 'gradient', at: trial, gradient }
    let value = yield query
    let optimality = maxAbs(gradient)
    let t = fixed ? length : 1 / Math.max(1, optimality)
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality, at: x }
      if (!finite(value, optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      descent.set(gradient)
      const square = dot(descent, descent)
      const hidden = t * square <= noise(value)
      let usable = true
      for (let tries = 0; ; tries++) {
        along(x, -t, descent, trial)
        const next = yield query
        const slope = dot(gradient, descent)
        const whole = finite(next, maxAbs(gradient))
        usable &&= whole
        const decreased = hidden
          ? next <= value + noise(value) && slope >= 0
          : next < value && next <= value - 0.5 * t * square
        if (whole && (fixed || decreased)) {
          value = next
          if (!fixed && tries === 0) t *= 2
          break
        }
        if (fixed || tries > 40) return ending(usable ? 'line-search-failed' : 'non-finite', here)
        // To where the slope along the line would vanish, were f quadratic.
        t *= whole ? Math.min(0.5, Math.max(0.1, square / (square - slope) || 0)) : 0.1
      }
      x.set(trial)
      optimality = maxAbs(gradient)
    }
  }
}

// Gradient descent with a memory of where it was going: Polyak's heavy ball.
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Solver, Step } from './oracle.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

export interface MomentumOptions extends Limits {
  /** A fixed step t > 0, or 'backtracking' (default), which finds it. */
  step?: number | 'backtracking' | undefined
  /** β, the share of the last step that is repeated: 0 ≤ β < 1. Default 0.9. */
  momentum?: number | undefined
  /** Whether momentum is dropped where it points uphill, and with backtracking where f rises. Default: with backtracking alone. */
  restart?: boolean | undefined
}

/**
 * Momentum (the heavy ball), x⁺ = x − t ∇f(x) + β v, with v = x − x⁻ the last step.
 *
 * On a quadratic, t = 4/(√L + √μ)² and β = ((√L − √μ)/(√L + √μ))² contract by √β a step, which no first-order method betters; elsewhere
 * that may cycle for ever. The restart, v = 0 where ∇f(x)ᵀv > 0, sees to it that it does not, for t ≤ 1/L: steps beyond 2/L, as Polyak's may
 * be, are stable by their momentum alone. With backtracking, t is shortened until f(x + d) ≤ f(x) + ∇f(x)ᵀd + ‖d‖²/2t, d = βv − t∇f(x), which
 * every t ≤ 1/L satisfies (where f's rounding hides the difference, (∇f(x + d) − ∇f(x))ᵀd ≤ ‖d‖²/t stands for it), and doubled after an
 * iteration that had room; a step that would make f rise is taken again without momentum.
 *
 * Asks `gradient`: one pass per iteration with a fixed step, one per trial otherwise. Memory: 5p.
 * Choose it to learn and to show; `nesterov` accelerates without knowing β.
 * Source: Polyak, USSR Comput. Math. Math. Phys. 4 (1964), 1–17; O'Donoghue & Candès, Found. Comput. Math. 15 (2015), 715–732,
 * §3.2, for the restart.
 *
 * @param options.maxIterations default 10 000.
 * @throws RangeError on an option out of range.
 */
export function momentum(options: MomentumOptions = {}): Solver<GradientQuery> {
  const { step = 'backtracking', momentum: beta = 0.9 } = options
  const { restart = step === 'backtracking', tolerance = 1e-8, maxIterations = 10_000 } = options
  const caller = 'momentum'
  expectPositive(caller, { tolerance, maxIterations })
  expect(beta >= 0 && beta < 1, caller, 'momentum from 0 to 1 (not 1)', beta)
  const fixed = step !== 'backtracking'
  expect(!fixed || (step > 0 && step < Infinity), caller, "step > 0 or 'backtracking'", step)

  return function* (x) {
    const gradient = x.slice()
    const v = new Float64Array(x.length)
    const d = x.slice()
    const query: GradientQuery = { ask: 'gradient', at: x.slice(), gradient: x.slice() }
    let value = yield query
    let t = fixed ? step : 1 / Math.max(1, maxAbs(query.gradient))
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality: maxAbs(query.gradient), at: x }
      if (!finite(value, here.optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      gradient.set(query.gradient)
      if (restart && dot(gradient, v) > 0) v.fill(0)
      let usable = true
      let hidden = false
      for (let tries = 0; ; tries++) {
        for (let j = 0; j < d.length; j++) d[j] = beta * v[j]! - t * gradient[j]!
        along(x, 1, d, query.at)
        const next = yield query
        const whole = finite(next, maxAbs(query.gradient))
        usable &&= whole
        const square = dot(d, d)
        const slope = dot(gradient, d)
        if (!tries) hidden = square <= 20 * t * noise(value)
        // Twice what f bends along d: dᵀ∇²f d on a quadratic.
        const bend = hidden ? dot(query.gradient, d) - slope : 2 * (next - value - slope)
        const moving = maxAbs(v) > 0
        const risen = !whole || (next > value && !(hidden && next <= value + noise(value)))
        if (whole && (fixed || (t * bend <= square && !(risen && (restart || !moving))))) {
          value = next
          if (!fixed && !tries && !hidden && t * bend < 0.25 * square) t *= 2
          break
        }
        if (fixed || tries > 60) return ending(usable ? 'line-search-failed' : 'non-finite', here)
        if (whole && t * bend > square) t *= Math.min(0.9, Math.max(0.1, (0.95 * square) / (t * bend)))
        else if (moving && restart) v.fill(0)
        else t *= 0.1
      }
      along(query.at, -1, x, v)
      x.set(query.at)
    }
  }
}

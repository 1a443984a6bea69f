// Nesterov's accelerated gradient method: momentum first, then the gradient where it leads.
import { armijo } from './armijo.ts'
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Solver, Step, ValueQuery } from './oracle.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

export interface NesterovOptions extends Limits {
  /** A fixed step t > 0 (1/L with L = ‖∇²f‖ guarantees convergence), or 'backtracking' (default), which finds it. */
  step?: number | 'backtracking' | undefined
  /** μ ≥ 0 with f(x) − ½ μ ‖x‖² convex: β = (1 − √tμ)/(1 + √tμ) in place of the growing one. Default 0: not known. */
  strongConvexity?: number | undefined
  /** Whether momentum starts anew where it points uphill, and with backtracking where f rises. Default true. */
  restart?: boolean | undefined
}

/**
 * Nesterov's method, x⁺ = y − t ∇f(y), y⁺ = x⁺ + β (x⁺ − x), with β = (θ − 1)/θ⁺, θ⁺ = ½ + √(¼ + θ²), θ = 1 at first. Steps report y.
 *
 * f(x) − f* ≤ 2L‖x₀ − x*‖²/(k + 1)² with t = 1/L; with `strongConvexity` μ, it falls by 1 − √(μ/L) a step. Momentum starts anew (θ = 1,
 * y⁺ = x⁺) where it points uphill, ∇f(y)ᵀ(x⁺ − x) > 0, which finds that rate without knowing μ. With backtracking, t is shortened until
 * f(x⁺) ≤ f(y) − ½ t ‖∇f(y)‖² (where f's rounding hides the decrease, the slope there decides), and doubled until that happens first, then after
 * restarts alone; where f(y⁺) would exceed f(y), y⁺ = x⁺ instead.
 *
 * Asks `gradient` at y, one pass per iteration with a fixed step; with backtracking also `value` at x⁺, two. Memory: 6p.
 * Choose it for what is too large or too simple for `lbfgs`, with a known L; it is the smooth case of `fista`.
 * Source: Nesterov, Soviet Math. Dokl. 27 (1983), 372–376; Introductory Lectures on Convex Optimization (2004), (2.2.11), p. 81, for
 * known μ; O'Donoghue & Candès, Found. Comput. Math. 15 (2015), 715–732, §3.2, for the restart.
 *
 * @param options.maxIterations default 10 000.
 * @throws RangeError on an option out of range.
 */
export function nesterov(options: NesterovOptions = {}): Solver<ValueQuery | GradientQuery> {
  const { step = 'backtracking', strongConvexity: mu = 0, restart = true } = options
  const { tolerance = 1e-8, maxIterations = 10_000 } = options
  const caller = 'nesterov'
  expectPositive(caller, { tolerance, maxIterations })
  expect(mu >= 0 && mu < Infinity, caller, 'strongConvexity >= 0', mu)
  const fixed = step !== 'backtracking'
  expect(!fixed || (step > 0 && step < Infinity), caller, "step > 0 or 'backtracking'", step)

  return function* (y) {
    const x = y.slice()
    const d = y.slice()
    const next = y.slice()
    const query: GradientQuery = { ask: 'gradient', at: y.slice(), gradient: y.slice() }
    const gradient = y.slice()
    let value = yield query
    let t = fixed ? step : 1 / Math.max(1, maxAbs(query.gradient))
    let theta = 1
    let growing = true
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality: maxAbs(query.gradient), at: y }
      if (!finite(value, here.optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      gradient.set(query.gradient)
      for (let j = 0; j < d.length; j++) d[j] = -t * gradient[j]!
      const slope = dot(gradient, d)
      const hidden = -slope <= noise(value)
      along(y, 1, d, next)
      if (!fixed) {
        // x⁺ = y − t ∇f(y)
        const ask = hidden ? { ...query, at: next } : ({ ask: 'value', at: next } as const)
        const found = yield* armijo<ValueQuery | GradientQuery>(ask, y, d, value, slope, 0.5)
        if (!found.t) return ending(found.value === -Infinity ? 'non-finite' : 'line-search-failed', here)
        t *= found.t
        if (found.t < 1) growing = false
      }
      // ∇f(y)ᵀ(x⁺ − x), and β
      along(next, -1, x, d)
      const anew = restart && dot(gradient, d) > 0
      const root = Math.min(1, Math.sqrt(t * mu))
      const before = anew ? 1 : theta
      theta = anew ? 1 : 0.5 + Math.sqrt(0.25 + theta * theta)
      let beta = mu ? (anew ? 0 : (1 - root) / (1 + root)) : (before - 1) / theta
      x.set(next)
      for (;;) {
        along(x, beta, d, query.at)
        value = yield query
        const whole = finite(value, maxAbs(query.gradient))
        if (whole && (fixed || !restart || value <= here.value + noise(here.value))) break
        if (!beta) return ending('non-finite', here)
        beta = 0
        theta = 1
      }
      if (!fixed && !hidden && (growing || !beta)) t *= 2
      y.set(query.at)
    }
  }
}

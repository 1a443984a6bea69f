// FISTA: the accelerated proximal gradient method, for a smooth function plus a penalty that has a prox.
import { admit } from './admit.ts'
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Step, ValueQuery } from './oracle.ts'
import type { Penalty, ProximalSolver } from './penalty.ts'
import { finite, noise } from './rounding.ts'
import { along, maxAbs } from './vector.ts'

export interface FistaOptions extends Limits {
  /** P in f + P; undefined, said so, is none. */
  penalty: Penalty | undefined
  /** A fixed step t > 0 (1/L with L = ‖∇²f‖ guarantees convergence). Default: found by backtracking. */
  step?: number | undefined
}

/**
 * FISTA, x⁺ = prox_{tP}(y − t ∇f(y)), y = x⁺ + β (x⁺ − x), with β = (θ − 1)/θ⁺, θ⁺ = ½ + √(¼ + θ²).
 *
 * t is shortened until f(x⁺) ≤ f(y) + ∇f(y)ᵀ(x⁺ − y) + ‖x⁺ − y‖²/2t, and doubled after an iteration that would have allowed it. Where f's rounding
 * hides that difference, (∇f(x⁺) − ∇f(y))ᵀ(x⁺ − y) ≤ ‖x⁺ − y‖²/t stands for it. Momentum starts anew (θ = 1) whenever
 * it points uphill, (y − x⁺)ᵀ(x⁺ − x) > 0.
 *
 * Asks `gradient` at y and `value` at x⁺: two passes per iteration, more when t shrinks. While ‖y − x⁺‖∞/t is large, it is what a
 * step reports as its optimality; near the end, and at the last iteration, the gradient is asked at x⁺ instead and the distance
 * measured there, and only that counts as convergence. Memory: 5p.
 * Choose it for ℓ1 and other penalties without a gradient. Where P is not convex, it keeps t below `stepLimit`, and what it finds is stationary. Values may rise now and then.
 * Source: Beck & Teboulle, SIAM J. Imaging Sci. 2 (2009), 183–202, p. 194; O'Donoghue & Candès, Found. Comput. Math. 15
 * (2015), 715–732, for the restart.
 *
 * @param options.maxIterations default 10 000.
 * @throws TypeError if `penalty` is left out; RangeError on an option out of range, such as a step that P has no prox for.
 */
export function fista(options: FistaOptions): ProximalSolver<ValueQuery | GradientQuery> {
  const { penalty: given, step: fixed, tolerance = 1e-8, maxIterations = 10_000 } = options ?? {}
  if (!('penalty' in Object(options))) throw new TypeError('fista: expected options.penalty, got undefined')
  const penalty = given ?? nothing
  expectPositive('fista', { tolerance, maxIterations })
  expect(fixed === undefined || (fixed > 0 && fixed < Infinity), 'fista', 'step > 0', fixed)
  const limit = penalty.stepLimit ?? Infinity
  expect(!(fixed! >= limit), 'fista', `step < ${limit} with this penalty`, fixed)

  function* solve(x: Float64Array): ReturnType<ProximalSolver<ValueQuery | GradientQuery>> {
    admit(x, penalty)
    const y = x.slice()
    const next = x.slice()
    const gradient = new Float64Array(x.length)
    const nextGradient = new Float64Array(x.length)
    const askY: GradientQuery = { ask: 'gradient', at: y, gradient }
    const askValue: ValueQuery = { ask: 'value', at: next }
    const askGradient: GradientQuery = { ask: 'gradient', at: next, gradient: nextGradient }
    let smooth = yield askY
    let value = smooth + penalty.value(x)
    let optimality = penalty.distance(x, gradient)
    let t = fixed ?? Math.min(1 / Math.max(1, maxAbs(gradient)), limit / 2)
    let theta = 1
    let known = true
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality, at: x }
      if (!finite(value, optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      if (!known) smooth = yield askY
      if (!finite(smooth, maxAbs(gradient)) && theta > 1) {
        // Momentum led out of the domain.
        y.set(x)
        theta = 1
        smooth = yield askY
      }
      let careful: boolean
      let turn: number
      let hidden = false
      let usable = true
      for (let tries = 0; ; tries++) {
        along(y, -t, gradient, next)
        penalty.prox(next, t, next)
        let linear = 0
        let square = 0
        let largest = 0
        let gone = 0
        turn = 0
        for (let j = 0; j < x.length; j++) {
          const move = next[j]! - y[j]!
          linear += gradient[j]! * move
          square += move * move
          largest = Math.max(largest, Math.abs(move))
          turn -= move * (next[j]! - x[j]!)
          gone += Math.abs(next[j]! - x[j]!)
        }
        optimality = largest / t
        if (!tries) hidden = square <= 20 * t * noise(smooth)
        careful = hidden || optimality <= 4 * tolerance || iteration + 1 >= maxIterations
        const f = yield careful ? askGradient : askValue
        let bend = 2 * (f - smooth - linear)
        if (careful) {
          optimality = penalty.distance(next, nextGradient)
          bend = 0
          for (let j = 0; j < x.length; j++) bend += (nextGradient[j]! - gradient[j]!) * (next[j]! - y[j]!)
        }
        const whole = finite(f, optimality)
        usable &&= whole
        const stuck = square + gone === 0 && optimality > tolerance
        if (whole && !stuck && (fixed || t * bend <= 1.001 * square)) {
          value = f + penalty.value(next)
          smooth = f
          if (!fixed && !careful && !tries && t * bend < 0.5 * square && 2 * t < limit) t *= 2
          break
        }
        if (fixed || stuck || tries > 40) return ending(usable ? 'line-search-failed' : 'non-finite', here)
        t *= whole ? Math.min(0.9, Math.max(0.1, (0.95 * square) / (t * bend))) : 0.1
      }
      const before = turn > 0 ? 1 : theta
      theta = turn > 0 ? 1 : 0.5 + Math.sqrt(0.25 + theta * theta)
      const beta = (before - 1) / theta
      for (let j = 0; j < x.length; j++) y[j] = next[j]! + beta * (next[j]! - x[j]!)
      x.set(next)
      known = careful && beta === 0
      if (known) gradient.set(nextGradient)
    }
  }
  return Object.assign(solve, { penalty: given })
}

// No penalty: every point is its own prox.
const nothing: Pick<Penalty, 'value' | 'prox' | 'distance' | 'stepLimit'> = {
  value: () => 0,
  prox: (v, _step, out) => out.set(v),
  distance: (_w, gradient) => maxAbs(gradient),
}

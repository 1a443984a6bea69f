// Backtracking: a line search that shortens the step until f has fallen by a share of what its slope promised.
import type { Trial } from './line-search.ts'
import type { GradientQuery, HessianQuery, ValueQuery } from './oracle.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

/**
 * Looks along φ(t) = f(x + t d), from t = 1 downwards, for a t with Armijo's φ(t) ≤ φ(0) + c t φ'(0): a generator, to be delegated
 * to with yield*. Each trial is one question; `query.at` (a buffer of its own, not `x`) is the trial point and stays there.
 *
 * The next t minimises the parabola through φ(0), φ'(0) and φ(t), within [t/10, t/2]. Where f's rounding hides the decrease
 * (−φ'(0) ≤ 10⁻¹² |φ(0)|), a value no worse than that rounding will do; if the question asks for a gradient, φ'(t) ≤ (2c − 1) φ'(0) besides
 * (Hager & Zhang, SIAM J. Optim. 16 (2005), 170–192: the approximate Wolfe conditions).
 *
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithm 3.1, p. 37, interpolation (3.58), p. 58.
 *
 * @param value φ(0), or the largest of the last few values for a search that is not monotone (Grippo, Lampariello & Lucidi,
 * SIAM J. Numer. Anal. 23 (1986), 707–716).
 * @param slope φ'(0) = ∇f(x)ᵀd < 0
 * @param decrease c in (0, 1).
 * @returns the first t that will do; t = 0 and value NaN if there is none within 40 trials or f does not fall along d, −Infinity for NaN if
 * something was not finite.
 */
export function* armijo<Q extends ValueQuery | GradientQuery | HessianQuery>(
  query: Q,
  x: Float64Array,
  d: Float64Array,
  value: number,
  slope: number,
  decrease = 1e-4,
): Generator<Q, Trial, number> {
  const hidden = -slope <= noise(value)
  const gradient = query.ask === 'value' ? undefined : query.gradient
  const failure = { t: 0, value: Number.isNaN(slope) ? -Infinity : NaN }
  for (let t = 1, tries = slope < 0 ? 40 : 0; tries > 0; tries--) {
    along(x, t, d, query.at)
    const next = yield query
    const steep = gradient && dot(gradient, d)
    if (finite(next, gradient ? maxAbs(gradient) : 0)) {
      const decreased = hidden
        ? next <= value + noise(value) && !(steep! > (2 * decrease - 1) * slope)
        : next < value && next <= value + decrease * t * slope
      if (decreased) return { t, value: next, slope: steep }
      // The parabola through both values; where they tell nothing, of both slopes.
      const bend = hidden ? (t * (steep! - slope)) / 2 : next - value - t * slope
      t *= Math.min(0.5, Math.max(0.1, (-slope * t) / (2 * bend) || 0))
    } else {
      failure.value = -Infinity
      t *= 0.1
    }
  }
  return failure
}

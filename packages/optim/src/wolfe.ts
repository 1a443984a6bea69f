// A line search for the strong Wolfe conditions, as a generator to be delegated to with yield*.
import type { GradientQuery } from './oracle.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

/**
 * Looks along φ(t) = f(x + t d), from t = 1, for a t with φ(t) ≤ φ(0) + δ t φ'(0) and |φ'(t)| ≤ σ |φ'(0)|, δ = 10⁻⁴, σ = 0.9. Each trial is
 * one question: `query.at` is the trial point, `query.gradient` its gradient, which stay those of the point found.
 *
 * It keeps a bracket: low, where φ has decreased enough and still falls, and high, where it has not, or rises, or is not
 * finite. With ψ(t) = φ(t) − φ(0) − δ t φ'(0), ψ ≤ 0 and ψ' < 0 at low, while ψ > 0 or ψ' > 0 at high: between them
 * lies a minimiser of ψ, which satisfies both conditions. Where f's rounding hides the decrease, φ'(t) ≤ (2δ − 1) φ'(0)
 * stands for it (Hager & Zhang, SIAM J. Optim. 16 (2005), 170–192: the approximate Wolfe conditions).
 *
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6, p. 60–61, cubic interpolation (3.59), p. 59;
 * Moré & Thuente, ACM TOMS 20 (1994), 286–307, for ψ.
 *
 * @param slope φ'(0) < 0
 * @returns f at the point found (the farthest one, if f seems to fall without end); if there is none within 40 trials NaN, or
 * −Infinity if one of them was not finite.
 */
export function* wolfe(
  query: GradientQuery,
  x: Float64Array,
  direction: Float64Array,
  value: number,
  slope: number,
): Generator<GradientQuery, number, number> {
  let t = 1
  let low = 0
  let lowValue = value
  let lowSlope = slope
  let high = Infinity
  let highValue = 0
  let highSlope = 0
  let usable = true
  const hidden = -slope <= noise(value)
  for (let tries = 1; ; tries++) {
    along(x, t, direction, query.at)
    const next = yield query
    const rise = dot(query.gradient, direction)
    const whole = finite(next, maxAbs(query.gradient))
    usable &&= whole
    const decreased =
      whole &&
      (hidden ? next <= value + noise(value) && rise <= -0.9998 * slope : next <= value + 1e-4 * t * slope)
    if (decreased && Math.abs(rise) <= -0.9 * slope) return next
    // Where rounding hides what is left to gain, many trials only hide that none of them can be told from x.
    if (tries === (hidden ? 20 : 40)) {
      if (high === Infinity && decreased) return next
      return usable ? NaN : -Infinity
    }
    if (decreased && rise < 0) {
      low = t
      lowValue = next
      lowSlope = rise
    } else {
      high = t
      highValue = next
      highSlope = rise
    }
    if (high === Infinity) {
      // The slope has fallen by less than a tenth: linearly extrapolated, it vanishes at 10 t or later.
      t *= 10
    } else {
      const width = high - low
      const gain = highValue - lowValue
      const bend = lowSlope + highSlope - (3 * gain) / width
      const root = Math.sqrt(bend * bend - lowSlope * highSlope)
      const share =
        tries % 3 === 0
          ? 0.5
          : Math.abs(gain) > noise(value)
            ? 1 - (highSlope + root - bend) / (highSlope - lowSlope + 2 * root)
            : lowSlope / (lowSlope - highSlope)
      t = low + width * (Math.min(0.9, Math.max(0.1, share)) || 0.1)
    }
  }
}

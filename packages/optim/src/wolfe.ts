// A line search for the strong Wolfe conditions: a step that is neither too long nor too short.
import type { Trial } from './line-search.ts'
import type { GradientQuery, HessianQuery } from './oracle.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

/**
 * Looks along φ(t) = f(x + t d), from t = 1, for a t with φ(t) ≤ φ(0) + δ t φ'(0) and |φ'(t)| ≤ σ |φ'(0)|, δ = 10⁻⁴: a generator, to be
 * delegated to with yield*. Each trial is one question: `query.at` (a buffer of its own, not `x`) is the trial point,
 * `query.gradient` its gradient, which stay those of the point found.
 *
 * It keeps a bracket: low, where φ has decreased enough and still falls, and high, where it has not, or rises, or is not
 * finite. With ψ(t) = φ(t) − φ(0) − δ t φ'(0), ψ ≤ 0 and ψ' < 0 at low, while ψ > 0 or ψ' > 0 at high: between them
 * lies a minimiser of ψ, which satisfies both conditions. Where f's rounding hides the decrease, φ'(t) ≤ (2δ − 1) φ'(0)
 * stands for it (Hager & Zhang, SIAM J. Optim. 16 (2005), 170–192: the approximate Wolfe conditions).
 *
 * Source: Nocedal & Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6, p. 60–61, cubic interpolation (3.59), p. 59;
 * Moré & Thuente, ACM TOMS 20 (1994), 286–307, for ψ.
 *
 * @param value φ(0)
 * @param slope φ'(0) = ∇f(x)ᵀd < 0
 * @param curvature σ in (δ, 1): 0.9 for Newton-like directions, 0.1 for a search that is nearly exact.
 * @returns the trial found (the farthest one, if f seems to fall without end); t = 0 and value NaN if there is none within 40 trials or f does
 * not fall along d, −Infinity for NaN if something was not finite.
 */
export function* wolfe<Q extends GradientQuery | HessianQuery>(
  query: Q,
  x: Float64Array,
  d: Float64Array,
  value: number,
  slope: number,
  curvature = 0.9,
): Generator<Q, Trial, number> {
  const hidden = -slope <= noise(value)
  const failure = { t: 0, value: Number.isNaN(slope) ? -Infinity : NaN }
  if (!(slope < 0)) return failure
  let low = { t: 0, value, slope }
  let high: typeof low | undefined
  let t = 1
  // Where rounding hides what is left to gain, many trials only hide that none of them can be told from x.
  for (let tries = hidden ? 20 : 40; ; tries--) {
    along(x, t, d, query.at)
    const here = { t, value: yield query, slope: dot(query.gradient, d) }
    const whole = finite(here.value, maxAbs(query.gradient))
    if (!whole) failure.value = -Infinity
    const decreased =
      whole &&
      here.value <= value + (hidden ? noise(value) : 1e-4 * t * slope) &&
      !(hidden && here.slope > -0.9998 * slope)
    if (decreased && (Math.abs(here.slope) <= -curvature * slope || (!tries && !high))) return here
    if (!tries) return failure
    if (decreased && here.slope < 0) low = here
    else high = here
    if (high) {
      const width = high.t - low.t
      const sum = low.slope + high.slope
      // The minimiser of the cubic through both values and slopes; where values tell nothing, of a parabola of these slopes.
      const bend = sum - 3 * (hidden ? sum / 2 : (high.value - low.value) / width)
      const root = Math.sqrt(bend * bend - low.slope * high.slope)
      const share = tries % 3 ? 1 - (high.slope + root - bend) / (high.slope - low.slope + 2 * root) : 0.5
      t = low.t + width * (Math.min(0.9, Math.max(0.1, share)) || 0.1)
    } else {
      // The slope has fallen by less than a tenth: linearly extrapolated, it vanishes at 10 t or later.
      t *= 10
    }
  }
}

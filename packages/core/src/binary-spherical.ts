// The spherical score of a probability, from its logit; constant factor 1.
//
//   m = η if y = 1, −η if y = 0      r = p_y / √(p² + q²) = 1/√(1 + e⁻²ᵐ), o = 1/√(1 + e²ᵐ): r² + o² = 1
//   ℓ = 1 − r = o²/(1 + r)           ∂ℓ/∂m = −r o²           ∂²ℓ/∂m² = r o² (3r² − 1), of changing sign: not convex
import type { DeclaredLoss } from './loss.ts'

/** r and o², from t = e^−|m|. */
function parts(eta: number, y: number): [number, number] {
  if (y !== 0 && y !== 1) throw new RangeError(`binarySpherical: expected y to be 0 or 1, got ${y}`)
  const m = y ? eta : -eta
  const t = Math.exp(-Math.abs(m))
  const n = 1 + t * t
  return m < 0 ? [t / Math.sqrt(n), 1 / n] : [1 / Math.sqrt(n), (t * t) / n]
}

/**
 * Spherical loss from the logit: ℓ(η, y) = 1 − p_y / ‖(p, 1 − p)‖, p = σ(η): the cosine between what was said and
 * what was.
 *
 * y: 0 or 1; a RangeError otherwise. η: any number; ±Infinity give the limit, NaN gives NaN. No kink. Bounded by 1,
 * and the slope vanishes on both sides: most robust. The curvature changes its sign at r² = 1/3, where the slope is
 * largest, 2/(3√3); it is largest at r² = (6 + √21)/15. Strictly proper: least in expectation at the true
 * probability.
 *
 * T. Gneiting, A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation", J. Am. Stat. Assoc. 102
 * (2007), 359–378, example 2.
 */
export const binarySpherical: DeclaredLoss = {
  name: 'binary-spherical',
  value(eta, y) {
    const [r, rest] = parts(eta, y)
    return rest / (1 + r)
  },
  gradient(eta, y) {
    const [r, rest] = parts(eta, y)
    return (1 - 2 * y) * r * rest
  },
  hessian(eta, y) {
    const [r, rest] = parts(eta, y)
    return r * rest * (3 * r * r - 1)
  },
  targets: { what: '0 or 1', holds: (y) => y === 0 || y === 1 },
  link: 'logit',
  convex: false,
  differentiability: Infinity,
  smoothness: 0.2761801973967997,
  lipschitz: 0.3849001794597505,
  calibrated: true,
}

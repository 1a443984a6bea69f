// The Brier score of a probability, from its logit; constant factor 1 (some count both classes, which doubles it).
//
//   p = σ(η), q = σ(−η)              ℓ = (p − y)²            ∂ℓ/∂η = 2 (p − y) p q
//   ∂²ℓ/∂η² = 2 p q (p q + (p − y)(1 − 2p)); for y = 1: 2 p q² (3p − 1), of changing sign: not convex
import type { DeclaredLoss } from './loss.ts'

/** p, q and p − y; for y = 1 and y = 0 the last is −q and p, no digit lost. */
function parts(eta: number, y: number) {
  const e = Math.exp(-Math.abs(eta))
  const p = (eta < 0 ? e : 1) / (1 + e)
  const q = (eta < 0 ? 1 : e) / (1 + e)
  return { p, q, d: (1 - y) * p - y * q }
}

/**
 * Brier score from the logit: ℓ(η, y) = (σ(η) − y)², squared error of the probability.
 *
 * y: 0 or 1, or a soft target between them. η: any number; ±Infinity give the limit, NaN gives NaN. No kink. Bounded
 * by 1, and the slope vanishes on both sides: most robust, and a row that is certain of the wrong class is not learnt
 * from. For y = 1 the curvature changes its sign at σ(η) = 1/3. The largest curvature is at σ(η) = (9 + √33)/24, the
 * largest slope, 8/27, at σ(η) = 1/3 (y = 1; mirrored for y = 0). Strictly proper: least in expectation at the true
 * probability.
 *
 * G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950), 1–3.
 */
export const binaryBrier: DeclaredLoss = {
  name: 'binary-brier',
  value: (eta, y) => parts(eta, y).d ** 2,
  gradient(eta, y) {
    const { p, q, d } = parts(eta, y)
    return 2 * d * p * q
  },
  hessian(eta, y) {
    const { p, q, d } = parts(eta, y)
    return 2 * p * q * (p * q + d * (q - p))
  },
  targets: { what: 'from 0 to 1', holds: (y) => y >= 0 && y <= 1 },
  link: 'logit',
  convex: false,
  differentiability: Infinity,
  smoothness: 0.15405857012135052,
  lipschitz: 0.2962962962962963,
  calibrated: true,
}

// The logistic loss of labels −1 and +1; constant factor 1, natural logarithm.
//
//   m = yη           ℓ = log(1 + e⁻ᵐ)            ∂ℓ/∂η = −y σ(−m)
//   ∂²ℓ/∂η² = σ(m) σ(−m) ≤ ¼                     ℓ*(u, y) = v log v + (1 − v) log(1 − v),  v = −uy ∈ [0, 1]
import type { ConjugateLoss } from './loss.ts'
import { negativeEntropy } from './negative-entropy.ts'
import { margin, signTargets } from './sign-targets.ts'

/**
 * Logistic loss of the margin m = yη: ℓ(η, y) = log(1 + e⁻ᵐ) = −log σ(m), `binaryCrossEntropy` for labels −1 and +1.
 *
 * y: −1 or +1; a RangeError otherwise. η: any number; ±Infinity give the limit, NaN gives NaN. No kink. An outlier
 * pulls with at most 1, its loss grows like |m|. Some divide by log 2, so that it bounds the 0–1 loss.
 *
 * T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning (2nd ed.), §10.5.
 */
export const logisticLoss: ConjugateLoss = {
  name: 'logistic',
  value(eta, y) {
    const m = margin('logisticLoss', eta, y)
    const e = Math.exp(-Math.abs(m))
    return Math.log1p(e) - Math.min(m, 0)
  },
  gradient(eta, y) {
    const m = margin('logisticLoss', eta, y)
    const e = Math.exp(-Math.abs(m))
    return (-y * (m < 0 ? 1 : e)) / (1 + e)
  },
  hessian(eta, y) {
    const m = margin('logisticLoss', eta, y)
    const e = Math.exp(-Math.abs(m))
    return e / (1 + e) ** 2
  },
  conjugate(u, y) {
    const m = margin('logisticLoss', u, y)
    return negativeEntropy(-m, 1 + m)
  },
  targets: signTargets,
  link: 'logit',
  convex: true,
  differentiability: Infinity,
  smoothness: 0.25,
  lipschitz: 1,
  calibrated: true,
}

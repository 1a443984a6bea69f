// The exponential loss, that of AdaBoost; constant factor 1.
//
//   m = yη           ℓ = e⁻ᵐ                     ∂ℓ/∂η = −y e⁻ᵐ
//   ∂²ℓ/∂η² = e⁻ᵐ                                ℓ*(u, y) = v log v − v,  v = −uy ≥ 0
import type { ConjugateLoss } from './loss.ts'
import { margin, signTargets } from './sign-targets.ts'

/**
 * Exponential loss of the margin m = yη: ℓ(η, y) = e⁻ᵐ.
 *
 * y: −1 or +1; a RangeError otherwise. η: any number; overflows to Infinity below m = −709, NaN gives NaN. No kink,
 * no bound of curvature or slope: an outlier pulls exponentially hard. `conjugate` is 0 at u = 0, +Infinity for uy >
 * 0.
 *
 * Where it is least in expectation η is half the log-odds of +1, hence the link.
 *
 * J. Friedman, T. Hastie, R. Tibshirani, "Additive logistic regression: a statistical view of boosting", Ann. Stat.
 * 28 (2000), 337–407.
 */
export const exponential: ConjugateLoss = {
  name: 'exponential',
  value: (eta, y) => Math.exp(-margin('exponential', eta, y)),
  gradient: (eta, y) => -y * Math.exp(-margin('exponential', eta, y)),
  hessian: (eta, y) => Math.exp(-margin('exponential', eta, y)),
  conjugate(u, y) {
    const v = -margin('exponential', u, y)
    return v < 0 ? Infinity : v === 0 ? 0 : v * (Math.log(v) - 1)
  },
  targets: signTargets,
  link: 'half-logit',
  convex: true,
  differentiability: Infinity,
  smoothness: Infinity,
  lipschitz: Infinity,
  calibrated: true,
}

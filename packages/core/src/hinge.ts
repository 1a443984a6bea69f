// The hinge loss, that of the support vector machine; constant factor 1.
//
//   m = yη           ℓ = max(0, 1 − m)           ∂ℓ/∂η = −y if m < 1, else 0
//   ∂²ℓ/∂η² = 0                                  ℓ*(u, y) = uy for −1 ≤ uy ≤ 0
import type { ConjugateLoss } from './loss.ts'
import { margin, signTargets } from './sign-targets.ts'

/**
 * Hinge loss of the margin m = yη: ℓ(η, y) = max(0, 1 − m).
 *
 * y: −1 or +1; a RangeError otherwise. η: any number; NaN gives NaN. At the kink m = 1 value and `gradient` are 0; `hessian` is 0
 * there as everywhere, so Newton's method has nothing to go by. Smoothness Infinity: the slope jumps by 1. An outlier
 * pulls with 1, however far it is. `conjugate` is +Infinity outside −1 ≤ uy ≤ 0. Where it is least in expectation
 * only the sign means something.
 *
 * C. Cortes, V. Vapnik, "Support-vector networks", Machine Learning 20 (1995), 273–297.
 */
export const hinge: ConjugateLoss = {
  name: 'hinge',
  value: (eta, y) => Math.max(0, 1 - margin('hinge', eta, y)),
  gradient(eta, y) {
    const m = margin('hinge', eta, y)
    // A NaN is passed on.
    return m < 1 ? -y : m >= 1 ? 0 : m
  },
  hessian(eta, y) {
    margin('hinge', eta, y)
    return 0
  },
  conjugate(u, y) {
    const m = margin('hinge', u, y)
    return m < -1 || m > 0 ? Infinity : m
  },
  targets: signTargets,
  link: 'sign',
  convex: true,
  differentiability: 0,
  smoothness: Infinity,
  lipschitz: 1,
  calibrated: true,
}

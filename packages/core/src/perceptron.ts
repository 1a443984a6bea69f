// The perceptron criterion; constant factor 1.
//
//   m = yη           ℓ = max(0, −m)              ∂ℓ/∂η = −y if m ≤ 0, else 0
//   ∂²ℓ/∂η² = 0                                  ℓ*(u, y) = 0 for −1 ≤ uy ≤ 0
import type { ConjugateLoss } from './loss.ts'
import { margin, signTargets } from './sign-targets.ts'

/**
 * Perceptron loss of the margin m = yη: ℓ(η, y) = max(0, −m).
 *
 * y: −1 or +1; a RangeError otherwise. η: any number; NaN gives NaN. At the kink m = 0 the value is 0, `hessian` is 0 as everywhere,
 * and `gradient` is −y: a row on the boundary counts as a mistake, as in Rosenblatt's rule, which could not leave η =
 * 0 otherwise. Smoothness Infinity: the slope jumps by 1. An outlier pulls with 1, however far it is. `conjugate` is
 * +Infinity outside −1 ≤ uy ≤ 0.
 *
 * Not calibrated: η = 0 minimises the expected loss whatever the likelier class.
 *
 * C. M. Bishop, Pattern Recognition and Machine Learning, eq. 4.54.
 */
export const perceptron: ConjugateLoss = {
  name: 'perceptron',
  value: (eta, y) => Math.max(0, -margin('perceptron', eta, y)),
  gradient(eta, y) {
    const m = margin('perceptron', eta, y)
    // A NaN is passed on.
    return m > 0 ? 0 : m <= 0 ? -y : m
  },
  hessian(eta, y) {
    margin('perceptron', eta, y)
    return 0
  },
  conjugate(u, y) {
    const m = margin('perceptron', u, y)
    return m < -1 || m > 0 ? Infinity : m * 0
  },
  targets: signTargets,
  link: 'sign',
  convex: true,
  differentiability: 0,
  smoothness: Infinity,
  lipschitz: 1,
  calibrated: false,
}

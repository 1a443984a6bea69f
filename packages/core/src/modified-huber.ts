// The squared hinge loss made robust: linear where the margin is below −1; constant factor 1.
//
//   m = yη           ℓ = max(0, 1 − m)² if m ≥ −1, else −4m          ∂ℓ/∂η = −2y max(0, 1 − m), at most 4 in size
//   ∂²ℓ/∂η² = 2 if −1 ≤ m < 1, else 0                                ℓ*(u, y) = uy + ¼u² for −4 ≤ uy ≤ 0
import type { ConjugateLoss } from './loss.ts'
import { margin, signTargets } from './sign-targets.ts'

/**
 * Modified Huber loss of the margin m = yη: ℓ(η, y) = max(0, 1 − m)² where m ≥ −1, −4m below.
 *
 * y: −1 or +1; a RangeError otherwise. η: any number; NaN gives NaN. At the kink m = 1 value, `gradient` and
 * `hessian` are 0; at m = −1 they are 4, −4y and 2. An outlier pulls with at most 4. `conjugate` is +Infinity outside
 * −4 ≤ uy ≤ 0.
 *
 * Where it is least in expectation η is 2π − 1 for the probability π of +1, hence the link.
 *
 * T. Zhang, "Solving large scale linear prediction problems using stochastic gradient descent algorithms", ICML 2004.
 */
export const modifiedHuber: ConjugateLoss = {
  name: 'modified-huber',
  value(eta, y) {
    const m = margin('modifiedHuber', eta, y)
    return m < -1 ? -4 * m : Math.max(0, 1 - m) ** 2
  },
  gradient: (eta, y) => -2 * y * Math.max(0, Math.min(2, 1 - margin('modifiedHuber', eta, y))),
  hessian(eta, y) {
    const m = margin('modifiedHuber', eta, y)
    // A NaN is passed on.
    return m >= -1 && m < 1 ? 2 : Number.isNaN(m) ? m : 0
  },
  conjugate(u, y) {
    const m = margin('modifiedHuber', u, y)
    return m < -4 || m > 0 ? Infinity : m * (1 + m / 4)
  },
  targets: signTargets,
  link: 'clipped',
  convex: true,
  differentiability: 1,
  smoothness: 2,
  lipschitz: 4,
  calibrated: true,
}

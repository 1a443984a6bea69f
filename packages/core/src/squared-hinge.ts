// The hinge loss squared; constant factor 1, not ½.
//
//   m = yη           ℓ = max(0, 1 − m)²          ∂ℓ/∂η = −2y max(0, 1 − m)
//   ∂²ℓ/∂η² = 2 if m < 1, else 0                 ℓ*(u, y) = uy + ¼u² for uy ≤ 0
import type { ConjugateLoss } from './loss.ts'
import { margin, signTargets } from './sign-targets.ts'

/**
 * Squared hinge loss of the margin m = yη: ℓ(η, y) = max(0, 1 − m)².
 *
 * y: −1 or +1; a RangeError otherwise. η: any number; NaN gives NaN. At the kink m = 1, where the curvature falls
 * from 2 to 0, value, `gradient` and `hessian` are 0. An outlier pulls without bound. `conjugate` is +Infinity for uy
 * > 0.
 *
 * Where it is least in expectation η is 2π − 1 for the probability π of +1, hence the link.
 *
 * T. Zhang, "Statistical behavior and consistency of classification methods based on convex risk minimization", Ann.
 * Stat. 32 (2004), 56–134.
 */
export const squaredHinge: ConjugateLoss = {
  name: 'squared-hinge',
  value: (eta, y) => Math.max(0, 1 - margin('squaredHinge', eta, y)) ** 2,
  gradient: (eta, y) => -2 * y * Math.max(0, 1 - margin('squaredHinge', eta, y)),
  hessian(eta, y) {
    const m = margin('squaredHinge', eta, y)
    // A NaN is passed on.
    return m < 1 ? 2 : m >= 1 ? 0 : m
  },
  conjugate(u, y) {
    const m = margin('squaredHinge', u, y)
    return m > 0 ? Infinity : m * (1 + m / 4)
  },
  targets: signTargets,
  link: 'clipped',
  convex: true,
  differentiability: 1,
  smoothness: 2,
  lipschitz: Infinity,
  calibrated: true,
}

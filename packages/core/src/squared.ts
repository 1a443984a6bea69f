// The squared loss, whose minimiser is the mean; constant factor ½, so that its curvature is 1.
//
//   ℓ(η, y)  = ½ (η − y)²          ∂ℓ/∂η  = η − y
//   ∂²ℓ/∂η²  = 1                   ℓ*(u, y) = uy + ½u²
import { finiteTargets } from './finite-targets.ts'
import type { ConjugateLoss } from './loss.ts'

/**
 * Squared loss: ℓ(η, y) = ½ (η − y)², half of what the mean squared error averages.
 *
 * y: any finite number. η: any number; NaN gives NaN. Smoothness 1, everywhere attained; not Lipschitz, so an outlier pulls as
 * hard as it is far away.
 *
 * T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning (2nd ed.), §10.6.
 */
export const squared: ConjugateLoss = {
  name: 'squared',
  value(eta, y) {
    const r = eta - y
    return (r / 2) * r
  },
  gradient: (eta, y) => eta - y,
  hessian: () => 1,
  // Not uy + ½u², which is Infinity − Infinity for large u and y of two signs.
  conjugate: (u, y) => u * (y + u / 2),
  targets: finiteTargets,
  link: 'identity',
  convex: true,
  differentiability: Infinity,
  smoothness: 1,
  lipschitz: Infinity,
  calibrated: null,
}

// The absolute loss, whose minimiser is the median; constant factor 1.
//
//   ℓ(η, y)  = |η − y|             ∂ℓ/∂η  = sign(η − y), 0 at the kink
//   ∂²ℓ/∂η²  = 0                   ℓ*(u, y) = uy for |u| ≤ 1
import { finiteTargets } from './finite-targets.ts'
import type { ConjugateLoss } from './loss.ts'

/**
 * Absolute loss: ℓ(η, y) = |η − y|, what the mean absolute error averages.
 *
 * y: any finite number. η: any number; NaN gives NaN. At the kink η = y `gradient` is 0, the subgradient nearest 0, and `hessian`
 * is 0 there as everywhere, so Newton's method has nothing to go by. Smoothness Infinity: the slope jumps by 2. No outlier pulls
 * harder than 1. `conjugate` is +Infinity for |u| > 1.
 *
 * T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning (2nd ed.), §10.6.
 */
export const absolute: ConjugateLoss = {
  name: 'absolute',
  value: (eta, y) => Math.abs(eta - y),
  gradient: (eta, y) => Math.sign(eta - y),
  hessian: () => 0,
  conjugate: (u, y) => (Math.abs(u) > 1 ? Infinity : u * y),
  targets: finiteTargets,
  link: 'identity',
  convex: true,
  differentiability: 0,
  smoothness: Infinity,
  lipschitz: 1,
  calibrated: null,
}

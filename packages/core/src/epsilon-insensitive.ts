// The ε-insensitive loss, that of support vector regression; constant factor 1.
//
//   r = η − y        ℓ = max(0, |r| − ε)        ∂ℓ/∂η = sign r if |r| > ε, else 0
//   ∂²ℓ/∂η² = 0                                 ℓ*(u, y) = uy + ε|u| for |u| ≤ 1
import { finiteTargets } from './finite-targets.ts'
import type { ConjugateLoss } from './loss.ts'

/**
 * ε-insensitive loss of the residual r = η − y: max(0, |r| − ε).
 *
 * y: any finite number. η: any number; NaN gives NaN. At the kinks |r| = ε `gradient` is 0, the subgradient nearest 0, and
 * `hessian` is 0 there as everywhere, so Newton's method has nothing to go by. Which side of ε r is on is told from the rounded
 * difference. Smoothness Infinity: the slope jumps by 1. No outlier pulls harder than 1. `conjugate` is +Infinity for |u| > 1.
 *
 * V. N. Vapnik, The Nature of Statistical Learning Theory (2nd ed.), §6.1.
 *
 * @param epsilon - half the width of the tube in which errors are none, in the units of y; a number ≥ 0 (0: the absolute loss),
 * default 0.1
 * @throws RangeError if epsilon is negative or not finite
 */
export function epsilonInsensitive(epsilon = 0.1): ConjugateLoss {
  if (!(epsilon >= 0 && epsilon < Infinity)) {
    throw new RangeError(`epsilonInsensitive: expected epsilon to be a number >= 0, got ${epsilon}`)
  }
  return {
    name: 'epsilon-insensitive',
    value: (eta, y) => Math.max(0, Math.abs(eta - y) - epsilon),
    gradient(eta, y) {
      const r = eta - y
      return Math.abs(r) <= epsilon ? 0 : Math.sign(r)
    },
    hessian: () => 0,
    conjugate: (u, y) => (Math.abs(u) > 1 ? Infinity : u * y + epsilon * Math.abs(u)),
    targets: finiteTargets,
    link: 'identity',
    convex: true,
    differentiability: 0,
    smoothness: Infinity,
    lipschitz: 1,
    calibrated: null,
  }
}

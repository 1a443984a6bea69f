// Huber's loss: squared near the target, absolute beyond δ; its factor is that of the squared loss, ½.
//
//   r = η − y        ℓ = ½r² if |r| ≤ δ, else δ(|r| − ½δ)        ∂ℓ/∂η = r clipped to [−δ, δ]
//   ∂²ℓ/∂η² = 1 if |r| ≤ δ, else 0                               ℓ*(u, y) = uy + ½u² for |u| ≤ δ
import { finiteTargets } from './finite-targets.ts'
import type { ConjugateLoss } from './loss.ts'

/**
 * Huber loss: ½r² where the residual r = η − y is at most δ, δ(|r| − ½δ) beyond.
 *
 * y: any finite number. η: any number; NaN gives NaN. The slope never jumps; the curvature does, from 1 to 0: at |r| = δ `hessian`
 * is 1. Which side of δ r is on is told from the rounded difference. No outlier pulls harder than δ. `conjugate` is +Infinity
 * for |u| > δ.
 *
 * P. J. Huber, "Robust estimation of a location parameter", Ann. Math. Stat. 35 (1964), 73–101. There and in most robust
 * statistics δ is 1.345 standard deviations of the noise, which keeps 95 % of the efficiency under the normal distribution.
 *
 * @param delta - where the loss turns linear, in the units of y; a positive number, default 1
 * @throws RangeError if delta is not positive and finite
 */
export function huber(delta = 1): ConjugateLoss {
  if (!(delta > 0 && delta < Infinity)) {
    throw new RangeError(`huber: expected a finite delta > 0, got ${delta}`)
  }
  return {
    name: 'huber',
    value(eta, y) {
      const a = Math.abs(eta - y)
      if (a <= delta) return (a / 2) * a
      // The difference may leave the doubles where δ times it does not.
      return a < Infinity ? delta * (a - delta / 2) : Math.abs(delta * eta - delta * y)
    },
    gradient: (eta, y) => Math.max(-delta, Math.min(delta, eta - y)),
    hessian(eta, y) {
      const a = Math.abs(eta - y)
      // A NaN is passed on.
      return a <= delta ? 1 : a > delta ? 0 : a
    },
    conjugate: (u, y) => (Math.abs(u) > delta ? Infinity : u * (y + u / 2)),
    targets: finiteTargets,
    link: 'identity',
    convex: true,
    differentiability: 1,
    smoothness: 1,
    lipschitz: delta,
    calibrated: null,
  }
}

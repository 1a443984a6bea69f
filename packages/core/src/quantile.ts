// The quantile loss (pinball, check, tilted absolute loss), whose minimiser is the τ-quantile; constant factor 1, so that τ = ½
// is half the absolute loss.
//
//   r = η − y        ℓ = (1 − τ) r if r ≥ 0, else −τr        ∂ℓ/∂η = 1 − τ if r > 0, −τ if r < 0, 0 at the kink
//   ∂²ℓ/∂η² = 0                                              ℓ*(u, y) = uy for −τ ≤ u ≤ 1 − τ
import { finiteTargets } from './finite-targets.ts'
import type { ConjugateLoss } from './loss.ts'

/**
 * Quantile loss: τ(y − η) where η is below y, (1 − τ)(η − y) where it is above.
 *
 * y: any finite number. η: any number; NaN gives NaN. At the kink η = y `gradient` is 0, the subgradient nearest 0, and `hessian`
 * is 0 there as everywhere, so Newton's method has nothing to go by. Smoothness Infinity: the slope jumps by 1. No outlier pulls
 * harder than the larger of τ and 1 − τ. `conjugate` is +Infinity outside −τ ≤ u ≤ 1 − τ.
 *
 * R. Koenker, G. Bassett, "Regression quantiles", Econometrica 46 (1978), 33–50.
 *
 * @param tau - which quantile, in (0, 1); default ½, the median
 * @throws RangeError if tau is not between 0 and 1
 */
export function quantile(tau = 0.5): ConjugateLoss {
  if (!(tau > 0 && tau < 1)) throw new RangeError(`quantile: expected tau between 0 and 1, got ${tau}`)
  return {
    name: 'quantile',
    value(eta, y) {
      const r = eta - y
      const slope = r > 0 ? 1 - tau : tau
      // The difference may leave the doubles where its part does not.
      return Math.abs(Math.abs(r) < Infinity ? slope * r : slope * eta - slope * y)
    },
    gradient(eta, y) {
      const r = eta - y
      return r > 0 ? 1 - tau : r < 0 ? -tau : r
    },
    hessian: () => 0,
    conjugate: (u, y) => (u < -tau || u > 1 - tau ? Infinity : u * y),
    targets: finiteTargets,
    link: 'identity',
    convex: true,
    differentiability: 0,
    smoothness: Infinity,
    lipschitz: Math.max(tau, 1 - tau),
    calibrated: null,
  }
}

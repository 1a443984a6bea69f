// The logistic loss: cross-entropy of a target y in [0, 1] and the probability σ(η), from the logit η.
//
//   ℓ(η, y)  = softplus(η) − yη          ∂ℓ/∂η  = σ(η) − y
//   ∂²ℓ/∂η²  = σ(η) σ(−η) ≤ ¼            ℓ*(u, y) = π log π + (1 − π) log(1 − π),  π = y + u
//
// All from e = e^−|η| and w, the part of the target on the side that η speaks against (1 − y if η ≥ 0, else y):
// every formula below is a sum of terms of one sign for y = 0 and y = 1, so hard labels lose no digits.
import type { ConjugateLoss } from './loss.ts'
import { negativeEntropy } from './negative-entropy.ts'

/**
 * Binary cross-entropy from the logit: ℓ(η, y) = softplus(η) − yη = −y log σ(η) − (1 − y) log(1 − σ(η)).
 *
 * y: 0 or 1, or a soft target between them. η: any number; ±Infinity give the limit, NaN gives NaN. `gradient` and
 * `hessian` are what a boosting library wants of a custom objective. `conjugate(u, y)` is the negative entropy of
 * π = y + u, +Infinity where π is outside [0, 1]. The Hessian is at most `smoothness` = ¼, attained at η = 0.
 *
 * T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning (2nd ed.), §4.4.1.
 */
export const binaryCrossEntropy: ConjugateLoss = {
  name: 'binary-cross-entropy',
  value(eta, y) {
    const against = eta < 0 ? y : 1 - y
    const a = Math.abs(eta)
    return (against === 0 ? 0 : against * a) + Math.log1p(Math.exp(-a))
  },
  gradient(eta, y) {
    const e = Math.exp(-Math.abs(eta))
    const against = eta < 0 ? y : 1 - y
    const g = (against - (1 - against) * e) / (1 + e)
    return eta < 0 ? -g : g
  },
  hessian(eta) {
    const e = Math.exp(-Math.abs(eta))
    return e / (1 + e) / (1 + e)
  },
  smoothness: 0.25,
  conjugate: (u, y) => negativeEntropy(y + u, 1 - y - u),
  targets: { what: 'from 0 to 1', holds: (y) => y >= 0 && y <= 1 },
  link: 'logit',
  convex: true,
  differentiability: Infinity,
  lipschitz: 1,
  calibrated: true,
}

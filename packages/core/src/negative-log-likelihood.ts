// The negative log-likelihood of a class index, from log-probabilities; constant factor 1.
//
//   ℓ(η, y) = −w_y η_y           ∂ℓ/∂η = −w_y e_y           ∂²ℓ/∂η∂ηᵀ = 0           ℓ*(u, y) = 0 at u = −w_y e_y
import { checkedClassWeights, weightOf } from './class-weights.ts'
import { indexTargets } from './index-targets.ts'
import type { ConjugateVectorLoss } from './loss.ts'
import { room } from './room.ts'

/**
 * Negative log-likelihood of K log-probabilities η (what `logSoftmax` gives), with class weights: ℓ(η, y) = −w_y η_y.
 *
 * y: class index 0 … K − 1; a RangeError otherwise. η: K numbers ≤ 0, as log-probabilities are. Linear: a fit needs
 * what keeps η one, so take `weightedCrossEntropy` of logits there. `conjugate` is +Infinity but at the one gradient.
 * Calibrated, among log-probabilities, if all weights are alike.
 *
 * @param classWeights - K weights ≥ 0, not all 0
 * @throws RangeError if a weight is out of range
 */
export function negativeLogLikelihood(classWeights: ArrayLike<number>): ConjugateVectorLoss {
  const name = 'negativeLogLikelihood'
  const w = checkedClassWeights(name, classWeights)
  const heaviest = Math.max(...w)
  return {
    name: 'negative-log-likelihood',
    target: 'number',
    value(eta, y) {
      const weight = weightOf(name, w, y, eta.length)
      return weight === 0 ? 0 : -weight * eta[y]
    },
    gradient(eta, y, into) {
      const weight = weightOf(name, w, y, eta.length)
      const out = room(name, eta.length, into).fill(0)
      out[y] = -weight
      return out
    },
    hessian(eta, y, into) {
      weightOf(name, w, y, eta.length)
      return room(name, eta.length ** 2, into).fill(0)
    },
    conjugate(u, y) {
      const weight = weightOf(name, w, y, u.length)
      for (let k = 0; k < u.length; k++) if (u[k] !== (k === y ? -weight : 0)) return Infinity
      return 0
    },
    targets: indexTargets,
    link: 'log',
    domain: [-Infinity, 0],
    convex: true,
    differentiability: Infinity,
    smoothness: 0,
    lipschitz: heaviest,
    calibrated: w.every((weight) => weight === heaviest),
  }
}

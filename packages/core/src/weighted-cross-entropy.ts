// Categorical cross-entropy with a weight for each class; constant factor 1.
//
//   ℓ(η, y) = w_y (log Σₖ e^ηₖ − η_y)    ∂ℓ/∂η = w_y (p − e_y)          ∂²ℓ/∂η∂ηᵀ = w_y (diag(p) − p pᵀ)
//   ℓ*(u, y) = w_y Σₖ πₖ log πₖ,  π = e_y + u/w_y
import { checkedClassWeights, weightOf } from './class-weights.ts'
import { indexTargets } from './index-targets.ts'
import type { ConjugateVectorLoss } from './loss.ts'
import { room } from './room.ts'
import { simplexEntropy } from './simplex-entropy.ts'
import { others, probabilities, softmaxHessian, surprise } from './softmax-parts.ts'

/**
 * The negative log-likelihood of a class index, from K logits, with class weights: ℓ(η, y) = −w_y log softmax(η)_y. A
 * mean over rows should be divided by Σ w_y, not by n.
 *
 * y: class index 0 … K − 1; a RangeError otherwise. η: any numbers; infinite ones give the limit, NaN gives NaN; a
 * class of weight 0 counts 0 whatever they are. No kink. An outlier of class y pulls with up to √2 w_y. Calibrated
 * only if all weights are alike: otherwise the best logits prefer the heavier class.
 *
 * @param classWeights - K weights ≥ 0, not all 0
 * @throws RangeError if a weight is out of range
 */
export function weightedCrossEntropy(classWeights: ArrayLike<number>): ConjugateVectorLoss {
  const name = 'weightedCrossEntropy'
  const w = checkedClassWeights(name, classWeights)
  const heaviest = Math.max(...w)
  return {
    name: 'weighted-cross-entropy',
    target: 'number',
    value(eta, y) {
      const weight = weightOf(name, w, y, eta.length)
      return weight && surprise(eta, y, weight)
    },
    gradient(eta, y, into) {
      const weight = weightOf(name, w, y, eta.length)
      const out = room(name, eta.length, into)
      probabilities(eta, out)
      out[y] = -others(out, y)
      for (let k = 0; k < out.length; k++) out[k] *= weight
      return out
    },
    hessian: (eta, y, out) =>
      softmaxHessian(eta, weightOf(name, w, y, eta.length), room(name, eta.length ** 2, out)),
    conjugate(u, y) {
      const weight = weightOf(name, w, y, u.length)
      // A class of weight 0 has the loss 0.
      if (weight === 0) return Array.prototype.some.call(u, (entry) => entry !== 0) ? Infinity : 0
      return weight * simplexEntropy(u.length, (k) => u[k] / weight + +(k === y))
    },
    targets: indexTargets,
    link: 'softmax',
    convex: true,
    differentiability: Infinity,
    smoothness: heaviest / 2,
    lipschitz: heaviest * Math.SQRT2,
    calibrated: w.every((weight) => weight === heaviest),
  }
}

// The softmax loss: cross-entropy of a class index y and the probabilities p = softmax(η), from the K logits η; constant factor 1.
//
//   ℓ(η, y) = log Σₖ e^ηₖ − η_y          ∂ℓ/∂η = p − e_y          ∂²ℓ/∂η∂ηᵀ = diag(p) − p pᵀ, eigenvalues ≤ ½
//   ℓ*(u, y) = Σₖ πₖ log πₖ,  π = e_y + u
//
// 1 − p_y is the sum of the others, never a difference from 1, so a confident row keeps its digits.
import { checkIndex, indexTargets } from './index-targets.ts'
import type { ConjugateVectorLoss } from './loss.ts'
import { room } from './room.ts'
import { simplexEntropy } from './simplex-entropy.ts'
import { others, probabilities, softmaxHessian, surprise } from './softmax-parts.ts'

/**
 * Categorical cross-entropy from K logits: ℓ(η, y) = log Σₖ e^ηₖ − η_y = −log softmax(η)_y.
 *
 * y: class index 0 … K − 1; a RangeError otherwise. η: any numbers; infinite ones give the limit, NaN gives NaN. No
 * kink. The largest eigenvalue of the Hessian is at most `smoothness` = ½, attained where two classes share all
 * probability. `conjugate(u, y)` is +Infinity unless e_y + u is a distribution, to within 10⁻¹².
 *
 * C. M. Bishop, Pattern Recognition and Machine Learning, §4.3.4.
 *
 * @throws RangeError if y is no class index, or `out` has another length than the result
 */
export const categoricalCrossEntropy: ConjugateVectorLoss = {
  name: 'categorical-cross-entropy',
  target: 'number',
  value(eta, y) {
    checkIndex('categoricalCrossEntropy', y, eta.length)
    return surprise(eta, y)
  },
  gradient(eta, y, into) {
    checkIndex('categoricalCrossEntropy', y, eta.length)
    const out = room('categoricalCrossEntropy', eta.length, into)
    probabilities(eta, out)
    out[y] = -others(out, y)
    return out
  },
  hessian(eta, y, into) {
    checkIndex('categoricalCrossEntropy', y, eta.length)
    return softmaxHessian(eta, 1, room('categoricalCrossEntropy', eta.length ** 2, into))
  },
  conjugate(u, y) {
    checkIndex('categoricalCrossEntropy', y, u.length)
    return simplexEntropy(u.length, (k) => u[k] + +(k === y))
  },
  targets: indexTargets,
  link: 'softmax',
  convex: true,
  differentiability: Infinity,
  smoothness: 0.5,
  lipschitz: Math.SQRT2,
  calibrated: true,
}

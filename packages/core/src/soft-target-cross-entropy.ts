// Cross-entropy of a softmax with a distribution over the classes for a target: one-hot, or soft; constant factor 1.
//
//   ℓ(η, y) = log Σₖ e^ηₖ − yᵀη          ∂ℓ/∂η = p − y          ∂²ℓ/∂η∂ηᵀ = diag(p) − p pᵀ, eigenvalues ≤ ½
//   ℓ*(u, y) = Σₖ πₖ log πₖ,  π = y + u
import { distributionTargets } from './distribution-targets.ts'
import type { ConjugateVectorLoss } from './loss.ts'
import { room } from './room.ts'
import { simplexEntropy } from './simplex-entropy.ts'
import { softGradient, softValue } from './soft-target-parts.ts'
import { softmaxHessian } from './softmax-parts.ts'

const sumOf = (y: ArrayLike<number>) => {
  let sum = 0
  for (let k = 0; k < y.length; k++) sum += y[k]
  return sum
}

function check(y: ArrayLike<number>, K: number): void {
  if (y.length !== K)
    throw new RangeError(`softTargetCrossEntropy: expected y.length ${K} (length of eta), got ${y.length}`)
}

/**
 * Cross-entropy from K logits with a distribution for a target: ℓ(η, y) = −Σₖ yₖ log softmax(η)ₖ. The one-hot y of a
 * class gives what `categoricalCrossEntropy` gives of its index; the target that a teacher's softmax gives is a soft
 * one.
 *
 * y: K numbers ≥ 0 that sum to 1 (not checked row by row; with another sum S, S times the logarithm of the normaliser
 * is what counts). η: any numbers; infinite ones give the limit, NaN gives NaN. No kink. Least at softmax(η) = y,
 * where it is the entropy of y.
 *
 * @throws RangeError if y or `out` has another length than η asks for
 */
export const softTargetCrossEntropy: ConjugateVectorLoss<ArrayLike<number>> = {
  name: 'soft-target-cross-entropy',
  target: 'vector',
  value(eta, y) {
    check(y, eta.length)
    return softValue(eta, y, sumOf(y))
  },
  gradient(eta, y, into) {
    check(y, eta.length)
    return softGradient(eta, y, sumOf(y), room('softTargetCrossEntropy', eta.length, into))
  },
  hessian(eta, y, into) {
    check(y, eta.length)
    return softmaxHessian(eta, sumOf(y), room('softTargetCrossEntropy', eta.length ** 2, into))
  },
  conjugate(u, y) {
    check(y, u.length)
    return simplexEntropy(u.length, (k) => y[k] + u[k])
  },
  targets: distributionTargets,
  link: 'softmax',
  convex: true,
  differentiability: Infinity,
  smoothness: 0.5,
  lipschitz: Math.SQRT2,
  calibrated: true,
}

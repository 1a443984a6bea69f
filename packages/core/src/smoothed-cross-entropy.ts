// Categorical cross-entropy with label smoothing; constant factor 1.
//
//   y' = (1 − a) e_y + a/K               ℓ(η, y) = log Σₖ e^ηₖ − y'ᵀη          ∂ℓ/∂η = p − y'
//   ∂²ℓ/∂η∂ηᵀ = diag(p) − p pᵀ           ℓ*(u, y) = Σₖ πₖ log πₖ,  π = y' + u
import { checkIndex, indexTargets } from './index-targets.ts'
import type { ConjugateVectorLoss } from './loss.ts'
import { room } from './room.ts'
import { simplexEntropy } from './simplex-entropy.ts'
import { softGradient, softValue } from './soft-target-parts.ts'
import { softmaxHessian } from './softmax-parts.ts'

/**
 * Cross-entropy from K logits with label smoothing: the class y is given 1 − a + a/K of the target, every other class
 * a/K.
 *
 * y: class index 0 … K − 1; a RangeError otherwise. η: any numbers; an infinite difference gives Infinity, NaN gives
 * NaN. No kink. The best logits are finite: least at softmax(η) = y'. An outlier pulls with at most √(1 + (1 − a)² −
 * a²/K); `lipschitz` is that for any K.
 *
 * C. Szegedy et al., "Rethinking the Inception architecture for computer vision", CVPR 2016, §7.
 *
 * @param smoothing - a in [0, 1); default 0.1
 * @throws RangeError if a is out of range
 */
export function smoothedCrossEntropy(smoothing = 0.1): ConjugateVectorLoss {
  if (!(smoothing >= 0 && smoothing < 1)) {
    throw new RangeError(`smoothedCrossEntropy: expected smoothing in [0, 1), got ${smoothing}`)
  }
  // One row of scratch, made anew only when K changes.
  let smooth = new Float64Array(0)
  const target = (y: number, K: number) => {
    checkIndex('smoothedCrossEntropy', y, K)
    if (smooth.length !== K) smooth = new Float64Array(K)
    smooth.fill(smoothing / K)[y] += 1 - smoothing
    return smooth
  }
  return {
    name: 'smoothed-cross-entropy',
    target: 'number',
    // The target sums to 1, whatever its rounded entries do.
    value: (eta, y) => softValue(eta, target(y, eta.length), 1),
    gradient: (eta, y, out) =>
      softGradient(eta, target(y, eta.length), 1, room('smoothedCrossEntropy', eta.length, out)),
    hessian(eta, y, out) {
      checkIndex('smoothedCrossEntropy', y, eta.length)
      return softmaxHessian(eta, 1, room('smoothedCrossEntropy', eta.length ** 2, out))
    },
    conjugate(u, y) {
      const t = target(y, u.length)
      return simplexEntropy(u.length, (k) => t[k] + u[k])
    },
    targets: indexTargets,
    link: 'softmax',
    convex: true,
    differentiability: Infinity,
    smoothness: 0.5,
    lipschitz: Math.hypot(1, 1 - smoothing),
    calibrated: true,
  }
}

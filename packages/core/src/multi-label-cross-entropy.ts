// K labels at once: the sum of K sigmoid cross-entropies, not averaged over K; constant factor 1.
//
//   ℓ(η, y) = Σₖ (softplus(ηₖ) − yₖ ηₖ)       ∂ℓ/∂ηₖ = σ(ηₖ) − yₖ       ∂²ℓ/∂ηₖ² = σ(ηₖ) σ(−ηₖ), else 0
//   ℓ*(u, y) = Σₖ πₖ log πₖ + (1 − πₖ) log(1 − πₖ),  π = y + u
import {
  labelCount,
  labelsConjugate,
  labelsGradient,
  labelsHessian,
  labelsValue,
  labelTargets,
} from './label-parts.ts'
import type { ConjugateVectorLoss } from './loss.ts'

/**
 * Multi-label cross-entropy from K logits: ℓ(η, y) = Σₖ binaryCrossEntropy(ηₖ, yₖ), the negative log-likelihood of K
 * labels that are independent given η.
 *
 * y: K numbers, 0 or 1 for each label, or soft targets between them. η: any numbers; infinite ones give the limit,
 * NaN gives NaN. No kink. The Hessian is diagonal, its entries at most ¼. The gradient of K wrong labels has the
 * length √K, so `lipschitz`, which is for any K, is Infinity.
 *
 * @throws RangeError if y or `out` has another length than η asks for
 */
export const multiLabelCrossEntropy: ConjugateVectorLoss<ArrayLike<number>> = {
  name: 'multi-label-cross-entropy',
  target: 'vector',
  value(eta, y) {
    labelCount('multiLabelCrossEntropy', eta, y, 1)
    return labelsValue(eta, y, 1)
  },
  gradient(eta, y, out) {
    const K = labelCount('multiLabelCrossEntropy', eta, y, 1, out)
    return labelsGradient(eta, y, 1, out ?? new Float64Array(K))
  },
  hessian(eta, y, out) {
    const K = labelCount('multiLabelCrossEntropy', eta, y, 2, out)
    return labelsHessian(eta, 1, out ?? new Float64Array(K * K))
  },
  conjugate(u, y) {
    labelCount('multiLabelCrossEntropy', u, y, 1)
    return labelsConjugate(u, y, 1)
  },
  targets: labelTargets,
  link: 'logit',
  convex: true,
  differentiability: Infinity,
  smoothness: 0.25,
  lipschitz: Infinity,
  calibrated: true,
}

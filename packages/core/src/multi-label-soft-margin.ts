// K labels at once: the mean of K sigmoid cross-entropies; constant factor 1/K.
//
//   ℓ(η, y) = 1/K Σₖ (softplus(ηₖ) − yₖ ηₖ)       ∂ℓ/∂ηₖ = (σ(ηₖ) − yₖ)/K       ∂²ℓ/∂ηₖ² = σ(ηₖ) σ(−ηₖ)/K, else 0
//   ℓ*(u, y) = 1/K Σₖ πₖ log πₖ + (1 − πₖ) log(1 − πₖ),  π = y + Ku
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
 * Multi-label soft-margin loss from K logits: ℓ(η, y) = 1/K Σₖ binaryCrossEntropy(ηₖ, yₖ), so that its size does not
 * grow with the number of labels.
 *
 * y: K numbers, 0 or 1 for each label, or soft targets between them. η: any numbers; infinite ones give the limit,
 * NaN gives NaN. No kink. The Hessian is diagonal, its entries at most 1/(4K), the gradient at most 1/√K long;
 * `smoothness` and `lipschitz` are those of K = 1, which hold for any K.
 *
 * @throws RangeError if y or `out` has another length than η asks for
 */
export const multiLabelSoftMargin: ConjugateVectorLoss<ArrayLike<number>> = {
  name: 'multi-label-soft-margin',
  target: 'vector',
  value(eta, y) {
    const K = labelCount('multiLabelSoftMargin', eta, y, 1)
    return labelsValue(eta, y, 1 / K)
  },
  gradient(eta, y, out) {
    const K = labelCount('multiLabelSoftMargin', eta, y, 1, out)
    return labelsGradient(eta, y, 1 / K, out ?? new Float64Array(K))
  },
  hessian(eta, y, out) {
    const K = labelCount('multiLabelSoftMargin', eta, y, 2, out)
    return labelsHessian(eta, 1 / K, out ?? new Float64Array(K * K))
  },
  conjugate(u, y) {
    const K = labelCount('multiLabelSoftMargin', u, y, 1)
    return labelsConjugate(u, y, 1 / K)
  },
  targets: labelTargets,
  link: 'logit',
  convex: true,
  differentiability: Infinity,
  smoothness: 0.25,
  lipschitz: 1,
  calibrated: true,
}

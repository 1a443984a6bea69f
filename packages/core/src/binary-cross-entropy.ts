// The logistic loss: cross-entropy of a target y in [0, 1] and the probability σ(η), from the logit η.
//
//   ℓ(η, y)  = softplus(η) − yη          ∂ℓ/∂η  = σ(η) − y
//   ∂²ℓ/∂η²  = σ(η) σ(−η) ≤ ¼            ℓ*(u, y) = π log π + (1 − π) log(1 − π),  π = y + u
//
// All from e = e^−|η| and w, the part of the target on the side that η speaks against (1 − y if η ≥ 0, else y):
// every formula below is a sum of terms of one sign for y = 0 and y = 1, so hard labels lose no digits.
import type { Block, BlockLoss, ScalarLoss } from './loss.ts'

/** π log π + (1 − π) log(1 − π) from π and 1 − π in either order; the smaller one carries the digits. */
function negativeEntropy(one: number, other: number): number {
  const small = Math.min(one, other)
  if (small < 0) return Infinity
  return small === 0 ? 0 : small * Math.log(small) + (1 - small) * Math.log1p(-small)
}

/** One pass over a block, for the value and derivatives up to `order`: one exponential and one logarithm a row. */
function pass(block: Block, order: 0 | 1 | 2): number {
  const { rows, first, eta, targets, weights, residual, curvature } = block
  let total = 0
  for (let i = 0; i < rows; i++) {
    const s = weights[first + i]
    // A row without weight says nothing, even if its η has overflowed.
    if (s === 0) {
      if (order > 0) residual[i] = 0
      if (order > 1) curvature[i] = 0
      continue
    }
    const y = targets[first + i]
    const z = eta[i]
    const against = z < 0 ? y : 1 - y
    const a = Math.abs(z)
    const e = Math.exp(-a)
    total += s * ((against === 0 ? 0 : against * a) + Math.log1p(e))
    if (order > 0) {
      const d = 1 / (1 + e)
      const g = s * d * (against - (1 - against) * e)
      residual[i] = z < 0 ? -g : g
      if (order > 1) curvature[i] = s * e * d * d
    }
  }
  return total
}

/** The block form of {@link binaryCrossEntropy}, for those who need no more. */
export const binaryCrossEntropyBlocks: Required<BlockLoss> = {
  value: (block) => pass(block, 0),
  gradient: (block) => pass(block, 1),
  hessian: (block) => pass(block, 2),
  conjugate({ rows, first, eta, targets, weights }, scale) {
    let total = 0
    for (let i = 0; i < rows; i++) {
      const s = weights[first + i]
      if (s === 0) continue
      const y = targets[first + i]
      const z = eta[i]
      const e = Math.exp(-Math.abs(z))
      const d = scale / (1 + e)
      // (1 − c) y + c σ(η) and the same of 1 − y, the less probable side first: no rounding can push either below 0.
      const against = (1 - scale) * (z < 0 ? y : 1 - y) + d * e
      const along = (1 - scale) * (z < 0 ? 1 - y : y) + d
      total += s * negativeEntropy(against, along)
    }
    return total
  },
}

/**
 * Binary cross-entropy from the logit: ℓ(η, y) = softplus(η) − yη = −y log σ(η) − (1 − y) log(1 − σ(η)).
 *
 * y: 0 or 1, or a soft target between them. η: any number; ±Infinity give the limit, NaN gives NaN. `gradient` and
 * `hessian` are what a boosting library wants of a custom objective. `conjugate(u, y)` is the negative entropy of
 * π = y + u, +Infinity where π is outside [0, 1]. The Hessian is at most `smoothness` = ¼, attained at η = 0.
 *
 * T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning (2nd ed.), §4.4.1.
 */
export const binaryCrossEntropy: ScalarLoss & Required<Pick<ScalarLoss, 'conjugate' | 'blocks'>> = {
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
  blocks: binaryCrossEntropyBlocks,
}

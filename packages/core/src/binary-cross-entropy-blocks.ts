// Binary cross-entropy on blocks of rows, fused: what a fit spends its time in. One exponential and one logarithm a row.
import type { Block, BlockLoss } from './loss.ts'
import { negativeEntropy } from './negative-entropy.ts'

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

/**
 * The block form of `binaryCrossEntropy`, two or three times as fast as the one that `blockForm` makes; a fit with it
 * alone needs no more. To pass both to something that takes a loss: `{ ...binaryCrossEntropy, blocks:
 * binaryCrossEntropyBlocks }`.
 */
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

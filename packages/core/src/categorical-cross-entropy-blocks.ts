// Categorical cross-entropy on blocks of rows, fused: K − 1 exponentials and one logarithm a row for value and derivatives.
import { expDifference } from './exp-difference.ts'
import type { Block, BlockLoss } from './loss.ts'
import { peak } from './peak.ts'
import { softmax } from './softmax.ts'

/** One pass over a block, for the value and derivatives up to `order`: K − 1 exponentials and one logarithm a row. */
function pass(block: Block, order: 0 | 1 | 2): number {
  const { rows, first, width: K, eta, targets, weights, residual, curvature } = block
  let total = 0
  for (let i = 0; i < rows; i++) {
    const s = weights[first + i]
    const at = i * K
    // A row without weight says nothing, even if its η has overflowed.
    if (s === 0) {
      if (order > 0) residual.fill(0, at, at + K)
      if (order > 1) curvature.fill(0, at * K, (at + K) * K)
      continue
    }
    let top = at
    for (let k = at + 1; k < at + K; k++) if (eta[k] > eta[top]) top = k
    const m = eta[top]
    const y = at + targets[first + i]
    let rest = 0
    for (let k = at; k < at + K; k++) {
      if (k === top) continue
      const e = expDifference(eta[k], m)
      rest += e
      if (order > 0) residual[k] = e
    }
    total += s * ((eta[y] === m ? 0 : m - eta[y]) + Math.log1p(rest))
    if (order === 0) continue
    // residual holds p for a while.
    const d = 1 / (1 + rest)
    for (let k = at; k < at + K; k++) residual[k] *= d
    residual[top] = d
    if (order > 1) {
      for (let a = at; a < at + K; a++) {
        const row = a * K - at
        const sp = s * residual[a]
        for (let b = at; b < at + K; b++) curvature[row + b] = -sp * residual[b]
        curvature[row + a] = sp * (a === top ? rest * d : 1 - residual[a])
      }
    }
    residual[y] = y === top ? -rest * d : residual[y] - 1
    for (let k = at; k < at + K; k++) residual[k] *= s
  }
  return total
}

/** Σ s Σₖ πₖ log πₖ with π = (1 − c) e_y + c p. */
function conjugate(block: Block, scale: number): number {
  const { rows, first, width: K, eta, targets, weights, residual } = block
  let total = 0
  for (let i = 0; i < rows; i++) {
    const s = weights[first + i]
    if (s === 0) continue
    const pi = softmax(eta.subarray(i * K, (i + 1) * K), residual.subarray(i * K, (i + 1) * K))
    const y = targets[first + i]
    for (let k = 0; k < K; k++) pi[k] = scale * pi[k] + (k === y ? 1 - scale : 0)
    const top = peak(pi)
    let rest = 0
    let entropy = 0
    for (let k = 0; k < K; k++) {
      if (k === top || pi[k] === 0) continue
      if (pi[k] < 0) return Infinity
      rest += pi[k]
      entropy += pi[k] * Math.log(pi[k])
    }
    total += s * (entropy + pi[top] * (rest < 0.5 ? Math.log1p(-rest) : Math.log(pi[top])))
  }
  return total
}

/**
 * The block form of `categoricalCrossEntropy`, several times as fast as the one that `blockForm` makes; a fit with it
 * alone needs no more. To pass both to something that takes a loss: `{ ...categoricalCrossEntropy, blocks:
 * categoricalCrossEntropyBlocks }`.
 */
export const categoricalCrossEntropyBlocks: Required<BlockLoss> = {
  value: (block) => pass(block, 0),
  gradient: (block) => pass(block, 1),
  hessian: (block) => pass(block, 2),
  conjugate,
}

// What fitting asks of any loss: its block form, its own or one made from its pointwise functions.
import type { BlockLoss, Loss, ScalarLoss } from './loss.ts'
import { vectorBlockForm } from './vector-block-form.ts'

/**
 * The block form of a loss: `loss.blocks` if it has one, otherwise one that goes through its pointwise functions row
 * by row. So a loss of one's own needs no more than `value`, `gradient`, `hessian` and `smoothness` (a vector loss
 * `target` too) to be fitted with; its block form has a `conjugate` (and a fit its duality gap) if the loss has one.
 *
 * The two losses that fits spend their time in have fused forms, which are exports of their own; to have them used,
 * pass `{ ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }`, and the like for `categoricalCrossEntropy`.
 *
 * Rows of weight 0 are not looked at: they count exactly 0, whatever their η. Where a loss's target is a vector, the
 * block's `targets` are n × K, row-major.
 *
 * @throws TypeError if `loss` has neither a block form nor the three pointwise functions
 */
export function blockForm(loss: Loss): BlockLoss {
  if (loss.blocks !== undefined) return loss.blocks
  for (const name of ['value', 'gradient', 'hessian'] as const) {
    if (typeof loss[name] !== 'function') {
      throw new TypeError(`blockForm: expected loss.${name} to be a function, got ${typeof loss[name]}`)
    }
  }
  return 'target' in loss ? vectorBlockForm(loss) : scalarBlockForm(loss)
}

function scalarBlockForm(scalar: ScalarLoss): BlockLoss {
  const form: BlockLoss = {
    value({ rows, first, eta, targets, weights }) {
      let total = 0
      for (let i = 0; i < rows; i++) {
        const s = weights[first + i]
        if (s !== 0) total += s * scalar.value(eta[i], targets[first + i])
      }
      return total
    },
    gradient(block) {
      const { rows, first, eta, targets, weights, residual } = block
      for (let i = 0; i < rows; i++) {
        const s = weights[first + i]
        residual[i] = s === 0 ? 0 : s * scalar.gradient(eta[i], targets[first + i])
      }
      return form.value(block)
    },
    hessian(block) {
      const { rows, first, eta, targets, weights, curvature } = block
      for (let i = 0; i < rows; i++) {
        const s = weights[first + i]
        curvature[i] = s === 0 ? 0 : s * scalar.hessian(eta[i], targets[first + i])
      }
      return form.gradient(block)
    },
  }
  if (scalar.conjugate === undefined) return form
  return {
    ...form,
    conjugate({ rows, first, eta, targets, weights }, scale) {
      let total = 0
      for (let i = 0; i < rows; i++) {
        const s = weights[first + i]
        const y = targets[first + i]
        if (s !== 0) total += s * scalar.conjugate!(scale * scalar.gradient(eta[i], y), y)
      }
      return total
    },
  }
}

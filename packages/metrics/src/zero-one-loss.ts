// The share of rows that were called by another name.
import { encode } from './encode.ts'
import type { Labels, Truth } from './label.ts'

export interface ZeroOneOptions {
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
  /** 'mean' (default): the share; 'sum': the number of rows, or the sum of their weights. */
  reduction?: 'mean' | 'sum'
}

/**
 * Zero–one loss: Σ wᵢ [predictedᵢ ≠ truthᵢ] / Σ wᵢ = 1 − accuracy.
 *
 * @param truth n labels
 * @param predicted n labels
 * @throws TypeError, RangeError as {@link accuracy}
 */
export function zeroOneLoss(truth: Truth, predicted: Labels, options: ZeroOneOptions = {}): number {
  const [, codes, weights, total] = encode('zeroOneLoss', [truth, predicted], options.weights)
  let misses = 0
  for (let i = 0; i < truth.length; i++) if (codes[0][i] !== codes[1][i]) misses += weights[i]
  return options.reduction === 'sum' ? misses : misses / total
}

// The share of rows that were called by their name.
import { encode } from './encode.ts'
import type { Labels, Truth } from './label.ts'

export interface AccuracyOptions {
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
}

/**
 * Accuracy: Σ wᵢ [predictedᵢ = truthᵢ] / Σ wᵢ, in [0, 1].
 *
 * @param truth n labels
 * @param predicted n labels
 * @throws TypeError for labels that are missing, NaN or of mixed types.
 * @throws RangeError for no rows, differing lengths, or weights that are negative, not finite or all 0.
 */
export function accuracy(truth: Truth, predicted: Labels, options: AccuracyOptions = {}): number {
  const [, codes, weights, total] = encode('accuracy', [truth, predicted], options.weights)
  let hits = 0
  for (let i = 0; i < truth.length; i++) if (codes[0][i] === codes[1][i]) hits += weights[i]
  return hits / total
}

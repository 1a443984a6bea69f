// How far predictions are off, in units of the truth.
import { meanOfRows, type RegressionOptions } from './regression-rows.ts'

/**
 * Root mean squared error: √(Σ wᵢ (yᵢ − pᵢ)² / Σ wᵢ).
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function rootMeanSquaredError(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions = {},
): number {
  return Math.sqrt(meanOfRows('rootMeanSquaredError', truth, predicted, options, (y, p) => (y - p) ** 2))
}

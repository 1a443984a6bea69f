// How far predictions are off.
import { meanOfRows, type RegressionOptions } from './regression-rows.ts'

/**
 * Mean absolute error: Σ wᵢ |yᵢ − pᵢ| / Σ wᵢ.
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function meanAbsoluteError(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions = {},
): number {
  return meanOfRows('meanAbsoluteError', truth, predicted, options, (y, p) => Math.abs(y - p))
}

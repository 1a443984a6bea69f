// How far predictions are off, squared.
import { meanOfRows, type RegressionOptions } from './regression-rows.ts'

/**
 * Mean squared error: Σ wᵢ (yᵢ − pᵢ)² / Σ wᵢ. The mean deviance of a normal distribution, too.
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function meanSquaredError(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions = {},
): number {
  return meanOfRows('meanSquaredError', truth, predicted, options, (y, p) => (y - p) ** 2)
}

// How much of the variance predictions account for.
import { explained } from './explained.ts'
import type { RegressionOptions } from './regression-rows.ts'

/**
 * R²: 1 − Σ wᵢ (yᵢ − pᵢ)² / Σ wᵢ (yᵢ − ȳ)². 1 is perfect, 0 as good as the mean, below 0 worse.
 *
 * @throws RangeError named 'UndefinedMetricError' if the truth is one number throughout
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function r2Score(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions = {},
): number {
  return explained('r2Score', truth, predicted, options, false)
}

// How far predictions are off, as a share of the truth.
import { undefinedMetric } from './fault.ts'
import { meanOfRows, type RegressionOptions } from './regression-rows.ts'

/**
 * Mean absolute percentage error: Σ wᵢ |yᵢ − pᵢ| / |yᵢ| / Σ wᵢ; a share, not times 100.
 *
 * @throws RangeError named 'UndefinedMetricError' where a truth is 0
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function meanAbsolutePercentageError(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions = {},
): number {
  const caller = 'meanAbsolutePercentageError'
  return meanOfRows(caller, truth, predicted, options, (y, p) =>
    y ? Math.abs((y - p) / y) : undefinedMetric(caller, 'no truth of 0', y),
  )
}

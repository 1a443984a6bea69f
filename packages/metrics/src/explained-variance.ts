// How much of the variance is left in the residuals.
import { explained } from './explained.ts'
import type { RegressionOptions } from './regression-rows.ts'

/**
 * Explained variance: 1 − Var(y − p) / Var(y), which does not mind a constant bias, as {@link r2Score} does.
 *
 * @throws RangeError named 'UndefinedMetricError' if the truth is one number throughout
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function explainedVariance(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions = {},
): number {
  return explained('explainedVariance', truth, predicted, options, true)
}

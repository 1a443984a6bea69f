// How good predictions of a quantile are.
import { fault } from './fault.ts'
import { meanOfRows, type RegressionOptions } from './regression-rows.ts'

export interface PinballOptions extends RegressionOptions {
  /** Which quantile was predicted. Default: 0.5, the median. */
  alpha?: number
}

/**
 * Mean pinball (quantile) loss: of r = y − p it is αr where r ≥ 0, else (α − 1)r. Least, in expectation, at the α-quantile; α = 1/2 is half the
 * mean absolute error. (R. Koenker & G. Bassett, Regression quantiles, Econometrica 46, 1978.)
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function meanPinballLoss(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  { alpha = 0.5, ...options }: PinballOptions = {},
): number {
  if (!(alpha >= 0 && alpha <= 1)) fault('meanPinballLoss', 'alpha in [0, 1]', alpha)
  return meanOfRows('meanPinballLoss', truth, predicted, options, (y, p) =>
    y >= p ? alpha * (y - p) : (1 - alpha) * (p - y),
  )
}

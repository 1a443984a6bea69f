// How far predicted means of counts are off, in likelihood.
import { fault } from './fault.ts'
import { meanOfRows, type RegressionOptions } from './regression-rows.ts'

/**
 * Mean Poisson deviance: 2 Σ wᵢ [yᵢ log(yᵢ/pᵢ) − yᵢ + pᵢ] / Σ wᵢ ≥ 0, 0·log 0 being 0. The truth has to be ≥ 0, predictions > 0.
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function meanPoissonDeviance(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions = {},
): number {
  const caller = 'meanPoissonDeviance'
  return meanOfRows(caller, truth, predicted, options, (y, p) => {
    if (!(y >= 0 && p > 0)) fault(caller, 'truth >= 0 and predicted > 0 in each row', [y, p])
    return 2 * ((y && y * Math.log(y / p)) - y + p)
  })
}

// How far predictions are off in the middle of the rows.
import { fault } from './fault.ts'
import { type RegressionOptions, regressionRows } from './regression-rows.ts'

/**
 * Median absolute error. With weights the least |y − p| that has half of the weight at or below it; where it is exactly half, the mean of it and the
 * next, so that a row of weight 2 is two rows.
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function medianAbsoluteError(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions = {},
): number {
  const { y, p, weight, total } = regressionRows('medianAbsoluteError', truth, predicted, options)
  const errors = y.map((each, i) => Math.abs(each - p[i]))
  const order = Array.from(errors.keys()).sort((i, j) => errors[i] - errors[j])
  let [at, below] = [0, weight[order[0]]]
  while (2 * below < total && at < order.length - 1) below += weight[order[++at]]
  const low = errors[order[at]]
  const high = 2 * below === total ? errors[order[at + 1]] : low
  if (!(high < Infinity)) fault('medianAbsoluteError', 'a result below the largest double', high)
  return low + (high - low) / 2
}

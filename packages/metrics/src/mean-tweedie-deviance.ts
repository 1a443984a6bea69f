// How far predicted means are off, in likelihood, for a variance that is a power of the mean.
import { fault } from './fault.ts'
import { meanOfRows, type RegressionOptions } from './regression-rows.ts'

/**
 * Mean Tweedie deviance of a power d: 0 is normal (the mean squared error), 1 Poisson, (1, 2) compound Poisson, 2 gamma, 3 inverse Gaussian. For powers other
 * than these first three it is 2 [max(y, 0)^(2−d)/((1−d)(2−d)) − y p^(1−d)/(1−d) + p^(2−d)/(2−d)]. Predictions have to be > 0 unless d is 0, the truth
 * ≥ 0 for d in [1, 2) and > 0 from 2 on. (B. Jørgensen, The theory of dispersion models, 1997.)
 *
 * @param power ≤ 0 or ≥ 1
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function meanTweedieDeviance(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  power: number,
  options: RegressionOptions = {},
): number {
  const caller = 'meanTweedieDeviance'
  const d = power
  if (!(Number.isFinite(d) && (d <= 0 || d >= 1))) fault(caller, 'a power <= 0 or >= 1', d)
  return meanOfRows(caller, truth, predicted, options, (y, p) => {
    if (!d) return (y - p) ** 2
    if (!(p > 0 && (d < 0 || y > 0 || (d < 2 && !y))))
      fault(caller, `truth and predicted in the range of power ${d} in each row`, [y, p])
    if (d === 1) return 2 * ((y && y * Math.log(y / p)) - y + p)
    if (d === 2) return 2 * (Math.log(p / y) + y / p - 1)
    const own = Math.max(y, 0) ** (2 - d) / ((1 - d) * (2 - d))
    return 2 * (own - (y * p ** (1 - d)) / (1 - d) + p ** (2 - d) / (2 - d))
  })
}

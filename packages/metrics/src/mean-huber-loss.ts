// How far predictions are off: squared where near, absolute where far.
import { fault } from './fault.ts'
import { meanOfRows, type RegressionOptions } from './regression-rows.ts'

export interface HuberOptions extends RegressionOptions {
  /** Where the square ends. Default: 1. */
  delta?: number
}

/**
 * Mean Huber loss: of r = y − p it is r²/2 where |r| ≤ δ, else δ(|r| − δ/2). (P. J. Huber, Robust estimation of a location parameter,
 * Annals of Mathematical Statistics 35, 1964.)
 *
 * @param truth n finite numbers
 * @param predicted n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0, or a result
 * beyond the largest double
 */
export function meanHuberLoss(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  { delta = 1, ...options }: HuberOptions = {},
): number {
  if (!(delta > 0 && delta < Infinity)) fault('meanHuberLoss', 'delta finite and > 0', delta)
  return meanOfRows('meanHuberLoss', truth, predicted, options, (y, p) => {
    const apart = Math.abs(y - p)
    return apart <= delta ? (apart * apart) / 2 : delta * (apart - delta / 2)
  })
}

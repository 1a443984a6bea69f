// The probability of the truth, in units of the length of the whole forecast.
import type { ProbabilityOptions } from './each-forecast.ts'
import type { Truth } from './label.ts'
import { meanLoss } from './mean-loss.ts'
import type { Probabilities } from './probabilities.ts'
import { spherical } from './row-scores.ts'

/**
 * Spherical score: the mean of p_true / ‖p‖₂ over the rows, in [0, 1]; the larger the better, and strictly proper. A vector is
 * scored as the two columns [1 − p, p]. (T. Gneiting & A. E. Raftery, Strictly proper scoring rules, JASA 102, 2007, §4.)
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @throws TypeError, RangeError as {@link logLoss}
 */
export function sphericalScore(
  truth: Truth,
  probabilities: Probabilities,
  options: ProbabilityOptions = {},
): number {
  return meanLoss('sphericalScore', truth, probabilities, options, spherical)
}

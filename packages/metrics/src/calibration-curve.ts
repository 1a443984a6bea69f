// Whether what is said to happen with probability p happens that often.
import type { Scores, Truth } from './label.ts'
import { type BinOptions, type ProbabilityBins, probabilityBins } from './probability-bins.ts'

/**
 * Calibration curve (reliability diagram): of the rows of each bin of probabilities, the mean probability and the share of
 * positives. Bins without rows are left out. (A. H. Murphy & R. L. Winkler, Applied Statistics 26, 1977.)
 *
 * @param truth n labels; one class alone is enough where `positive` names it
 * @param probabilities n probabilities of the positive class
 * @throws RangeError for a probability outside [0, 1] or NaN, options out of range, weights with quantiles; and, with
 * TypeError, as {@link logLoss} for a vector
 */
export function calibrationCurve(
  truth: Truth,
  probabilities: Scores,
  options: BinOptions = {},
): ProbabilityBins {
  return probabilityBins('calibrationCurve', truth, probabilities, options)
}

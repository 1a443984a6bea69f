// A monotone map from scores to probabilities.
import { checkLength } from './check-length.ts'
import { encode } from './encode.ts'
import { type IsotonicMap, isotonicRegression } from './isotonic-regression.ts'
import type { Label, Scores, Truth } from './label.ts'
import { positiveIndex } from './positive.ts'

export interface IsotonicCalibration extends IsotonicMap {
  /** The class whose probability it gives. */
  positive: Label
}

export interface FitIsotonicOptions {
  /** The class that large scores speak for, all others being negative. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
}

/**
 * Isotonic calibration: the probability of the positive class as the rising function of the score that has the least Brier score on these rows
 * ({@link isotonicRegression} of 0 and 1). Fit it on rows that the scores were not fitted on, and some thousands of them; for few
 * there is Platt's map. (B. Zadrozny & C. Elkan, Transforming classifier scores into accurate multiclass probability estimates, KDD 2002.)
 *
 * @param truth n labels
 * @param scores n finite numbers, the larger the likelier positive: probabilities, log-odds
 * @throws TypeError, RangeError as {@link rocAuc}, and for a score that is not finite
 */
export function fitIsotonic(
  truth: Truth,
  scores: Scores,
  { positive, weights }: FitIsotonicOptions = {},
): IsotonicCalibration {
  const [classes, codes] = encode('fitIsotonic', [truth], weights)
  checkLength('fitIsotonic', 'scores', scores, truth.length)
  const target = positiveIndex('fitIsotonic', classes, positive, 2)
  const outcome = codes[0].map((code) => +(code === target))
  return { ...isotonicRegression(scores, outcome, { weights }), positive: classes[target] }
}

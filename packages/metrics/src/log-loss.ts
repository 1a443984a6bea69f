// The surprise at the truth, given the probabilities.
import { fault } from './fault.ts'
import type { Truth } from './label.ts'
import { meanLoss, type ProbabilityOptions } from './mean-loss.ts'
import type { Probabilities } from './probabilities.ts'

export interface LogLossOptions extends ProbabilityOptions {
  /**
   * Probabilities are moved into [clip, 1 − clip] first. Default 2.220446049250313e-16, the double eps; 0 makes the loss
   * +Infinity where a true class was given probability 0.
   */
  clip?: number
}

/**
 * Log loss (cross-entropy): −Σ wᵢ log pᵢ / Σ wᵢ in nats, pᵢ being the probability given to the true class of row i.
 * Rows are not renormalised after the clip.
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @throws RangeError for a probability outside [0, 1] or NaN, a row that does not sum to 1 within 1e-6, a label outside
 * `classes`, other than one column for each class, differing lengths, no rows, weights that are negative, not finite or
 * all 0; for a vector with more than two classes and no `positive`.
 * @throws TypeError for labels that are missing, NaN or of mixed types.
 */
export function logLoss(
  truth: Truth,
  probabilities: Probabilities,
  { clip = Number.EPSILON, ...options }: LogLossOptions = {},
): number {
  if (!(clip >= 0 && clip < 0.5)) fault('logLoss', 'clip in [0, 0.5)', clip)
  // A probability of the truth in [clip, 1 − clip] is a loss between these two; clipped here, no digit of 1 − p is lost.
  const [least, most] = [-Math.log1p(-clip), -Math.log(clip)]
  return meanLoss('logLoss', truth, probabilities, options, (row, k) =>
    Math.min(Math.max(k < 0 ? -Math.log1p(-row[0]) : -Math.log(row[k]), least), most),
  )
}

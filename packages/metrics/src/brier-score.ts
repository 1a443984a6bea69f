// The squared distance between the probabilities and what happened.
import type { ProbabilityOptions } from './each-forecast.ts'
import type { Truth } from './label.ts'
import { meanLoss } from './mean-loss.ts'
import type { Probabilities } from './probabilities.ts'
import { squaredError } from './row-scores.ts'

/**
 * Brier score. For the probability p of the positive class: Σ wᵢ (pᵢ − yᵢ)² / Σ wᵢ, in [0, 1]. For a matrix, Brier's own
 * form: the squares are summed over all classes and not halved, in [0, 2]; so two columns give twice what the vector gives.
 * (G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78, 1950.)
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @throws TypeError, RangeError as {@link logLoss}
 */
export function brierScore(
  truth: Truth,
  probabilities: Probabilities,
  options: ProbabilityOptions = {},
): number {
  return meanLoss('brierScore', truth, probabilities, options, squaredError)
}

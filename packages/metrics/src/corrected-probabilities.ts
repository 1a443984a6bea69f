// What each row's forecast gave to what came true.
import { eachForecast, type ProbabilityOptions } from './each-forecast.ts'
import type { Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'
import { trueProbability } from './row-scores.ts'

/**
 * Corrected probabilities: of each row the probability that was given to its true class; for a vector p where the positive class is true,
 * else 1 − p. Their mean of −log is the log loss.
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @returns n numbers in [0, 1]
 * @throws TypeError, RangeError as {@link logLoss}
 */
export function correctedProbabilities(
  truth: Truth,
  probabilities: Probabilities,
  { classes, positive }: Omit<ProbabilityOptions, 'weights'> = {},
): Float64Array {
  const corrected = new Float64Array(truth?.length)
  eachForecast('correctedProbabilities', truth, probabilities, { classes, positive }, (row, k, _, i) => {
    corrected[i] = trueProbability(row, k)
  })
  return corrected
}

// How much better than the class frequencies, in Brier score.
import type { ProbabilityOptions } from './each-forecast.ts'
import type { Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'
import { squaredError } from './row-scores.ts'
import { skill } from './skill.ts'

/**
 * Brier skill score: 1 − B / B_ref, where B_ref is the Brier score of predicting the class frequencies of these very rows: f(1 − f) for a
 * vector, Σ f(1 − f) for a matrix. 1 is perfect, below 0 is worse than the frequencies.
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @throws TypeError, RangeError as {@link logLoss}
 * @throws RangeError named 'UndefinedMetricError' if all rows are of one class, for then nothing is worse than the baseline.
 */
export function brierSkill(
  truth: Truth,
  probabilities: Probabilities,
  options: ProbabilityOptions = {},
): number {
  // The two frequencies of a vector have one share each: half of what the two columns of a matrix have.
  let half = 1
  const loss = (row: Float64Array, k: number) => {
    half = row.length > 1 ? 1 : 0.5
    return squaredError(row, k)
  }
  return skill('brierSkill', truth, probabilities, options, loss, (f) => half * f * (1 - f))
}

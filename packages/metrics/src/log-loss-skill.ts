// How much better than the class frequencies, in log loss.
import { type ClipOptions, clippedSurprise } from './clipped-surprise.ts'
import type { ProbabilityOptions } from './each-forecast.ts'
import type { Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'
import { skill } from './skill.ts'

/**
 * Skill in log loss: 1 − logLoss / baselineLogLoss; 1 is perfect, 0 is as good as predicting the class frequencies of these very rows,
 * below 0 is worse. On the rows of an unpenalised fit it is McFadden's R². −Infinity where `clip` is 0 and a true class was given 0. A
 * vector is held against the frequency of the positive class alone.
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @throws TypeError, RangeError as {@link logLoss}
 * @throws RangeError named 'UndefinedMetricError' if all rows are of one class, for then nothing is worse than the baseline.
 */
export function logLossSkill(
  truth: Truth,
  probabilities: Probabilities,
  { clip, ...options }: ProbabilityOptions & ClipOptions = {},
): number {
  const loss = clippedSurprise('logLossSkill', clip)
  return skill('logLossSkill', truth, probabilities, options, loss, (f) => -f * Math.log(f))
}

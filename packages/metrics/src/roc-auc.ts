// The chance that a positive scores higher than a negative.
import { eachScore, type RankingOptions } from './each-score.ts'
import type { Scores, Truth } from './label.ts'

/**
 * Area under the ROC curve: the share of pairs of a positive and a negative in which the positive has the larger score,
 * ties counting one half (Mann–Whitney U / (n₊ n₋)). Without weights it is counted in whole numbers and exact up to one
 * rounding (n₊ n₋ < 2⁵²). In [0, 1].
 *
 * For more than two classes name one by `positive`: its area against all others.
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive: probabilities, log-odds, ±Infinity too
 * @throws RangeError named 'UndefinedMetricError' if truth holds no positive or no negative.
 * @throws TypeError for a score that is NaN or no number, labels that are missing, NaN or of mixed types.
 * @throws RangeError for more than two classes and no `positive`, differing lengths, no rows, or weights that are
 * negative, not finite or all 0.
 */
export function rocAuc(truth: Truth, scores: Scores, options: RankingOptions = {}): number {
  let above = 0
  let below = 0
  let area = 0
  const { weights } = options
  eachScore('rocAuc', truth, scores, options, (_, hits, alarms) => {
    const width = alarms - below
    const height = hits + above
    // Counts stay whole until the one division at the end; of weights the mean height is kept, which no product can overflow.
    area += weights ? width && (width / alarms) * (height - area) : width * height
    above = hits
    below = alarms
  })
  return area / (2 * above * (weights ? 1 : below))
}

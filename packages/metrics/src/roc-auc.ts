// The chance that a positive scores higher than a negative.
import { cumulativeCounts, type RankingOptions } from './cumulative-counts.ts'
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
  const [, hits, alarms] = cumulativeCounts('rocAuc', truth, scores, options)
  const last = hits.length - 1
  // Counts stay whole or half until the one division at the end; weights are divided at once, so that no product is too small or large.
  const [unit, pairs] = options.weights ? [hits[last], alarms[last]] : [1, hits[last] * alarms[last]]
  let area = 0
  for (let i = 1; i <= last; i++) area += (alarms[i] - alarms[i - 1]) * ((hits[i] + hits[i - 1]) / (2 * unit))
  return area / pairs
}

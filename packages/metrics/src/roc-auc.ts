// The chance that a positive scores higher than a negative.
import { type CumulativeCounts, cumulativeCounts } from './cumulative-counts.ts'
import type { Scores, Truth } from './label.ts'
import { type RankingOptions, type SortedScores, sortedScores } from './sorted-scores.ts'

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
  if (options.weights) return weightedAuc(cumulativeCounts('rocAuc', truth, scores, options))
  return sortedScores('rocAuc', truth, scores, options, 'scores', mannWhitney)
}

/** Merged from the highest down: each negative is below the i positives before it, and beside those that are tied with it. */
function mannWhitney({ highs, lows }: SortedScores): number {
  const [n, m] = [highs.length, lows.length]
  // All is counted twice, so that it stays whole until the one division at the end.
  let [i, j, area] = [0, 0, 0]
  while (i < n && j < m) {
    const key = lows[j]
    if (highs[i] < key) i++
    else if (highs[i] > key) {
      area += 2 * i
      j++
    } else {
      const above = i
      while (i < n && highs[i] === key) i++
      for (; j < m && lows[j] === key; j++) area += above + i
    }
  }
  return (area + 2 * n * (m - j)) / (2 * n * m)
}

/** The trapezoid under the curve, in which weights are divided at once, so that no product is too small or too large. */
function weightedAuc([, hits, alarms]: CumulativeCounts): number {
  const last = hits.length - 1
  let area = 0
  for (let i = 1; i <= last; i++)
    area += (alarms[i] - alarms[i - 1]) * ((hits[i] + hits[i - 1]) / (2 * hits[last]))
  return area / alarms[last]
}

// The chance that a positive scores higher than a negative.
import type { Scores, Truth } from './label.ts'
import { type RankingOptions, scoreTally } from './score-tally.ts'
import { sum } from './sum.ts'

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
  const [, positives, negatives] = scoreTally('rocAuc', truth, scores, options)
  const [highs, lows] = [sum(positives), sum(negatives)]
  // Counts stay whole or half until the one division at the end; weights are divided at once, so that no product is too small.
  const [unit, pairs] = options.weights ? [highs, lows] : [1, highs * lows]
  let above = 0
  let area = 0
  for (let g = 0; g < positives.length; g++) {
    area += negatives[g] * ((2 * above + positives[g]) / (2 * unit))
    above += positives[g]
  }
  return area / pairs
}

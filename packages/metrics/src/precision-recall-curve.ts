// How pure the rows above a threshold are, and how many of the positives are among them.
import type { Scores, Truth } from './label.ts'
import { type RankingOptions, scoreTally } from './score-tally.ts'
import { sum } from './sum.ts'

/**
 * Point i is what calling a score ≥ `thresholds[i]` positive gives; the last point has no threshold, so that `precision`
 * and `recall` are one longer than `thresholds`.
 */
export interface PrecisionRecallCurve {
  /** In [0, 1], not monotone; the last is 1. */
  precision: Float64Array
  /** Descending from 1 to 0. */
  recall: Float64Array
  /** Each distinct score, ascending. */
  thresholds: Float64Array
}

/**
 * Precision–recall curve: one point for each distinct score, ascending, so from recall 1 on; it ends at recall 0,
 * precision 1. Tied scores are one point. No point is left out.
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function precisionRecallCurve(
  truth: Truth,
  scores: Scores,
  options: RankingOptions = {},
): PrecisionRecallCurve {
  const [scoresDown, positives, negatives] = scoreTally('precisionRecallCurve', truth, scores, options)
  const last = positives.length
  const [precision, recall] = [0, 1].map(() => new Float64Array(last + 1))
  precision[last] = 1
  const highs = sum(positives)
  let hits = 0
  let alarms = 0
  for (let g = 0; g < last; g++) {
    hits += positives[g]
    alarms += negatives[g]
    precision[last - 1 - g] = hits / (hits + alarms)
    recall[last - 1 - g] = hits / highs
  }
  return { precision, recall, thresholds: scoresDown.slice().reverse() }
}

// How pure the rows above a threshold are, and how many of the positives are among them.
import { curvePoints } from './curve-points.ts'
import type { RankingOptions } from './each-score.ts'
import type { Scores, Truth } from './label.ts'

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
  const [thresholds, hits, alarms] = curvePoints('precisionRecallCurve', truth, scores, options).map(
    (column) => column.reverse(),
  )
  return {
    // The start of the curve, where nothing is called positive, is its end here.
    precision: hits.map((count, i) => (count ? count / (count + alarms[i]) : +(i === hits.length - 1))),
    recall: hits.map((count) => count / hits[0]),
    thresholds: thresholds.subarray(0, -1),
  }
}

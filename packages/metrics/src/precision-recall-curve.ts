// How pure the rows above a threshold are, and how many of the positives are among them.
import type { CurveOptions } from './cumulative-counts.ts'
import { curveCounts, HITS } from './curve-counts.ts'
import type { Scores, Truth } from './label.ts'
import { shares } from './shares.ts'

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
 * precision 1. Tied scores are one point. No point is left out, unless `thin` is true: then those at which the recall is
 * what it is at both neighbours, the precision going straight down between them.
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function precisionRecallCurve(
  truth: Truth,
  scores: Scores,
  options: CurveOptions = {},
): PrecisionRecallCurve {
  const [thresholds, hits, alarms] = curveCounts('precisionRecallCurve', truth, scores, options, HITS)
  // In the place of the number of negatives; where nothing is called positive it is 1.
  for (let i = 0; i < hits.length; i++) alarms[i] = i ? hits[i] / (hits[i] + alarms[i]) : 1
  return {
    precision: alarms.reverse(),
    recall: shares(hits).reverse(),
    thresholds: thresholds.subarray(1).reverse(),
  }
}

// How much richer in positives the highest-scored rows are than all rows.
import { cumulativeCounts } from './cumulative-counts.ts'
import type { Scores, Truth } from './label.ts'
import { shares } from './shares.ts'
import type { RankingOptions } from './sorted-scores.ts'

/** Point i is what calling a score ≥ `thresholds[i]` positive gives. The three have one length. */
export interface LiftCurve {
  /** The share of all rows that are called positive: ascending, to 1. */
  fraction: Float64Array
  /** Their precision over that of calling every row positive, ≥ 0; the last is 1. */
  lift: Float64Array
  /** Each distinct score, descending. */
  thresholds: Float64Array
}

/**
 * Lift: precision over prevalence, which is gain over fraction (see {@link gainCurve}), at each distinct score. Where no row is
 * called positive there is no lift, so that the curve has no start. It has no straight stretches, and is never thinned.
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function liftCurve(truth: Truth, scores: Scores, options: RankingOptions = {}): LiftCurve {
  const [thresholds, hits, alarms] = cumulativeCounts('liftCurve', truth, scores, options).map((column) =>
    column.subarray(1),
  )
  for (let i = 0; i < hits.length; i++) {
    alarms[i] += hits[i]
    hits[i] /= alarms[i]
  }
  return { fraction: shares(alarms), lift: shares(hits), thresholds }
}

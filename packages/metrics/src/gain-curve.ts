// How many of the positives are reached by going through the rows from the highest score down.
import type { CurveOptions } from './cumulative-counts.ts'
import { curveCounts, HITS_AND_ALARMS } from './curve-counts.ts'
import type { Scores, Truth } from './label.ts'
import { shares } from './shares.ts'

/** Point i is what calling a score ≥ `thresholds[i]` positive gives. The three have one length. */
export interface GainCurve {
  /** The share of all rows that are called positive: ascending, from 0 to 1. */
  fraction: Float64Array
  /** The share of the positives among them, which is the recall: ascending, from 0 to 1. */
  gain: Float64Array
  /** Descending: +Infinity, then each distinct score. */
  thresholds: Float64Array
}

/**
 * Cumulative gain: the share of the positives that is found in the highest-scored share of the rows. Tied scores are one
 * point. Chance is the diagonal. (D. S. Coppock, Why lift?, DM Review 2002; in economics, the concentration curve.)
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function gainCurve(truth: Truth, scores: Scores, options: CurveOptions = {}): GainCurve {
  const [thresholds, hits, alarms] = curveCounts('gainCurve', truth, scores, options, HITS_AND_ALARMS)
  for (let i = 0; i < hits.length; i++) alarms[i] += hits[i]
  return { fraction: shares(alarms), gain: shares(hits), thresholds }
}

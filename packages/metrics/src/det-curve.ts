// What a threshold on the score costs in errors of either kind.
import type { CurveOptions } from './cumulative-counts.ts'
import { curveCounts, HITS_AND_ALARMS } from './curve-counts.ts'
import type { Scores, Truth } from './label.ts'
import { shares } from './shares.ts'

/** Point i is what calling a score ≥ `thresholds[i]` positive gives. The three have one length. */
export interface DetCurve {
  /** Ascending, from 0 to 1. */
  falsePositiveRate: Float64Array
  /** Descending, from 1 to 0. */
  falseNegativeRate: Float64Array
  /** Descending: +Infinity, then each distinct score. */
  thresholds: Float64Array
}

/**
 * Detection error tradeoff: the points of {@link rocCurve}, with the share of positives that are missed in place of those
 * found. It is drawn on normal quantiles, where 0 and 1 are infinitely far off. (A. Martin et al., The DET curve in assessment
 * of detection task performance, Eurospeech 1997.)
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function detCurve(truth: Truth, scores: Scores, options: CurveOptions = {}): DetCurve {
  const [thresholds, hits, alarms] = curveCounts('detCurve', truth, scores, options, HITS_AND_ALARMS)
  const all = hits[hits.length - 1]
  // Subtracted as counts, so that no digit of a small rate is lost.
  for (let i = 0; i < hits.length; i++) hits[i] = (all - hits[i]) / all
  return { falsePositiveRate: shares(alarms), falseNegativeRate: hits, thresholds }
}

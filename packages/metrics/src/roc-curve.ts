// What a threshold on the score costs in false positives and buys in true ones.
import type { CurveOptions } from './cumulative-counts.ts'
import { curveCounts, HITS_AND_ALARMS } from './curve-counts.ts'
import type { Scores, Truth } from './label.ts'

/** Point i is what calling a score ≥ `thresholds[i]` positive gives. The three have one length. */
export interface RocCurve {
  /** Ascending, from 0 to 1. */
  falsePositiveRate: Float64Array
  /** Ascending, from 0 to 1. */
  truePositiveRate: Float64Array
  /** Descending: +Infinity, then each distinct score. */
  thresholds: Float64Array
}

/**
 * ROC curve: one point for each distinct score, descending, after the start (0, 0) at threshold +Infinity. Tied scores
 * are one point. A score of +Infinity is a threshold of its own, after the start. No point is left out, unless `thin` is true.
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function rocCurve(truth: Truth, scores: Scores, options: CurveOptions = {}): RocCurve {
  const [thresholds, truePositiveRate, falsePositiveRate] = curveCounts(
    'rocCurve',
    truth,
    scores,
    options,
    HITS_AND_ALARMS,
    true,
  )
  return { falsePositiveRate, truePositiveRate, thresholds }
}

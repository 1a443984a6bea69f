// What a threshold on the score costs in false positives and buys in true ones.
import type { Scores, Truth } from './label.ts'
import { type RankingOptions, scoreTally } from './score-tally.ts'
import { sum } from './sum.ts'

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
 * are one point. A score of +Infinity is a threshold of its own, after the start. No point is left out.
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function rocCurve(truth: Truth, scores: Scores, options: RankingOptions = {}): RocCurve {
  const [scoresDown, positives, negatives] = scoreTally('rocCurve', truth, scores, options)
  const points = positives.length + 1
  const [falsePositiveRate, truePositiveRate, thresholds] = [0, 1, 2].map(() => new Float64Array(points))
  thresholds[0] = Infinity
  thresholds.set(scoresDown, 1)
  const [highs, lows] = [sum(positives), sum(negatives)]
  let hits = 0
  let alarms = 0
  for (let g = 0; g < positives.length; g++) {
    hits += positives[g]
    alarms += negatives[g]
    truePositiveRate[g + 1] = hits / highs
    falsePositiveRate[g + 1] = alarms / lows
  }
  return { falsePositiveRate, truePositiveRate, thresholds }
}

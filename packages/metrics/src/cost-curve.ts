// What the best threshold costs, whatever errors cost and however rare positives are.
import { cumulativeCounts } from './cumulative-counts.ts'
import type { Scores, Truth } from './label.ts'
import { shares } from './shares.ts'
import type { RankingOptions } from './sorted-scores.ts'

/** A broken line through (`probabilityCost[i]`, `expectedCost[i]`), and the threshold that is best on each of its pieces. */
export interface CostCurve {
  /** Ascending, from 0 to 1: p₊ c₊ / (p₊ c₊ + p₋ c₋), p the class probabilities where it is used, c the cost of an error on a row of the class. */
  probabilityCost: Float64Array
  /** The expected cost over that of the worst: in [0, ½], 0 at both ends. */
  expectedCost: Float64Array
  /** Descending, one fewer: `thresholds[i]` is best from `probabilityCost[i]` to `probabilityCost[i + 1]`; +Infinity: call nothing positive. */
  thresholds: Float64Array
}

/**
 * Cost curve: the lower envelope of the lines FNR·x + FPR·(1 − x), one for each threshold, x being the probability cost. Its
 * pieces are the corners of the convex hull of the ROC curve. Thresholds that are best nowhere are left out.
 * (C. Drummond & R. C. Holte, Cost curves: an improved method for visualizing classifier performance, Machine Learning 65, 2006.)
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function costCurve(truth: Truth, scores: Scores, options: RankingOptions = {}): CostCurve {
  const [thresholds, hits, alarms] = cumulativeCounts('costCurve', truth, scores, options)
  // Whole numbers tell a corner from a straight line exactly; products of weights might overflow.
  if (options.weights) {
    shares(hits)
    shares(alarms)
  }
  // The upper hull from (0, 0) to (1, 1) by a scan that drops what the next point makes a dent.
  let top = 0
  for (let i = 1; i < hits.length; i++) {
    for (; top > 0; top--) {
      const rise = (hits[top] - hits[top - 1]) * (alarms[i] - alarms[top])
      const run = (hits[i] - hits[top]) * (alarms[top] - alarms[top - 1])
      if (rise > run) break
    }
    top++
    for (const column of [thresholds, hits, alarms]) column[top] = column[i]
  }
  const [best, found, called] = [thresholds, hits, alarms].map((column) => column.subarray(0, top + 1))
  shares(found)
  shares(called)

  // Two neighbours cost the same where x (ΔTPR + ΔFPR) = ΔFPR; a piece from 0 to 0, or from 1 to 1, is none.
  const ends = best.map((_, i) => {
    const fall = called[i + 1] - called[i]
    return i < top ? fall / (fall + (found[i + 1] - found[i])) : 1
  })
  const pieces = [...ends.keys()].filter((i) => ends[i] > (i > 0 ? ends[i - 1] : 0))
  return {
    probabilityCost: Float64Array.of(0, ...pieces.map((i) => ends[i])),
    expectedCost: Float64Array.of(
      0,
      ...pieces.map((i) => (1 - found[i]) * ends[i] + called[i] * (1 - ends[i])),
    ),
    thresholds: Float64Array.from(pieces, (i) => best[i]),
  }
}

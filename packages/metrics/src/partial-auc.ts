// The area under a part of the ROC curve.
import { cumulativeCounts } from './cumulative-counts.ts'
import { fault } from './fault.ts'
import type { Scores, Truth } from './label.ts'
import type { RankingOptions } from './sorted-scores.ts'

export interface PartialAucOptions extends RankingOptions {
  /** The false positive rate at which the part begins, in [0, 1). Default: 0. */
  from?: number
  /** The false positive rate at which it ends, in (from, 1]. */
  to: number
  /** McClish's standardised form (default), or else the area itself, in [0, to − from]. */
  standardized?: boolean
}

/**
 * Partial area under the ROC curve, A = ∫ TPR dFPR between two false positive rates. Standardised it is
 * ½ (1 + (A − a)/(b − a)), a = (to² − from²)/2 being the area under the diagonal and b = to − from the largest: ½ for chance
 * and 1 for a perfect order, whatever the part; less than ½ is possible.
 * (D. K. McClish, Analyzing a portion of the ROC curve, Medical Decision Making 9, 1989.)
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}; RangeError unless 0 ≤ from < to ≤ 1
 */
export function partialAuc(truth: Truth, scores: Scores, options: PartialAucOptions): number {
  const { from = 0, to, standardized = true } = options
  if (!(from >= 0 && from < to && to <= 1)) fault('partialAuc', '0 <= from < to <= 1', [from, to])
  const [, y, x] = cumulativeCounts('partialAuc', truth, scores, options, { rates: true })
  let area = 0
  for (let i = 1; i < x.length; i++) {
    const [start, end] = [Math.max(from, x[i - 1]), Math.min(to, x[i])]
    if (!(start < end)) continue
    const slope = (y[i] - y[i - 1]) / (x[i] - x[i - 1])
    // The height in the middle of what is inside.
    area += (end - start) * (y[i - 1] + slope * ((start + end) / 2 - x[i - 1]))
  }
  if (!standardized) return area
  const chance = ((to - from) * (to + from)) / 2
  return (1 + (area - chance) / (to - from - chance)) / 2
}

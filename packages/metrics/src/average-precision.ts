// The precision at each positive, averaged.
import { cumulativeCounts } from './cumulative-counts.ts'
import type { Scores, Truth } from './label.ts'
import type { RankingOptions } from './sorted-scores.ts'

/**
 * Average precision: the step sum Σ (Rᵢ − Rᵢ₋₁) Pᵢ over the distinct scores, descending. It is not the trapezoid under the
 * precision–recall curve, which promises what no threshold delivers. In (0, 1].
 *
 * For more than two classes name one by `positive`.
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function averagePrecision(truth: Truth, scores: Scores, options: RankingOptions = {}): number {
  const [, hits, alarms] = cumulativeCounts('averagePrecision', truth, scores, options)
  const last = hits.length - 1
  let total = 0
  for (let i = 1; i <= last; i++) total += (hits[i] - hits[i - 1]) * (hits[i] / (hits[i] + alarms[i]))
  return total / hits[last]
}

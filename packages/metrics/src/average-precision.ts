// The precision at each positive, averaged.
import { eachScore, type RankingOptions } from './each-score.ts'
import type { Scores, Truth } from './label.ts'

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
  let above = 0
  let total = 0
  eachScore('averagePrecision', truth, scores, options, (_, hits, alarms) => {
    total += (hits - above) * (hits / (hits + alarms))
    above = hits
  })
  return total / above
}

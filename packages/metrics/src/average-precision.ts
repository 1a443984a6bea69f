// The precision at each positive, averaged.
import type { Scores, Truth } from './label.ts'
import { type RankingOptions, scoreTally } from './score-tally.ts'

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
  const [, positives, negatives] = scoreTally('averagePrecision', truth, scores, options)
  let hits = 0
  let alarms = 0
  let total = 0
  for (let g = 0; g < positives.length; g++) {
    hits += positives[g]
    alarms += negatives[g]
    total += positives[g] * (hits / (hits + alarms))
  }
  return total / hits
}

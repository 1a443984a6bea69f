// The correlation between what rows are and what they were said to be.
import { classCounts } from './class-counts.ts'
import { encode } from './encode.ts'
import { undefinedMetric } from './fault.ts'
import type { Labels, Truth } from './label.ts'

export interface MatthewsOptions {
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
}

/**
 * Matthews' correlation coefficient (MCC), of two classes the correlation φ of two indicators, in [−1, 1]; of more classes
 * Gorodkin's R_K, in which all have their say: (c s − Σ tₖ pₖ) / √((s² − Σ pₖ²)(s² − Σ tₖ²)), c being the hits, s all rows, tₖ those of class k, pₖ
 * those said to be. (B. W. Matthews, BBA 405, 1975; J. Gorodkin, Computational Biology and Chemistry 28, 2004.)
 *
 * @param truth n labels
 * @param predicted n labels
 * @throws TypeError, RangeError as {@link accuracy}
 * @throws RangeError named 'UndefinedMetricError' if truth, or what was predicted, is of one class.
 */
export function matthewsCorrelation(
  truth: Truth,
  predicted: Labels,
  { weights }: MatthewsOptions = {},
): number {
  const encoded = encode('matthewsCorrelation', [truth, predicted], weights)
  // Counts stay whole numbers; weights become shares, so that no product overflows.
  const [classes, , , total] = encoded
  const unit = weights ? total : 1
  const all = total / unit
  const [hits, said, support] = classCounts(encoded).map((counts) => counts.map((m) => m / unit))
  let [together, spreadSaid, spreadTrue] = [0, 0, 0]
  for (let k = 0; k < hits.length; k++) {
    together += hits[k] * all - said[k] * support[k]
    spreadSaid += said[k] * (all - said[k])
    spreadTrue += support[k] * (all - support[k])
  }
  // Roots first: the product of two tiny ones would vanish.
  const spread = Math.sqrt(spreadSaid) * Math.sqrt(spreadTrue)
  if (!spread) undefinedMetric('matthewsCorrelation', 'two classes in both columns', classes)
  return Math.max(-1, Math.min(together / spread, 1))
}

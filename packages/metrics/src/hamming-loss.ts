// Where rows may have several labels: the share of labels that are wrong.
import { type Indicators, indicatorColumns } from './indicators.ts'
import type { MultilabelOptions } from './multilabel-confusion.ts'

/**
 * Hamming loss: the share of the n × L entries in which truth and predicted differ, rows counting by their weights.
 *
 * @param truth n × L of 0 and 1
 * @param predicted n × L of 0 and 1
 * @throws RangeError as {@link multilabelConfusion}
 */
export function hammingLoss(
  truth: Indicators,
  predicted: Indicators,
  { weights }: MultilabelOptions = {},
): number {
  const [is, said, weight] = indicatorColumns('hammingLoss', truth, predicted, weights)
  let [wrong, all] = [0, 0]
  weight.forEach((each, i) => {
    all += each * is.length
    is.forEach((column, k) => {
      if (column[i] !== said[k][i]) wrong += each
    })
  })
  return wrong / all
}

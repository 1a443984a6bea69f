// Where rows may have several labels: for each label, how often it was there and was said to be.
import { type Indicators, indicatorColumns } from './indicators.ts'

export interface MultilabelOptions {
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
}

/**
 * One 2 × 2 confusion matrix for each label, [[true negatives, false positives], [false negatives, true positives]]: rows are the truth,
 * columns what was said, as in {@link confusionMatrix}.
 *
 * @param truth n × L of 0 and 1
 * @param predicted n × L of 0 and 1
 * @throws RangeError for matrices of differing shapes, other entries, no rows, or weights that are negative, not finite or all 0.
 */
export function multilabelConfusion(
  truth: Indicators,
  predicted: Indicators,
  { weights }: MultilabelOptions = {},
): number[][][] {
  const [is, said, weight] = indicatorColumns('multilabelConfusion', truth, predicted, weights)
  return is.map((column, k) => {
    const matrix = [
      [0, 0],
      [0, 0],
    ]
    weight.forEach((each, i) => {
      matrix[column[i]][said[k][i]] += each
    })
    return matrix
  })
}

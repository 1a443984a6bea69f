// How often each class was taken for each other one.
import { arrange, encode } from './encode.ts'
import type { Label, Labels, Truth } from './label.ts'

export interface ConfusionMatrix {
  /** What the rows and the columns of `matrix` are. */
  labels: Label[]
  /** K × K: `matrix[i][j]` is the number of rows (or the sum of their weights) that are `labels[i]` and were said to be `labels[j]`. */
  matrix: number[][]
}

export interface ConfusionOptions {
  /** The classes, in the order wanted. Default: those that occur in truth or predicted, sorted. A label outside is an error. */
  labels?: readonly Label[]
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
}

/**
 * The confusion matrix: rows are the truth, columns what was said.
 *
 * @param truth n labels
 * @param predicted n labels
 * @throws TypeError for labels that are missing, NaN or of mixed types.
 * @throws RangeError for no rows, differing lengths, a label outside `labels`, or weights that are negative, not finite or all 0.
 */
export function confusionMatrix(
  truth: Truth,
  predicted: Labels,
  { labels, weights }: ConfusionOptions = {},
): ConfusionMatrix {
  const { classes, codes } = arrange(
    'confusionMatrix',
    encode('confusionMatrix', [truth, predicted], weights),
    labels,
  )
  const matrix = classes.map(() => new Array<number>(classes.length).fill(0))
  for (let i = 0; i < truth.length; i++)
    if (codes[0][i] >= 0) matrix[codes[0][i]][codes[1][i]] += weights ? weights[i] : 1
  return { labels: classes, matrix }
}

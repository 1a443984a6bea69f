// How often each class was taken for each other one.
import { arrange } from './encode.ts'
import { fault, shown, undefinedMetric } from './fault.ts'
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

export interface NormalizedConfusionOptions extends ConfusionOptions {
  /** What sums to 1: 'true': each row of the matrix; 'pred': each column; 'all': everything. Default: nothing, the matrix counts. */
  normalize?: 'true' | 'pred' | 'all'
}

/**
 * The confusion matrix: rows are the truth, columns what was said.
 *
 * @param truth n labels
 * @param predicted n labels
 * @throws TypeError for labels that are missing, NaN or of mixed types.
 * @throws RangeError for no rows, differing lengths, a label outside `labels`, or weights that are negative, not finite or all 0.
 * @throws RangeError named 'UndefinedMetricError' if a row, or column, that is to sum to 1 is all 0.
 */
export function confusionMatrix(
  truth: Truth,
  predicted: Labels,
  { labels, weights: given, normalize }: NormalizedConfusionOptions = {},
): ConfusionMatrix {
  const caller = 'confusionMatrix'
  const [classes, codes, weights, total] = arrange(caller, [truth, predicted], given, labels)
  const matrix = classes.map(() => new Array<number>(classes.length).fill(0))
  for (let i = 0; i < truth.length; i++) matrix[codes[0][i]][codes[1][i]] += weights[i]
  if (!normalize) return { labels: classes, matrix }

  const side = ['all', 'true', 'pred'].indexOf(normalize)
  if (side < 0) fault(caller, "normalize 'true', 'pred' or 'all'", normalize)
  const wholes = classes.map((label, k) => {
    const whole = side ? matrix.reduce((sum, row, j) => sum + (side > 1 ? row[k] : matrix[k][j]), 0) : total
    return whole || undefinedMetric(caller, `rows of class ${shown(label)} to normalize`, whole)
  })
  return {
    labels: classes,
    matrix: matrix.map((row, i) => row.map((count, j) => count / wholes[side > 1 ? j : i])),
  }
}

// A metric of two classes, such as the AUC, for more of them: one class against the rest, or each pair of classes.
import { arrange } from './encode.ts'
import { fault } from './fault.ts'
import type { Label, Scores, Truth } from './label.ts'
import { matrixColumns, type ScoreMatrix } from './matrix-columns.ts'

/** `rocAuc`, `averagePrecision`, or any other that is called like them. */
export type BinaryMetric = (
  truth: Truth,
  scores: Scores,
  options: { positive: Label; weights?: ArrayLike<number> },
) => number

export interface MulticlassAverageOptions {
  /**
   * 'ovr' (default): each class against the rest, by its column. 'ovo': each pair of classes, on their rows alone, as the mean
   * of both directions (D. J. Hand & R. J. Till, Machine Learning 45, 2001).
   */
  multiClass?: 'ovr' | 'ovo'
  /**
   * 'macro' (default): the mean; 'weighted': the mean by how often the class, or either class of the pair, is true; 'micro', of
   * 'ovr' only: one metric of all n K entries, each a row that is positive in the column of its class.
   */
  average?: 'macro' | 'micro' | 'weighted'
  /** What the columns are. Default: the classes that occur in truth, sorted. */
  classes?: readonly Label[]
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
}

/**
 * A binary metric of ranked rows, averaged over classes: `multiclassAverage(rocAuc, truth, probabilities, { multiClass: 'ovo' })`.
 * Scores need not be probabilities, nor sum to 1; under 'micro' they are compared across columns. A class of no rows has no
 * say in a weighted mean, and makes the others what the metric makes of it: an error by name.
 *
 * @param metric called for each class (or pair) with truth, its column, and `{ positive, weights }`
 * @param truth n labels
 * @param scores n × K, one column for each class, the larger the likelier
 * @throws TypeError, RangeError as {@link rocAuc} and {@link logLoss}; RangeError for fewer than two classes, or 'micro' with 'ovo'
 */
export function multiclassAverage(
  metric: BinaryMetric,
  truth: Truth,
  scores: ScoreMatrix,
  options: MulticlassAverageOptions = {},
): number {
  const caller = 'multiclassAverage'
  const { multiClass = 'ovr', average = 'macro', weights } = options
  if (!['ovr', 'ovo'].includes(multiClass)) fault(caller, "multiClass 'ovr' or 'ovo'", multiClass)
  if (!['macro', 'weighted', multiClass === 'ovr' && 'micro'].includes(average))
    fault(
      caller,
      `average 'macro'${multiClass === 'ovr' ? ", 'micro'" : ''} or 'weighted' with ${multiClass}`,
      average,
    )
  const [classes, codes] = arrange(caller, [truth], weights, options.classes)
  const [code] = codes
  const n = code.length
  const columns = matrixColumns(caller, 'scores', scores, n, classes.length)
  if (classes.length < 2) fault(caller, 'at least two classes', classes)

  const rows = Int32Array.from(code.keys()).filter((i) => !weights || weights[i])
  const mass = (of: Int32Array) => of.reduce((sum, i) => sum + (weights ? weights[i] : 1), 0)
  if (average === 'micro') {
    const cells = <T>(values: ArrayLike<T>) =>
      Array.from({ length: n * classes.length }, (_, c) => values[c % n])
    return metric(
      cells(code).map((own, c) => +(own === Math.floor(c / n))),
      columns.flatMap((column) => Array.from(column)),
      { positive: 1, weights: weights && cells(weights) },
    )
  }

  /** Class k against the other classes of these rows. */
  const ranked = (of: Int32Array, k: number) =>
    metric(
      Array.from(of, (i) => truth[i]),
      Float64Array.from(of, (i) => columns[k][i]),
      { positive: classes[k], weights: weights && Array.from(of, (i) => weights[i]) },
    )
  let [sum, shares] = [0, 0]
  const add = (present: Int32Array, value: () => number) => {
    const share = average === 'macro' ? 1 : mass(present)
    // A share of 0 has no say, also where the metric does not exist.
    if (share) sum += share * value()
    shares += share
  }
  for (const k of classes.keys()) {
    const own = rows.filter((i) => code[i] === k)
    if (multiClass === 'ovr') add(own, () => ranked(rows, k))
    else
      for (let j = 0; j < k; j++) {
        const pair = rows.filter((i) => code[i] === k || code[i] === j)
        add(pair, () => (ranked(pair, j) + ranked(pair, k)) / 2)
      }
  }
  return sum / shares
}

// A metric of two classes, such as average precision, where each row may be of several classes, or of none.
import { fault } from './fault.ts'
import { matrixColumns, type ScoreMatrix } from './matrix-columns.ts'
import type { BinaryMetric } from './multiclass-average.ts'

export interface MultilabelAverageOptions {
  /**
   * 'macro' (default): the mean over labels; 'weighted': the mean by how often the label is true; 'micro': one metric of all
   * n K entries.
   */
  average?: 'macro' | 'micro' | 'weighted'
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
}

/**
 * A binary metric of ranked rows, averaged over labels: `multilabelAverage(averagePrecision, indicators, scores)`. A label of
 * no rows has no say in a weighted mean, and makes the others what the metric makes of it: an error by name.
 *
 * @param metric called for each label with its column of 0 and 1, its scores, and `{ positive: 1, weights }`
 * @param indicators n × K: 1 where the row is of the label, else 0
 * @param scores n × K, the larger the likelier
 * @throws TypeError, RangeError as the metric; RangeError for an indicator that is neither, or matrices of differing shapes
 */
export function multilabelAverage(
  metric: BinaryMetric,
  indicators: ScoreMatrix,
  scores: ScoreMatrix,
  { average = 'macro', weights }: MultilabelAverageOptions = {},
): number {
  const caller = 'multilabelAverage'
  if (!['macro', 'micro', 'weighted'].includes(average))
    fault(caller, "average 'macro', 'micro' or 'weighted'", average)
  const [n, width] =
    indicators && 'shape' in indicators ? indicators.shape : [indicators?.length, indicators?.[0]?.length]
  if (!(n > 0 && width > 0)) fault(caller, 'indicators, rows by labels', [n, width])
  const truth = matrixColumns(caller, 'indicators', indicators, n, width)
  truth.forEach((column, k) => {
    const i = column.findIndex((value) => value !== 0 && value !== 1)
    if (i >= 0) fault(caller, `indicators[${i}][${k}] 0 or 1`, column[i])
  })
  const said = matrixColumns(caller, 'scores', scores, n, width)
  if (average === 'micro') {
    const all = (columns: Float64Array[]) => columns.flatMap((column) => Array.from(column))
    return metric(all(truth), all(said), {
      positive: 1,
      weights: weights && Array.from({ length: n * width }, (_, c) => weights[c % n]),
    })
  }
  let [sum, shares] = [0, 0]
  truth.forEach((column, k) => {
    const share =
      average === 'macro' ? 1 : column.reduce((mass, is, i) => mass + is * (weights ? weights[i] : 1), 0)
    // A share of 0 has no say, also where the metric does not exist.
    if (share !== 0) sum += share * metric(column, said[k], { positive: 1, weights })
    shares += share
  })
  if (!shares) metric(truth[0], said[0], { positive: 1, weights })
  return sum / shares
}

// Platt's map for each class of one-vs-rest scores: the calibration of several classes, one by one.
import {
  applyPlatt,
  asMatrix,
  type DenseMatrix,
  encodeLabels,
  fitPlatt,
  type Label,
  type MatrixLike,
  type PlattMap,
  rowMajor,
} from '@logodds/linear'
import { demand } from './demand.ts'

export interface PlattPerClassOptions {
  /** The classes of the columns of scores. Default: those of truth, sorted, as every model here has them. */
  readonly classes?: readonly Label[] | undefined
  /** n weights ≥ 0: counts. Default: 1. */
  readonly weights?: ArrayLike<number> | undefined
}

/**
 * Fits Platt's map (`fitPlatt` of `@logodds/linear`) of each column of scores to whether a row is of that column's class: K slopes and intercepts, as
 * scikit-learn's CalibratedClassifierCV(method = 'sigmoid') has them. Fit it on rows that the scores were not fitted on.
 *
 * @param truth n labels, of every class some
 * @param scores n × K: what `decision` gives for a one-vs-rest model
 * @throws RangeError for sizes that do not fit, a label that is no class, a class without rows, numbers that are not finite
 * @see Zadrozny & Elkan, Transforming classifier scores into accurate multiclass probability estimates, KDD 2002, 694–699
 */
export function fitPlattPerClass(
  truth: ArrayLike<Label>,
  scores: MatrixLike,
  options: PlattPerClassOptions = {},
): PlattMap[] {
  const caller = 'fitPlattPerClass'
  const { column, n, K } = columnsOf(caller, scores)
  const found = encodeLabels(caller, truth, n).classes
  const { classes = found } = options
  demand(classes.length === K, caller, `${K} classes (columns of scores)`, classes.length)
  const foreign = found.find((label) => !classes.includes(label))
  demand(foreign === undefined, caller, `labels among ${JSON.stringify(classes)}`, JSON.stringify(foreign))
  const bare = classes.find((label) => !found.includes(label))
  demand(bare === undefined, caller, 'rows of every class', `none of ${JSON.stringify(bare)}`)
  return classes.map((label, k) => {
    const own = Array.from(truth, (other) => other === label)
    return { ...fitPlatt(own, column(k), { positive: true, weights: options.weights }), positive: label }
  })
}

/**
 * Probabilities: each column of scores through its map, and each row divided by its sum. To be passed as `calibration`.
 *
 * @example predictProbability(model, X, { calibration: (scores) => applyPlattPerClass(maps, scores) })
 * @throws RangeError for other than K columns, or a number that is not finite; if all probabilities of a row are 0
 */
export function applyPlattPerClass(maps: readonly PlattMap[], scores: MatrixLike): DenseMatrix {
  const caller = 'applyPlattPerClass'
  const { column, n, K } = columnsOf(caller, scores)
  demand(maps.length === K || n === 0, caller, `${maps.length} columns of scores`, K)
  const p = new Float64Array(n * K)
  const sums = new Float64Array(n)
  maps.forEach((map, k) => {
    applyPlatt(map, column(k)).forEach((v, i) => {
      p[i * K + k] = v
      sums[i] += v
    })
  })
  const empty = sums.findIndex((sum) => !(sum > 0))
  demand(empty < 0, caller, `a probability above 0 in row ${empty}`, 'none')
  return rowMajor(
    p.map((v, q) => v / sums[Math.floor(q / K)]),
    n,
    K,
  )
}

function columnsOf(caller: string, scores: MatrixLike) {
  const { data, shape, stride, offset } = asMatrix(caller, scores)
  const [n, K] = shape
  const column = (k: number) =>
    Float64Array.from({ length: n }, (_, i) => data[offset + i * stride[0] + k * stride[1]])
  return { column, n, K }
}

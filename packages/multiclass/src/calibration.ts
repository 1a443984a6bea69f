// Calibration as an explicit step: scores go through a map that was fitted on other rows, and what comes out is checked.
import { asMatrix, type DenseMatrix, type MatrixLike, rowMajor } from '@logodds/linear'
import { demand } from './demand.ts'

/**
 * From decision values (n × K by `model.classes`; one-vs-one: n × K(K − 1)/2, one column for each pair; binary and ordinal: n × 1) to
 * probabilities: n × K, or for two classes n numbers, those of the later one. Rows are not normalised for it.
 *
 * @example (scores) => applyTemperature(map, scores)
 */
export type Calibration = (scores: DenseMatrix) => MatrixLike | ArrayLike<number>

// What rounding may do to a sum of probabilities.
const ROUNDING = 1e-9

/** @throws RangeError unless the map gives n × K numbers in [0, 1] whose rows sum to 1. */
export function calibrated(caller: string, map: Calibration, scores: DenseMatrix, K: number): DenseMatrix {
  const given = map(scores)
  const vector = K === 2 && !('shape' in given) && typeof given[0] !== 'object'
  const p = vector
    ? Array.from(given as ArrayLike<number>, (positive) => [1 - positive, positive])
    : (given as MatrixLike)
  return checkedProbabilities(caller, p, scores.shape[0], K)
}

/** A copy of n × K probabilities. @throws RangeError unless they are in [0, 1] and each row sums to 1. */
export function checkedProbabilities(caller: string, p: MatrixLike, n: number, K: number): DenseMatrix {
  const { data, shape, stride, offset } = asMatrix(caller, p)
  const [rows, columns] = shape
  demand(
    rows === n && (columns === K || n === 0),
    caller,
    `${n} × ${K} probabilities`,
    `${rows} × ${columns}`,
  )
  const out = new Float64Array(n * K)
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let k = 0; k < K; k++) {
      const v = data[offset + i * stride[0] + k * stride[1]]
      demand(v >= 0 && v <= 1, caller, `probabilities in [0, 1] in row ${i}`, v)
      out[i * K + k] = v
      sum += v
    }
    demand(Math.abs(sum - 1) <= ROUNDING, caller, `probabilities of row ${i} that sum to 1`, sum)
  }
  return rowMajor(out, n, K)
}

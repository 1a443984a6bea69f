// Which labels each row has, where it may have several or none.
import { fault } from './fault.ts'
import { matrixColumns, type ScoreMatrix } from './matrix-columns.ts'
import type { ProbabilityMatrix } from './probabilities.ts'

/** n × L of 0 and 1: rows, or anything with the four fields of an ndarray. Rows of floating-point numbers are left out: they hold probabilities. */
export type Indicators =
  | ProbabilityMatrix
  | ReadonlyArray<
      ReadonlyArray<number> | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Int32Array
    >

/** Truth and predicted as columns, checked; and the weight of each row. */
export function indicatorColumns(
  caller: string,
  truth: Indicators,
  predicted: Indicators,
  weights?: ArrayLike<number>,
): [truth: Float64Array[], predicted: Float64Array[], weight: Float64Array] {
  const list = truth as ReadonlyArray<ArrayLike<number>>
  const [n, width] = truth && 'shape' in truth ? truth.shape : [list?.length, list?.[0]?.length]
  if (!(n > 0 && width > 0)) fault(caller, 'truth, rows by labels', [n, width])
  if (weights && weights.length !== n) fault(caller, `weights.length ${n} (rows of truth)`, weights.length)
  const [is, said] = Object.entries({ truth, predicted }).map(([name, matrix]) => {
    const columns = matrixColumns(caller, name, matrix as ScoreMatrix, n, width)
    columns.forEach((column, k) => {
      const i = column.findIndex((value) => value !== 0 && value !== 1)
      if (i >= 0) fault(caller, `${name}[${i}][${k}] 0 or 1`, column[i])
    })
    return columns
  })
  let total = 0
  const weight = new Float64Array(n).map((_, i) => {
    const each = weights ? weights[i] : 1
    if (!(Number.isFinite(each) && each >= 0)) fault(caller, `weights[${i}] finite and >= 0`, each)
    total += each
    return each
  })
  if (!(total > 0 && total <= 1e300)) fault(caller, 'weights with a sum in (0, 1e300]', total)
  return [is, said, weight]
}

// The currency at the doors: any matrix that looks like an ndarray (data, shape, stride, offset), or rows of numbers.
// Accepted by shape, so that nothing here imports the ndarray package, which needs `new Function`.
import { demand } from './demand.ts'

/** A strided matrix: element (i, j) is `data[offset + i·stride[0] + j·stride[1]]`. Every 2-d scijs `ndarray` is one. */
export interface Matrix {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[]
  readonly stride: readonly number[]
  readonly offset: number
}

/** What every function takes where it says X: an ndarray of any stride, or an array of rows. Never changed. */
export type MatrixLike = Matrix | ReadonlyArray<ArrayLike<number>>

/** A matrix that functions here return: contiguous and row-major. */
export interface DenseMatrix extends Matrix {
  readonly data: Float64Array
  readonly shape: [number, number]
  readonly stride: [number, number]
}

/** Wraps a flat row-major array of n × p numbers; shares it. */
export const rowMajor = (data: Float64Array, rows: number, columns: number): DenseMatrix => ({
  data,
  shape: [rows, columns],
  stride: [columns, 1],
  offset: 0,
})

/**
 * X as a strided matrix of finite numbers; rows are copied once into a flat array.
 *
 * @param terms names of the columns, for the error; default x0, x1, …
 * @throws RangeError that says where, if X is no matrix, its rows differ in length, or an entry is not a finite number.
 */
export function asMatrix(caller: string, X: MatrixLike, terms?: readonly string[]): Matrix {
  const rows = Array.isArray(X) && X
  const matrix = rows ? flattened(caller, rows) : (X as Matrix)
  const { data, shape, stride, offset } = Object(matrix) as Matrix
  demand(data && shape?.length === 2 && stride, caller, 'X as rows or a 2-d ndarray', shape ?? X)
  for (let i = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++) {
      const v = data[offset + i * stride[0] + j * stride[1]]
      if (!Number.isFinite(v)) {
        const given = rows ? rows[i][j] : v
        const what = typeof given === 'number' ? v : typeof given
        demand(
          false,
          caller,
          'finite numbers in X',
          `${what} in row ${i}, column ${j} (${terms?.[j] ?? `x${j}`})`,
        )
      }
    }
  return matrix
}

/** What is no number becomes NaN. */
function flattened(caller: string, rows: readonly ArrayLike<number>[]): Matrix {
  const p = rows[0]?.length ?? 0
  const data = new Float64Array(rows.length * p)
  // A function of its own is compiled well after a few rows.
  const copy = (row: ArrayLike<number>, i: number) => {
    const isRow = typeof row === 'object' && row?.length === p
    if (!isRow) demand(false, caller, `${p} numbers in row ${i} of X`, row?.length ?? row)
    for (let j = 0; j < p; j++) {
      const v = row[j]
      data[i * p + j] = typeof v === 'number' ? v : Number.NaN
    }
  }
  for (let i = 0; i < rows.length; i++) copy(rows[i], i)
  return rowMajor(data, rows.length, p)
}

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

/** Checks the shape of X and gives it as a strided matrix; rows of numbers are copied once into a flat array. */
export function asMatrix(caller: string, X: MatrixLike): Matrix {
  if (Array.isArray(X)) return flattened(caller, X)
  const { data, shape, stride, offset } = Object(X) as Matrix
  demand(
    data && shape?.length === 2 && stride?.length === 2,
    caller,
    'X as rows or a 2-d ndarray',
    shape ?? X,
  )
  const ends = [0, 1].map((axis) => (shape[axis] - 1) * stride[axis])
  const empty = shape[0] * shape[1] === 0
  const [low, high] = [Math.min, Math.max].map((end) => offset + end(0, ends[0]) + end(0, ends[1]))
  demand(
    empty || (low >= 0 && high < data.length),
    caller,
    `X.data to hold [${shape}] by [${stride}]`,
    data.length,
  )
  // Typed arrays hold numbers; an array of anything may hold what arithmetic would turn into one.
  if (Array.isArray(data)) data.forEach((v, k) => refuseText(caller, v, `X.data[${k}]`))
  return X as Matrix
}

function flattened(caller: string, X: ReadonlyArray<ArrayLike<number>>): Matrix {
  const n = X.length
  const p = X[0]?.length ?? 0
  const data = new Float64Array(n * p)
  X.forEach((row, i) => {
    demand(row?.length === p, caller, `${p} numbers in row ${i} of X`, row?.length)
    for (let j = 0; j < p; j++) {
      refuseText(caller, row[j], `row ${i}, column ${j} of X`)
      data[i * p + j] = row[j]
    }
  })
  return rowMajor(data, n, p)
}

function refuseText(caller: string, value: unknown, where: string): void {
  if (typeof value !== 'number') demand(false, caller, `a number in ${where}`, typeof value)
}

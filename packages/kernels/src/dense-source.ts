// Where the numbers of a matrix are before the kernels have them, and how rows of them are copied.
import { asMatrix, type Matrix, type MatrixLike } from '@logodds/linear'

export type Floats = Float64Array | Float32Array

export interface Source {
  readonly rows: number
  readonly columns: number
  /** Whether they are of single precision already. */
  readonly single: boolean
  /** Writes `rows` rows from `first` on to `into`, row-major; what is no number becomes one that is not finite. */
  copy(first: number, rows: number, into: Floats): void
}

/** @throws RangeError that says where, if X is no matrix or its rows differ in length */
export function sourceOf(caller: string, X: MatrixLike): Source {
  // Any other arrays are looked at first, slower; what they hold may be no numbers.
  return fromRows(X) ?? fromFloats(X) ?? strided(asMatrix(caller, X))
}

/** An array of rows of one length. */
function fromRows(X: MatrixLike): Source | undefined {
  if (!Array.isArray(X) || X.length === 0) return
  const rows: readonly ArrayLike<number>[] = X
  const p = rows[0]?.length
  if (!(p > 0)) return
  let single = true
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]
    if (typeof row !== 'object' || row?.length !== p) return
    single &&= row instanceof Float32Array
  }
  return {
    rows: rows.length,
    columns: p,
    single,
    copy(first, count, into) {
      for (let i = 0; i < count; i++) copyRow(rows[first + i], into, i * p, p)
    },
  }
}

// A function of its own, which is compiled well after a few rows, while the others are still to come.
function copyRow(row: ArrayLike<number>, into: Floats, to: number, p: number): void {
  if (row instanceof Float64Array || row instanceof Float32Array) {
    into.set(row, to)
    return
  }
  for (let j = 0; j < p; j++) {
    const v = row[j]
    into[to + j] = typeof v === 'number' ? v : Number.NaN
  }
}

/** Floating-point numbers with any strides; what lies outside the array is not a number. */
function fromFloats(X: MatrixLike): Source | undefined {
  const { data, shape, stride } = Object(X) as Partial<Matrix>
  if (!(data instanceof Float64Array || data instanceof Float32Array)) return
  return shape?.length === 2 && shape[0] > 0 && shape[1] > 0 && stride ? strided(X as Matrix) : undefined
}

function strided({ data, shape, stride, offset }: Matrix): Source {
  const [n, p] = shape
  const [down, right] = stride
  const last = offset + n * p
  const whole = right === 1 && down === p && offset >= 0 && last <= data.length
  return {
    rows: n,
    columns: p,
    single: data instanceof Float32Array,
    copy(first, rows, into) {
      const from = offset + first * down
      if (whole && (data instanceof Float64Array || data instanceof Float32Array))
        into.set(data.subarray(from, from + rows * p))
      else copyByTiles(data, stride, from, into, rows, p)
    },
  }
}

// Rows and columns of a tile: a column-major matrix is then read, and written, by lines of the cache.
const TILE = 16

function copyByTiles(
  data: ArrayLike<number>,
  [down, right]: readonly number[],
  offset: number,
  into: Floats,
  n: number,
  p: number,
): void {
  for (let first = 0; first < n; first += TILE)
    for (let left = 0; left < p; left += TILE)
      for (let i = first; i < Math.min(n, first + TILE); i++)
        for (let j = left; j < Math.min(p, left + TILE); j++)
          into[i * p + j] = data[offset + i * down + j * right]
}

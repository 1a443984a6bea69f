// The columns of a sparse design, (x − mean)·inverse of columns of the stored matrix, and what is done to the matrix itself to serve them.
import type { ColumnEntries } from './column-entries.ts'
import { type SparseRows, transposed } from './sparse-rows.ts'

/** Which columns of the matrix, and what is done to them; a last column of ones is none of them. */
export interface SparseColumns {
  /** Columns of the matrix, ascending. */
  readonly from: Int32Array
  readonly mean: Float64Array
  readonly inverse: Float64Array
  readonly intercept: boolean
}

// A rank-one correction costs (mean / standard deviation)² in rounding errors; up to here it costs no more than that.
const LARGE_MEAN = 8

/**
 * The same columns, of a matrix that has no column with mean ≫ standard deviation: such columns are stored less their mean. Hardly any of
 * their entries is zero, since a share z of zeros alone makes the deviation at least mean·√(z / (1 − z)), so that storage grows by 1/64 of
 * them. Columns of which more than half are zeros all the same (in rows without weight) are left alone.
 */
export function centredWhereLarge(
  matrix: SparseRows,
  columns: SparseColumns,
): { matrix: SparseRows; columns: SparseColumns } {
  const { from, mean, inverse } = columns
  if (!mean.some((m, j) => Math.abs(m * inverse[j]) > LARGE_MEAN)) return { matrix, columns }
  const filled = new Int32Array(matrix.columns)
  for (const c of matrix.indices) filled[c]++
  const away = new Float64Array(matrix.columns)
  const left = mean.slice()
  from.forEach((c, j) => {
    if (!(Math.abs(mean[j] * inverse[j]) > LARGE_MEAN && 2 * filled[c] >= matrix.rows)) return
    away[c] = mean[j]
    left[j] = 0
  })
  return { matrix: less(matrix, away), columns: { ...columns, mean: left } }
}

// The matrix less away[c] in the columns where that is not zero; these are then stored in full.
function less({ rows, columns, starts, indices, values }: SparseRows, away: Float64Array): SparseRows {
  const full = Int32Array.from(away.keys()).filter((c) => away[c])
  // Entries of other columns, and the full ones.
  let size = rows * full.length
  for (const c of indices) size += +!away[c]
  const begins = new Int32Array(rows + 1)
  const of = new Int32Array(size)
  const entries = new Float64Array(size)
  let to = 0
  for (let i = 0; i < rows; i++) {
    let q = starts[i]
    // Up to and with column c of the row.
    const merge = (c: number) => {
      for (; q < starts[i + 1] && indices[q] < c; q++) {
        of[to] = indices[q]
        entries[to++] = values[q]
      }
    }
    for (const c of full) {
      merge(c)
      of[to] = c
      entries[to++] = (q < starts[i + 1] && indices[q] === c ? values[q++] : 0) - away[c]
    }
    merge(columns)
    begins[i + 1] = to
  }
  return { rows, columns, starts: begins, indices: of, values: entries }
}

/** The matrix of the columns `from` of a matrix whose transpose is `turned`: in any order, and any of them twice. */
export function selected(
  { columns: rows, starts, indices, values }: SparseRows,
  from: Int32Array,
): SparseRows {
  const begins = new Int32Array(from.length + 1)
  from.forEach((c, j) => {
    begins[j + 1] = begins[j] + starts[c + 1] - starts[c]
  })
  const of = new Int32Array(begins[from.length])
  const entries = new Float64Array(of.length)
  from.forEach((c, j) => {
    of.set(indices.subarray(starts[c], starts[c + 1]), begins[j])
    entries.set(values.subarray(starts[c], starts[c + 1]), begins[j])
  })
  return transposed({ rows: from.length, columns: rows, starts: begins, indices: of, values: entries })
}

/** The columns by their entries, scaled; `turned` is the transpose of the stored matrix. */
export function entriesOf(turned: SparseRows, columns: SparseColumns): ColumnEntries {
  const { from, inverse } = columns
  const starts = new Int32Array(from.length + +columns.intercept + 1)
  from.forEach((c, j) => {
    starts[j + 1] = starts[j] + turned.starts[c + 1] - turned.starts[c]
  })
  starts.fill(starts[from.length], from.length)
  const rows = new Int32Array(starts[from.length])
  const values = new Float64Array(rows.length)
  from.forEach((c, j) => {
    const [first, last] = [turned.starts[c], turned.starts[c + 1]]
    rows.set(turned.indices.subarray(first, last), starts[j])
    for (let e = first; e < last; e++) values[starts[j] + e - first] = turned.values[e] * inverse[j]
  })
  return { starts, rows, values, shift: shifts(columns) }
}

/** What is taken from each scaled column: mean / deviation, and −1 for the ones, which are a column without entries less −1. */
export const shifts = ({ from, mean, inverse, intercept }: SparseColumns): Float64Array =>
  Float64Array.from({ length: from.length + +intercept }, (_, j) =>
    j < from.length ? mean[j] * inverse[j] : -1,
  )

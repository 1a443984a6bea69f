// Single rows of a sparse design: what centring takes from all columns at once is kept in two numbers, so that a visit costs what the
// row's entries cost.
//
//   u = inverse ∘ w = z − A c∘m,  c = inverse² ∘ M,  m the means;  z = (u at the start) + Σ αᵢ c∘rowᵢ,  A = Σ αᵢ since the start
//   xᵢᵀw = (rowᵢ − m)ᵀu = rowᵢᵀz − A tᵢ − mᵀz + A mᵀ(c∘m),  tᵢ = rowᵢᵀ(c∘m)
import type { RowWalk } from './row-walk.ts'
import type { SparseColumns } from './sparse-columns.ts'
import type { SparseRows } from './sparse-rows.ts'

/** @param metric M: one number for each column, and one more for ones behind them, if there are any */
export function sparseWalk(
  matrix: SparseRows,
  { from, mean, inverse, intercept }: SparseColumns,
  metric: Float64Array,
): RowWalk {
  const p = from.length
  // By columns of the matrix; 0 for those that are not among ours.
  const z = new Float64Array(matrix.columns)
  const c = z.slice()
  const cm = z.slice()
  let mcm = 0
  from.forEach((q, j) => {
    c[q] = inverse[j] * inverse[j] * metric[j]
    cm[q] = c[q] * mean[j]
    mcm += cm[q] * mean[j]
  })
  const t = Float64Array.from({ length: matrix.rows }, (_, i) => product(matrix, i, cm))
  const ones = intercept ? metric[p] : 0
  let constant = 0
  let A = 0
  let mz = 0
  return {
    begin(w) {
      A = 0
      mz = 0
      from.forEach((q, j) => {
        z[q] = inverse[j] * w[j]
        mz += mean[j] * z[q]
      })
      constant = ones && w[p]
    },
    dot: (i) => constant + (product(matrix, i, z) - A * t[i] - (mz - A * mcm)),
    square: (i) => ones + Math.max(0, square(matrix, i, c) - 2 * t[i] + mcm),
    add(i, by) {
      A += by
      mz += by * t[i]
      constant += by * ones
      grow(matrix, i, c, by, z)
    },
    read(out) {
      from.forEach((q, j) => {
        out[j] = (z[q] - A * cm[q]) / inverse[j]
      })
      if (ones) out[p] = constant
    },
  }
}

// Functions of their own, since V8 keeps what a closure captures out of registers.

function product({ starts, indices, values }: SparseRows, i: number, v: Float64Array): number {
  let sum = 0
  for (let q = starts[i], end = starts[i + 1]; q < end; q++) sum += values[q] * v[indices[q]]
  return sum
}

function square({ starts, indices, values }: SparseRows, i: number, c: Float64Array): number {
  let sum = 0
  for (let q = starts[i], end = starts[i + 1]; q < end; q++) sum += values[q] * values[q] * c[indices[q]]
  return sum
}

function grow(
  { starts, indices, values }: SparseRows,
  i: number,
  c: Float64Array,
  by: number,
  z: Float64Array,
): void {
  for (let q = starts[i], end = starts[i + 1]; q < end; q++) z[indices[q]] += by * c[indices[q]] * values[q]
}

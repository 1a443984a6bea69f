// Products of blocks of sparse rows. Nothing is packed: a block is a range of rows, or a list of them. The order of every sum depends on the
// entries alone, so that a problem gives the same bits alone and among others, and column k of K the same as one column.
import type { BlockReader } from './block-reader.ts'
import { type SparseColumns, shifts } from './sparse-columns.ts'
import { sparseGram } from './sparse-gram.ts'
import type { SparseBlock, SparseRows } from './sparse-rows.ts'

export function sparseReader(matrix: SparseRows, columns: SparseColumns): BlockReader {
  const { from, inverse, intercept } = columns
  const size = from.length
  const shift = shifts(columns)
  const block: SparseBlock = { first: 0, rows: 0, list: undefined }
  // Coefficients of the matrix's own columns, 0 for those that are not among `from`; and the same of XᵀR. P × K.
  let v = new Float64Array()
  let g = new Float64Array()
  let sums = new Float64Array()
  const makeRoom = (K: number) => {
    if (sums.length === K) return
    v = new Float64Array(matrix.columns * K)
    g = v.slice()
    sums = new Float64Array(K)
  }
  const gram = sparseGram(matrix, columns, shift)

  return {
    read(first, rows) {
      block.first = first
      block.rows = rows
      block.list = undefined
    },
    gather(rows) {
      block.rows = rows.length
      block.list = rows
    },
    multiply(w, K, out) {
      makeRoom(K)
      sums.fill(0)
      for (let j = 0; j < size; j++)
        for (let k = 0; k < K; k++) v[from[j] * K + k] = w[j * K + k] * inverse[j]
      for (let j = 0; j < shift.length; j++) for (let k = 0; k < K; k++) sums[k] -= shift[j] * w[j * K + k]
      if (K === 1) timesVector(matrix, block, v, sums[0], out)
      else timesMatrix(matrix, block, v, K, sums, out)
    },
    multiplyTransposed(r, K, out) {
      makeRoom(K)
      g.fill(0)
      sums.fill(0)
      for (let q = 0; q < block.rows * K; q++) sums[q % K] += r[q]
      if (K === 1) addVector(matrix, block, r, g)
      else addMatrix(matrix, block, r, K, g)
      for (let j = 0; j < size; j++)
        for (let k = 0; k < K; k++) out[j * K + k] += g[from[j] * K + k] * inverse[j] - shift[j] * sums[k]
      if (intercept) for (let k = 0; k < K; k++) out[size * K + k] += sums[k]
    },
    gram: (s, K, out) => gram(block, s, K, out),
  }
}

// Functions of their own, since V8 keeps what a closure captures out of registers.

// out = X v + bias.
function timesVector(
  { starts, indices, values }: SparseRows,
  { first, rows, list }: SparseBlock,
  v: Float64Array,
  bias: number,
  out: Float64Array,
): void {
  for (let r = 0; r < rows; r++) {
    const i = list ? list[r] : first + r
    let z = 0
    for (let q = starts[i], end = starts[i + 1]; q < end; q++) z += values[q] * v[indices[q]]
    out[r] = z + bias
  }
}

// out (rows × K) = X V + 1 biasᵀ.
function timesMatrix(
  { starts, indices, values }: SparseRows,
  { first, rows, list }: SparseBlock,
  v: Float64Array,
  K: number,
  bias: Float64Array,
  out: Float64Array,
): void {
  out.fill(0, 0, rows * K)
  for (let r = 0; r < rows; r++) {
    const i = list ? list[r] : first + r
    for (let q = starts[i], end = starts[i + 1]; q < end; q++) {
      const x = values[q]
      for (let k = 0, a = r * K, b = indices[q] * K; k < K; k++) out[a + k] += x * v[b + k]
    }
    for (let k = 0; k < K; k++) out[r * K + k] += bias[k]
  }
}

// g += Xᵀ r.
function addVector(
  { starts, indices, values }: SparseRows,
  { first, rows, list }: SparseBlock,
  r: Float64Array,
  g: Float64Array,
): void {
  for (let m = 0; m < rows; m++) {
    const i = list ? list[m] : first + m
    const one = r[m]
    for (let q = starts[i], end = starts[i + 1]; q < end; q++) g[indices[q]] += values[q] * one
  }
}

// G (P × K) += Xᵀ R.
function addMatrix(
  { starts, indices, values }: SparseRows,
  { first, rows, list }: SparseBlock,
  r: Float64Array,
  K: number,
  g: Float64Array,
): void {
  for (let m = 0; m < rows; m++) {
    const i = list ? list[m] : first + m
    for (let q = starts[i], end = starts[i + 1]; q < end; q++) {
      const x = values[q]
      for (let k = 0, a = m * K, b = indices[q] * K; k < K; k++) g[b + k] += x * r[a + k]
    }
  }
}

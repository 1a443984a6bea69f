// Blocks of a dense matrix, packed row-major into scratch, and their products. Four rows are taken at a time: independent sums hide the
// latency of additions, and four multiply-adds share each load and store of a result. The order of every sum depends on the
// shapes alone, so that a problem gives the same bits alone and among others, and column k of K the same as one column.
import type { BlockReader } from './block-reader.ts'
import type { Matrix } from './matrix.ts'

/** The columns of a dense design: (x − mean)·inverse of columns of the matrix; a last column of ones is none of them. */
export interface PackedColumns {
  /** Where in a row of the matrix, in numbers of its data. */
  readonly from: Int32Array
  readonly mean: Float64Array
  readonly inverse: Float64Array
}

export interface PackedReader extends BlockReader {
  /** The current block, row-major; zeros after its last row up to a multiple of four rows. */
  readonly packed: Float64Array
}

/** @param p number of columns; if there is one more than the matrix gives, it is ones */
export function packedReader(
  { data, stride, offset }: Matrix,
  columns: PackedColumns,
  blockRows: number,
  p: number,
): PackedReader {
  const x = new Float64Array(blockRows * p)
  const part = new Float64Array(blockRows)
  let m = 0

  // Σᵢ rᵢ xᵢ over the block, added to `count` numbers from out[to] on; both arrays are walked with strides.
  const accumulate = (
    r: Float64Array,
    from: number,
    rowStep: number,
    out: Float64Array,
    to: number,
    step: number,
    count: number,
  ) => {
    for (let i = 0; i < m; i += 4) {
      const at = from + i * rowStep
      const a = r[at]
      const b = r[at + rowStep]
      const c = r[at + 2 * rowStep]
      const d = r[at + 3 * rowStep]
      for (let q = i * p, end = q + count, j = to; q < end; q++, j += step)
        out[j] += a * x[q] + b * x[q + p] + (c * x[q + 2 * p] + d * x[q + 3 * p])
    }
  }

  const read = (first: number, rows: number, which?: Int32Array) => {
    m = rows
    x.fill(0, m * p)
    for (let i = 0; i < m; i++) {
      // The column of ones, unless there is another in its place.
      x[i * p + p - 1] = 1
      packRow(data, offset + (which ? which[i] : first + i) * stride[0], columns, x, i * p)
    }
  }

  return {
    packed: x,
    read,
    gather: (rows) => read(0, rows.length, rows),
    multiply(w, K, out) {
      for (let k = 0; k < K; k++)
        for (let i = 0; i < m; i += 4) {
          let a = 0
          let b = 0
          let c = 0
          let d = 0
          for (let q = i * p, end = q + p, j = k; q < end; q++, j += K) {
            a += x[q] * w[j]
            b += x[q + p] * w[j]
            c += x[q + 2 * p] * w[j]
            d += x[q + 3 * p] * w[j]
          }
          const to = i * K + k
          out[to] = a
          out[to + K] = b
          out[to + 2 * K] = c
          out[to + 3 * K] = d
        }
    },
    multiplyTransposed(r, K, out) {
      for (let k = 0; k < K; k++) accumulate(r, k, K, out, k, K, p)
    },
    gram(s, K, out) {
      for (let j = 0; j < p; j++)
        for (let k = 0; k < K; k++)
          for (let q = 0; q <= k; q++) {
            for (let i = 0; i < m; i++) part[i] = s[(i * K + k) * K + q] * x[i * p + j]
            accumulate(part, 0, 1, out, (j * K + k) * p * K + q, K, j + 1)
          }
    },
  }
}

// A function of its own, since V8 keeps what a closure captures out of registers.
function packRow(
  data: ArrayLike<number>,
  from: number,
  { from: start, mean, inverse }: PackedColumns,
  x: Float64Array,
  to: number,
): void {
  for (let j = 0; j < start.length; j++) x[to + j] = (data[from + start[j]] - mean[j]) * inverse[j]
}

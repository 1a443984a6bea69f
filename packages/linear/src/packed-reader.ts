// Blocks of a dense matrix, packed row-major into scratch, and their products. Four rows are taken at a time: independent sums hide the
// latency of additions, and four multiply-adds share each load and store of a result. The order of every sum depends on the
// shapes alone, so that a problem gives the same bits alone and among others, and column k of K the same as one column.
import type { PackedColumn } from './dense.ts'
import type { BlockReader } from './design.ts'
import type { Matrix } from './matrix.ts'

export interface PackedReader extends BlockReader {
  /** The current block, row-major; zeros after its last row up to a multiple of four rows. */
  readonly packed: Float64Array
}

/** @param p number of columns; if there is one more than `columns`, it is ones */
export function packedReader(
  { data, stride, offset }: Matrix,
  columns: readonly PackedColumn[],
  blockRows: number,
  p: number,
): PackedReader {
  const x = new Float64Array(blockRows * p)
  const [rowStride, columnStride] = stride
  const start = Int32Array.from(columns, ({ from }) => from * columnStride)
  const mean = Float64Array.from(columns, (column) => column.mean)
  const inverse = Float64Array.from(columns, (column) => column.inverse)
  // Along the shorter stride.
  const byColumn = Math.abs(rowStride) < Math.abs(columnStride)
  const last = columns.length
  let m = 0

  return {
    packed: x,
    read(first, rows) {
      m = rows
      const origin = offset + first * rowStride
      if (m < blockRows) x.fill(0, m * p)
      if (byColumn)
        for (let j = 0; j < last; j++)
          for (let i = 0, from = origin + start[j]; i < m; i++, from += rowStride)
            x[i * p + j] = (data[from] - mean[j]) * inverse[j]
      else
        for (let i = 0, to = 0; i < m; i++, to += p)
          for (let j = 0, from = origin + i * rowStride; j < last; j++)
            x[to + j] = (data[from + start[j]] - mean[j]) * inverse[j]
      if (last < p) for (let i = 0; i < m; i++) x[i * p + last] = 1
    },
    multiply(w, K, out) {
      for (let k = 0; k < K; k++)
        for (let i = 0; i < m; i += 4) {
          const a = i * p
          const b = a + p
          const c = b + p
          const d = c + p
          let za = 0
          let zb = 0
          let zc = 0
          let zd = 0
          for (let j = 0, q = k; j < p; j++, q += K) {
            za += x[a + j] * w[q]
            zb += x[b + j] * w[q]
            zc += x[c + j] * w[q]
            zd += x[d + j] * w[q]
          }
          const to = i * K + k
          out[to] = za
          out[to + K] = zb
          out[to + 2 * K] = zc
          out[to + 3 * K] = zd
        }
    },
    multiplyTransposed(r, K, out) {
      for (let k = 0; k < K; k++)
        for (let i = 0; i < m; i += 4) {
          const at = i * K + k
          const a = r[at]
          // Nothing after the block's last row, where the array holds what an earlier block left.
          const b = i + 1 < m ? r[at + K] : 0
          const c = i + 2 < m ? r[at + 2 * K] : 0
          const d = i + 3 < m ? r[at + 3 * K] : 0
          for (let j = 0, from = i * p, q = k; j < p; j++, from++, q += K)
            out[q] += a * x[from] + b * x[from + p] + (c * x[from + 2 * p] + d * x[from + 3 * p])
        }
    },
    gram(s, K, out) {
      for (let k = 0; k < K; k++)
        for (let q = 0; q <= k; q++)
          for (let i = 0; i < m; i += 4) {
            const at = (i * K + k) * K + q
            const a = s[at]
            const b = i + 1 < m ? s[at + K * K] : 0
            const c = i + 2 < m ? s[at + 2 * K * K] : 0
            const d = i + 3 < m ? s[at + 3 * K * K] : 0
            const row = i * p
            for (let j = 0; j < p; j++) {
              const sa = a * x[row + j]
              const sb = b * x[row + p + j]
              const sc = c * x[row + 2 * p + j]
              const sd = d * x[row + 3 * p + j]
              let to = (j * K + k) * p * K + q
              for (let from = row; from <= row + j; from++, to += K)
                out[to] += sa * x[from] + sb * x[from + p] + (sc * x[from + 2 * p] + sd * x[from + 3 * p])
            }
          }
    },
  }
}

// A dense design over any strided matrix. Each block of rows is packed row-major into scratch, and centring and scaling happen
// there: views of any stride give the same bits as their copies, and no second matrix is ever made. Subtracting the mean from
// the entries keeps columns with mean ≫ standard deviation exact, where a rank-one correction of X·w would cancel.
import { columnMoments } from './column-moments.ts'
import type { BlockReader, Design } from './design.ts'
import { asMatrix, type Matrix, type MatrixLike } from './matrix.ts'
import { gramMatrix, multiplyTransposedVector, multiplyVector } from './packed-products.ts'

// Half of a 32 KiB L1 cache holds a block.
const BLOCK_NUMBERS = 1600

/**
 * A dense design over X, which is not copied (an array of rows is, once) and not changed.
 *
 * @param X n × p: an ndarray of any stride, an array of rows, or a flat row-major array together with its shape [n, p].
 * @throws TypeError or RangeError if rows are ragged or the shape does not fit the data.
 */
export function dense(X: MatrixLike): Design
export function dense(data: ArrayLike<number>, shape: readonly [number, number]): Design
export function dense(X: MatrixLike | ArrayLike<number>, shape?: readonly [number, number]): Design {
  const matrix = shape
    ? { data: X as ArrayLike<number>, shape, stride: [shape[1], 1], offset: 0 }
    : (X as MatrixLike)
  return strided(asMatrix('dense', matrix))
}

/** The design of a matrix that has been checked. */
export function strided(
  matrix: Matrix,
  centre?: Float64Array,
  scale?: Float64Array,
  keep?: Int32Array,
): Design {
  const rows = matrix.shape[0]
  const columns = keep ? keep.length : matrix.shape[1]
  const blockRows = Math.max(4, Math.min(512, Math.floor(BLOCK_NUMBERS / Math.max(1, columns))))
  const design: Design = {
    rows,
    columns,
    blockRows,
    reader: () => packedReader(matrix, columns, blockRows, centre, scale, keep),
    moments(weights) {
      const reader = design.reader() as PackedReader
      return columnMoments(design, reader, reader.packed, weights)
    },
    firstNonFinite: () => firstNonFinite(matrix),
    rescaled: (c, s, k) => strided(matrix, c, s, k),
  }
  return design
}

interface PackedReader extends BlockReader {
  readonly packed: Float64Array
}

function packedReader(
  { data, stride, offset }: Matrix,
  p: number,
  blockRows: number,
  centre?: Float64Array,
  scale?: Float64Array,
  keep?: Int32Array,
): PackedReader {
  const x = new Float64Array(blockRows * p)
  const [rowStride, columnStride] = stride
  const start = new Int32Array(p)
  const mean = new Float64Array(p)
  const inverse = new Float64Array(p).fill(1)
  for (let j = 0; j < p; j++) {
    const c = keep ? keep[j] : j
    start[j] = c * columnStride
    if (centre) mean[j] = centre[c]
    if (scale) inverse[j] = 1 / scale[c]
  }
  const byColumn = Math.abs(rowStride) < Math.abs(columnStride)
  let m = 0

  return {
    packed: x,
    read(first, rows) {
      m = rows
      const origin = offset + first * rowStride
      if (byColumn) {
        for (let j = 0; j < p; j++)
          for (let i = 0, from = origin + start[j]; i < m; i++, from += rowStride)
            x[i * p + j] = (data[from] - mean[j]) * inverse[j]
      } else {
        for (let i = 0, to = 0; i < m; i++) {
          const from = origin + i * rowStride
          for (let j = 0; j < p; j++, to++) x[to] = (data[from + start[j]] - mean[j]) * inverse[j]
        }
      }
    },
    multiply(w, width, out) {
      if (width === 1) return multiplyVector(x, m, p, w, out)
      out.fill(0, 0, m * width)
      for (let i = 0; i < m; i++)
        for (let j = 0; j < p; j++) {
          const xij = x[i * p + j]
          for (let k = 0; k < width; k++) out[i * width + k] += xij * w[j * width + k]
        }
    },
    multiplyTransposed(r, width, out) {
      if (width === 1) return multiplyTransposedVector(x, m, p, r, out)
      for (let i = 0; i < m; i++)
        for (let j = 0; j < p; j++) {
          const xij = x[i * p + j]
          for (let k = 0; k < width; k++) out[j * width + k] += xij * r[i * width + k]
        }
    },
    gram(s, width, out, stride) {
      if (width === 1) return gramMatrix(x, m, p, s, out, stride)
      const square = width * width
      for (let i = 0; i < m; i++)
        for (let j = 0; j < p; j++)
          for (let l = 0; l <= j; l++) {
            const xx = x[i * p + j] * x[i * p + l]
            for (let k = 0; k < width; k++) {
              const to = (j * width + k) * stride + l * width
              const from = i * square + k * width
              for (let q = 0; q < width; q++) out[to + q] += xx * s[from + q]
            }
          }
    },
  }
}

function firstNonFinite({
  data,
  shape,
  stride,
  offset,
}: Matrix): { row: number; column: number; value: unknown } | null {
  for (let row = 0; row < shape[0]; row++)
    for (let column = 0; column < shape[1]; column++) {
      const value = data[offset + row * stride[0] + column * stride[1]]
      if (!Number.isFinite(value)) return { row, column, value }
    }
  return null
}

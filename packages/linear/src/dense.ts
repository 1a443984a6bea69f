// A dense design over any strided matrix. Each block of rows is packed row-major into scratch, and centring and scaling happen
// there: views of any stride give the same bits as their copies, and no second matrix is ever made. Subtracting the mean from
// the entries keeps columns with mean ≫ standard deviation exact, where a rank-one correction of X·w would cancel.
import { columnMoments } from './column-moments.ts'
import type { Design } from './design.ts'
import { asMatrix, type Matrix, type MatrixLike } from './matrix.ts'
import { type PackedColumns, packedReader } from './packed-reader.ts'

// Half of a 32 KiB L1 cache holds a block.
const BLOCK_NUMBERS = 1600

/**
 * A dense design over X, which is not copied (an array of rows is, once) and not changed.
 *
 * @param X n × p: an ndarray of any stride, an array of rows, or a flat row-major array together with its shape [n, p].
 * @throws RangeError if rows are ragged, the shape does not fit the data, or an entry is not a finite number.
 */
export function dense(X: MatrixLike): Design
export function dense(data: ArrayLike<number>, shape: readonly [number, number]): Design
export function dense(X: MatrixLike | ArrayLike<number>, shape?: readonly [number, number]): Design {
  const matrix = shape
    ? { data: X as ArrayLike<number>, shape, stride: [shape[1], 1], offset: 0 }
    : (X as MatrixLike)
  return strided(asMatrix('dense', matrix))
}

/** The design of a matrix that has been checked; without `columns`, of all of them as they are. */
export function strided(matrix: Matrix, columns?: PackedColumns, intercept = false): Design {
  const { shape, stride } = matrix
  const taken = columns ?? {
    from: Int32Array.from({ length: shape[1] }, (_, j) => j * stride[1]),
    mean: new Float64Array(shape[1]),
    inverse: new Float64Array(shape[1]).fill(1),
  }
  const { from, mean, inverse } = taken
  const p = from.length + +intercept
  // A multiple of four rows, which the products take at a time.
  const blockRows = Math.max(4, Math.min(512, BLOCK_NUMBERS / (p || 1))) & ~3
  const reader = () => packedReader(matrix, taken, blockRows, p)
  const design: Design = {
    rows: shape[0],
    columns: p,
    blockRows,
    reader,
    stored: { matrix, columns: taken },
    moments: (weights) => columnMoments(design, reader(), weights),
    rescaled(centre, scale, keep) {
      // Ones stay ones: they are not among the columns.
      const kept = keep.filter((c) => c < from.length)
      return strided(
        matrix,
        {
          from: kept.map((c) => from[c]),
          mean: Float64Array.from(kept, (c) => mean[c] + centre[c] / inverse[c]),
          inverse: Float64Array.from(kept, (c) => inverse[c] / scale[c]),
        },
        intercept,
      )
    },
    withIntercept: () => strided(matrix, taken, true),
  }
  return design
}

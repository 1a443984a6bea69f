// M⁻¹ for M near to a Hessian, from the rows of a dense matrix that have a curvature.
import { inverseOf } from './cholesky.ts'
import { type DenseColumns, prepare } from './dense-columns.ts'
import { bring } from './dense-pieces.ts'
import { blockRowsFor, type DenseStorage, demandHeld, widthOf } from './dense-storage.ts'
import { singlePreconditioner } from './single-preconditioner.ts'

/** See `preconditioner` of a design: in single precision, twice as fast, or where that does not do in double precision. */
export function densePreconditioner(
  storage: DenseStorage,
  columns: DenseColumns,
  curvature: Float64Array,
  ridge: Float64Array,
): (v: Float64Array, out: Float64Array) => void {
  demandHeld(storage)
  const single = singlePreconditioner(storage, columns, curvature, ridge)
  if (single) return single
  const { module, rows: n, columns: p, keep, mean, inverse } = storage
  const { from, intercept } = columns
  const [{ residual }] = storage.sums
  const [{ packed, weighted, h }] = storage.grams
  const size = from.length + +intercept
  const width = widthOf(from.length)
  const blockRows = blockRowsFor(storage, size)
  prepare(storage, columns)
  h.fill(0, 0, width * width)
  for (let first = 0; first < n; first++) {
    if (!(curvature[first] > 0)) continue
    let rows = 1
    while (rows < blockRows && curvature[first + rows] > 0) rows++
    residual.set(curvature.subarray(first, first + rows))
    module.gram(
      bring(storage, first, rows),
      rows,
      p,
      keep.byteOffset,
      from.length,
      mean.byteOffset,
      inverse.byteOffset,
      +intercept,
      residual.byteOffset,
      width,
      packed.byteOffset,
      weighted.byteOffset,
      h.byteOffset,
    )
    first += rows - 1
  }
  return inverseOf(size, (j, l) => h[j * width + l] + (j === l ? ridge[j] : 0))
}

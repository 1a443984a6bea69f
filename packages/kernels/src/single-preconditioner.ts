// M⁻¹ for M = Σ cᵢ xᵢxᵢᵀ + diag(ridge), near enough: of columns that are scaled so that M's diagonal is 1, the Gram matrix and its Cholesky
// factor are of single precision.
import { type DenseColumns, prepare } from './dense-columns.ts'
import { bring } from './dense-pieces.ts'
import type { DenseStorage } from './dense-storage.ts'
import { panelsOf, singleFactor } from './single-factor.ts'

// With more columns M's diagonal stands for it: 128 MiB, and some seconds.
const MOST_COLUMNS = 4096
// Rows at a time: two panels of them are a quarter of the first cache, and 1,000 columns half of the second.
const MOST_ROWS = 128

/**
 * See `preconditioner` of a design; undefined where M is not positive definite to single precision and somebody else may do it in doubles.
 */
export function singlePreconditioner(
  storage: DenseStorage,
  columns: DenseColumns,
  curvature: Float64Array,
  ridge: Float64Array,
): ((v: Float64Array, out: Float64Array) => void) | undefined {
  prepare(storage, columns)
  const { module, columns: p, room, keep, mean, inverse, v: scaled } = storage
  const [{ g: squares }] = storage.sums
  const { from, intercept } = columns
  const kept = from.length
  const size = kept + +intercept
  // In the room: curvatures of some rows, and their panels.
  const padded = 8 * panelsOf(size)
  const free = room.length - MOST_ROWS
  // At least one, for squares at least, where there is room for no panel.
  const most = Math.max(1, Math.min(MOST_ROWS, storage.windowRows, Math.floor((2 * free) / padded)))
  const c = room.subarray(0, MOST_ROWS)
  const place = (array: { byteOffset: number }) => array.byteOffset

  // Of one run of rows that have a curvature after the other, at most `most` at a time.
  const eachRun = (visit: (x: number, first: number, rows: number) => void) => {
    for (let first = 0; first < curvature.length; ) {
      const rows = runFrom(curvature, first, Math.min(most, curvature.length - first))
      if (rows > 0) {
        c.set(curvature.subarray(first, first + rows))
        visit(bring(storage, first, rows), first, rows)
      }
      // The row behind has no curvature, or is the next run's first.
      first += rows || 1
    }
  }

  squares.fill(0)
  scaled.set(inverse.subarray(0, kept))
  const inOrder = from.every((column, j) => column === j)
  const keepAt = inOrder ? 0 : place(keep)
  const [meanAt, scaledAt, cAt] = [mean, scaled, c].map(place)
  eachRun((x, _, rows) => {
    module.addSquares(x, rows, p, keepAt, kept, size, meanAt, scaledAt, 1, cAt, place(squares))
  })
  const diagonal = ridge.map((r, j) => {
    const entry = r + squares[j]
    return entry > 0 && entry < Infinity ? entry : 1
  })
  if (size > MOST_COLUMNS)
    return (v, out) => {
      for (let j = 0; j < size; j++) out[j] = v[j] / diagonal[j]
    }

  const scale = diagonal.map((d) => 1 / Math.sqrt(d))
  scaled.forEach((_, j) => {
    if (j < kept) scaled[j] *= scale[j]
  })
  const panels = new Float32Array(room.buffer, place(room) + 8 * MOST_ROWS, most * padded)
  const factor = singleFactor(size, most)
  let filled = 0
  const flush = () => {
    if (filled > 0) factor.add(panels, filled, most)
    filled = 0
  }
  eachRun((x, _, rows) => {
    for (let done = 0; done < rows; ) {
      const some = Math.min(rows - done, most - filled)
      const [xAt, cFrom] = [x + 8 * p * done, cAt + 8 * done]
      const [last, to] = [scale[kept] ?? 0, place(panels)]
      module.packPanels(xAt, some, p, keepAt, kept, size, meanAt, scaledAt, last, cFrom, filled, most, to)
      filled += some
      done += some
      if (filled === most) flush()
    }
  })
  flush()
  // What has neither curvature nor ridge gets 1.
  const own = ridge.map((r, j) => (r + squares[j] > 0 ? r : 1) / diagonal[j])
  if (!factor.factorize(own, storage.grams.length === 0)) return

  const { z } = factor
  return (v, out) => {
    for (let j = 0; j < size; j++) z[j] = v[j] * scale[j]
    factor.solve()
    for (let j = 0; j < size; j++) out[j] = z[j] * scale[j]
  }
}

// A function of its own, since V8 keeps what a closure captures out of registers.
function runFrom(curvature: Float64Array, first: number, most: number): number {
  let rows = 0
  while (rows < most && curvature[first + rows] > 0) rows++
  return rows
}

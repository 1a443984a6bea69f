// M⁻¹ for M near to a Hessian, from one look at the rows that have a curvature: M itself for few columns, its diagonal where p × p numbers are
// too many.
import type { SparseColumns } from '@logodds/linear'
import { inverseOf } from './cholesky.ts'
import { addUp } from './chunks.ts'
import { runChunks } from './crew.ts'
import { addGram } from './sparse-columns.ts'
import { demandHeldRows, type SparseStorage } from './sparse-storage.ts'

type Preconditioner = (v: Float64Array, out: Float64Array) => void

/** See `preconditioner` of a design. */
export function sparsePreconditioner(
  storage: SparseStorage,
  columns: SparseColumns,
  curvature: Float64Array,
  ridge: Float64Array,
): Preconditioner {
  demandHeldRows(storage)
  // The curvatures of a problem that is at work here go: it makes them again.
  storage.problem?.leave()
  storage.problem = undefined
  storage.curvature.set(curvature)
  return storage.grams.length ? inverse(storage, columns, ridge) : ofDiagonal(storage, columns, ridge)
}

function inverse(storage: SparseStorage, columns: SparseColumns, ridge: Float64Array): Preconditioner {
  const { module, columns: p, grams, curvature } = storage
  runChunks(
    module,
    'gram',
    grams.map(({ first, rows, h, t, pairs }) => [
      ...storage.place(first, rows),
      curvature.byteOffset + 8 * first,
      p,
      h.byteOffset,
      t.byteOffset,
      pairs.byteOffset,
    ]),
  )
  addUp(grams, grams.length, ({ h }) => h, p * p)
  addUp(grams, grams.length, ({ t }) => t, p + 1)
  const size = columns.from.length + +columns.intercept
  const M = new Float64Array(size * size)
  addGram(columns, grams[0].h, grams[0].t, p, (j, l, value) => {
    M[j * size + l] = value
  })
  return inverseOf(size, (j, l) => M[j * size + l] + (j === l ? ridge[j] : 0))
}

/** Σ c (x − m)² = Σ cx² − 2m Σ cx + m² Σ c of each column, scaled, plus `ridge`. */
function ofDiagonal(
  storage: SparseStorage,
  { from, mean, inverse, intercept }: SparseColumns,
  ridge: Float64Array,
): Preconditioner {
  const { module, columns: p, chunks, curvature } = storage
  runChunks(
    module,
    'squares',
    chunks.map(({ first, rows, g }) => [
      ...storage.place(first, rows),
      curvature.byteOffset + 8 * first,
      p,
      g.byteOffset,
    ]),
  )
  addUp(chunks, chunks.length, ({ g }) => g, 2 * p + 1)
  const [{ g }] = chunks
  const size = from.length
  const sum = g[2 * p]
  const reciprocal = new Float64Array(size + +intercept).fill(1 / (sum + ridge[size] || 1))
  for (let j = 0; j < size; j++) {
    const c = from[j]
    const m = mean[j]
    // What cancels leaves less than nothing at times.
    const square = Math.max(0, g[2 * c] - m * (2 * g[2 * c + 1] - m * sum))
    const entry = square * inverse[j] ** 2 + ridge[j]
    reciprocal[j] = entry > 0 && entry < Infinity ? 1 / entry : 1
  }
  return (v, out) => {
    for (let j = 0; j < reciprocal.length; j++) out[j] = v[j] * reciprocal[j]
  }
}

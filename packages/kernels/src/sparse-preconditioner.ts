// M⁻¹ for M near to a Hessian, where p × p numbers are too many: its diagonal, from one look at the rows that have a curvature.
import type { SparseColumns } from '@logodds/linear'
import { addUp } from './chunks.ts'
import { runChunks } from './crew.ts'
import { demandHeldRows, type SparseStorage } from './sparse-storage.ts'

/** See `preconditioner` of a design: Σ c (x − m)² = Σ cx² − 2m Σ cx + m² Σ c of each column, scaled, plus `ridge`. */
export function diagonalPreconditioner(
  storage: SparseStorage,
  { from, mean, inverse, intercept }: SparseColumns,
  curvature: Float64Array,
  ridge: Float64Array,
): (v: Float64Array, out: Float64Array) => void {
  demandHeldRows(storage)
  const { module, columns: p, chunks } = storage
  // The curvatures of a problem that is at work here are not to be lost.
  storage.problem?.leave()
  storage.curvature.set(curvature)
  runChunks(
    module,
    'squares',
    chunks.map(({ first, rows, g }) => [
      ...storage.place(first, rows),
      storage.curvature.byteOffset + 8 * first,
      p,
      g.byteOffset,
    ]),
  )
  addUp(chunks, chunks.length, ({ g }) => g, 2 * p + 1)
  const [{ g }] = chunks
  const size = from.length
  const sum = g[2 * p]
  const reciprocal = Float64Array.from({ length: size + +intercept }, (_, j) => {
    if (j === size) return 1 / (sum + ridge[j] || 1)
    const c = from[j]
    const m = mean[j]
    const square = g[2 * c] - m * (2 * g[2 * c + 1] - m * sum)
    // What cancels leaves less than nothing at times.
    return 1 / (Math.max(0, square) * inverse[j] ** 2 + ridge[j] || 1)
  })
  return (v, out) => {
    for (let j = 0; j < reciprocal.length; j++) out[j] = v[j] * reciprocal[j]
  }
}

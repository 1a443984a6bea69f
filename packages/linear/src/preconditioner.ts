// M⁻¹ for a matrix M that is near to a Hessian, for solvers that take one as an option.
import { cholesky, choleskySolve } from '@logodds/optim'
import type { TakenRows } from './design.ts'

export type Preconditioner = (v: Float64Array, out: Float64Array) => void

/** M = Σᵢ cᵢ xᵢxᵢᵀ + diag(ridge): by what the design has for it, else by the Gram matrices of blocks. See `preconditioner` of a design. */
export const hessianPreconditioner = (
  design: TakenRows,
  curvature: Float64Array,
  ridge: Float64Array,
): Preconditioner => design.preconditioner?.(curvature, ridge) ?? byGram(design, curvature, ridge)

function byGram(design: TakenRows, curvature: Float64Array, ridge: Float64Array): Preconditioner {
  const { rows: n, columns: p, blockRows } = design
  const reader = design.reader()
  const M = new Float64Array(p * p)
  for (let first = 0; first < n; first++) {
    if (!curvature[first]) continue
    let rows = 1
    while (rows < blockRows && curvature[first + rows]) rows++
    reader.read(first, rows)
    reader.gram(curvature.subarray(first), 1, M)
    first += rows - 1
  }
  const factor = new Float64Array(p * p)
  let share = 0
  do {
    factor.set(M)
    for (let j = 0; j < p; j++) {
      const entry = M[j * p + j] + ridge[j]
      factor[j * p + j] = entry > 0 ? entry * (1 + share) : 1
    }
    share = share * 100 || 1e-14 * p
  } while (!cholesky(factor, p))
  return (v, out) => {
    out.set(v)
    choleskySolve(factor, p, out)
  }
}

/** M = diag(d), d > 0. */
export const diagonalPreconditioner =
  (d: Float64Array): Preconditioner =>
  (v, out) => {
    for (let j = 0; j < d.length; j++) out[j] = v[j] / d[j]
  }

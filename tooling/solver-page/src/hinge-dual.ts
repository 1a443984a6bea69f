// The dual of the hinge loss with a ridge penalty, one row at a time: what dual coordinate descent asks.
import type { DualCoordinates, DualModelQuery, GradientQuery, Oracle } from '@logodds/optim'

/**
 * Answers `dual-model` for (1/n) Σ max(0, 1 − yᵢ xᵢᵀw) + λ/2 Σ_{j<p} wⱼ², the last coordinate being the intercept.
 *
 * @param rows n rows of p numbers and a 1.
 * @param f the same function, asked for value and gradient.
 * @param worked is told of each row that is read, as a share of a pass.
 */
export function hingeDual(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  lambda: number,
  f: Oracle<GradientQuery>,
  worked: (share: number) => void,
): (query: DualModelQuery) => number {
  const n = rows.length
  const size = rows[0]!.length
  const squares = rows.map((row) => row.reduce((sum, x) => sum + x * x, 0) - 1)
  const nearness = (4 * lambda * n) / squares.reduce((sum, q) => sum + q, 0)
  const strength = Array.from({ length: size }, (_, j) => (j < size - 1 ? lambda : nearness))
  const dual = new Float64Array(n)
  const w = new Float64Array(size)
  const model: DualCoordinates = {
    size: n,
    dual,
    slope(i) {
      worked(1 / n)
      return rows[i]!.reduce((sum, x, j) => sum + x * w[j]!, 0)
    },
    curvature: (i) => squares[i]! / lambda + 1 / nearness,
    move(i, by) {
      worked(1 / n)
      dual[i]! += by
      rows[i]!.forEach((x, j) => {
        w[j]! += (by * x) / strength[j]!
      })
    },
    // φ*(−z) = −yz for yz from 0 to 1/n, and infinite elsewhere.
    prox: (i, v, step) => y[i]! * Math.min(1 / n, Math.max(0, y[i]! * v + step)),
    primal: (out) => out.set(w),
  }
  return (query) => {
    const { at, gradient } = query
    const value = f({ ask: 'gradient', at, gradient })
    if (query.dual !== model) {
      query.dual = model
      rows.forEach((row, i) => {
        const margin = y[i]! * row.reduce((sum, x, j) => sum + x * at[j]!, 0)
        dual[i] = margin < 1 ? y[i]! / n : 0
      })
    }
    w.fill(0)
    rows.forEach((row, i) => {
      row.forEach((x, j) => {
        w[j]! += (dual[i]! * x) / strength[j]!
      })
    })
    w[size - 1]! += at[size - 1]!
    return value
  }
}

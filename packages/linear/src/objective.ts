// Where a loss meets a design: the local oracle. It walks the blocks of rows; for each block it computes η = X_B W + o, asks the
// loss for value and residual, and accumulates G += X_Bᵀ R and, when asked, the weighted Gram: one pass over memory answers a query.
import type { Block } from '@logodds/core'
import type { CurvatureQuery, HessianQuery } from '@logodds/optim'
import { eachBlock, type TakenRows } from './design.ts'
import type { ObjectiveQuery, Problem, ProblemOracle } from './problem.ts'

// A query, with whatever it has room for.
type Question = Pick<ObjectiveQuery, 'ask' | 'at'> &
  Partial<Pick<HessianQuery, 'gradient' | 'hessian'> & Pick<CurvatureQuery, 'along' | 'product'>>

/** The oracle of a problem: each query is answered in one pass over the design. */
export function problemOracle(design: TakenRows, problem: Problem): ProblemOracle {
  const { blocks, width: K, y, weights, offset } = problem
  const { rows: n, columns: p, blockRows } = design
  const scratch = (size: number) => new Float64Array(blockRows * size)
  const residual = scratch(K)
  const curvature = scratch(K * K)
  const moved = scratch(K)
  const eta = new Float64Array((n + 3) * K)
  const last = new Float64Array(p * K).fill(Number.NaN)
  const reader = design.reader()

  const self: ProblemOracle = {
    eta,
    at: last,
    passes: 0,
    oracle(query) {
      const visit = self.begin(query)
      let value = 0
      eachBlock(design, reader, (first, rows) => {
        value += visit(reader, first, rows)
      })
      self.passes++
      return value
    },
    begin(query) {
      const { ask, at, gradient, hessian, along, product }: Question = query
      const anew = last.some((v, j) => v !== at[j])
      last.set(at)
      for (const out of [gradient, hessian, product]) out?.fill(0)
      return (reader, first, rows) => {
        const here = eta.subarray(first * K)
        if (anew) {
          reader.multiply(at, K, here)
          if (offset) for (let q = 0; q < rows * K; q++) here[q] += offset[first * K + q]
        }
        const block: Block = { rows, first, width: K, eta: here, targets: y, weights, residual, curvature }
        const value = blocks[ask === 'curvature' ? 'hessian' : ask](block)
        if (gradient) reader.multiplyTransposed(residual, K, gradient)
        if (hessian) {
          reader.gram(curvature, K, hessian)
          if (first + rows === n) mirror(hessian, p * K, K)
        }
        if (along && product) {
          // (XᵀSX)·v = Xᵀ(S(Xv)), S being a K × K matrix for each row.
          reader.multiply(along, K, moved)
          for (let q = 0; q < rows * K; q++) {
            residual[q] = 0
            for (let k = 0; k < K; k++) residual[q] += curvature[q * K + k] * moved[q - (q % K) + k]
          }
          reader.multiplyTransposed(residual, K, product)
        }
        return value
      }
    },
  }
  return design.fused?.(problem, self) ?? self
}

// What `gram` leaves out: blocks above the diagonal, and the upper triangle of each K × K block.
export function mirror(h: Float64Array, size: number, K: number): void {
  for (let r = 0; r < size; r++)
    for (let c = 0; c <= r; c++) {
      const above = Math.min(0, (r % K) - (c % K))
      h[r * size + c] = h[c * size + r] = h[(r - above) * size + c + above]
    }
}

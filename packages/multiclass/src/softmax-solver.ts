// Which solver a softmax fit uses when it is not told, where (p + 1) K coordinates are too many for Newton's method.
import { softmax } from '@logodds/core'
import { defaultSolver, kroneckerLbfgs, type ObjectiveQuery, type SolverContext } from '@logodds/linear'
import {
  cholesky,
  choleskySolve,
  newtonCg,
  type Penalty,
  type SmoothPenalty,
  type Solver,
} from '@logodds/optim'
import { gaugedModel } from './gauged-model.ts'

// Up to here all fits take Newton's method.
const FEW = 200
// Multiplications of a preconditioner that is made anew in each of some ten iterations: half a second.
const MOST_WORK = 5e8
// K (p + 1)² doubles of it: 40 MB.
const LARGEST_BLOCKS = 5e6
// Up to here the Hessian that proximal Newton works on is written down; beyond, its model goes through the columns.
const LARGEST_HESSIAN = 1000
// The most numbers of a dense X that it then packs by columns: 1 GB.
const MOST_PACKED = 1.3e8

/**
 * As all fits for up to 200 coordinates. Beyond, for smooth objectives Newton-CG with {@link softmaxPreconditioner}, or `kroneckerLbfgs` where that
 * would take more than 5·10⁸ multiplications or 40 MB; for others proximal Newton, or FISTA where its copy of a dense X would take more than 1 GB.
 */
export function softmaxSolver(penalty: Penalty | undefined, context: SolverContext): Solver<ObjectiveQuery> {
  const { tolerance, maxIterations, size, design } = context
  const limits = { tolerance, maxIterations }
  if (penalty?.newton && size > FEW) {
    if (size <= LARGEST_HESSIAN) return penalty.newton(limits)
    if (design.entries || design.rows * design.columns <= MOST_PACKED)
      return penalty.newton(limits, gaugedModel(penalty, context))
  }
  if (size <= FEW || penalty?.solver) return defaultSolver(penalty, context)
  const blocks = size * design.columns
  if (blocks > LARGEST_BLOCKS || design.rows * blocks > MOST_WORK)
    return kroneckerLbfgs(penalty, context) as Solver<ObjectiveQuery>
  return newtonCg({ ...limits, preconditioner: softmaxPreconditioner(penalty as SmoothPenalty, context) })
}

/**
 * M⁻¹v, M being the K diagonal blocks Xᵀ diag(s pₖ(1 − pₖ)) X + λ₂ of ∇²f, of (p + 1)² each, at the point that was asked about last; made anew
 * wherever that is another one: one pass and K factorisations each time; K solves for each v.
 */
export function softmaxPreconditioner(
  penalty: SmoothPenalty | undefined,
  { design, problem, data }: SolverContext,
): (v: Float64Array, out: Float64Array) => void {
  const { rows, columns: p, blockRows } = design
  const K = problem.width
  const blocks = Array.from({ length: K }, () => new Float64Array(p * p))
  const s = new Float64Array(blockRows)
  const chance = new Float64Array(blockRows * K)
  const column = new Float64Array(p)
  const reader = design.reader()
  const strengths = new Float64Array(p * K)
  penalty?.addCurvature(strengths.slice().fill(1), strengths)
  // The point where the blocks were made.
  const made = new Float64Array(p * K).fill(Number.NaN)

  const make = () => {
    for (const M of blocks) M.fill(0)
    for (let first = 0; first < rows; first += blockRows) {
      const here = Math.min(blockRows, rows - first)
      reader.read(first, here)
      for (let q = 0; q < here * K; q += K) {
        const from = first * K + q
        softmax(data.eta.subarray(from, from + K), chance.subarray(q, q + K))
      }
      s.fill(0)
      blocks.forEach((M, k) => {
        for (let i = 0; i < here; i++) {
          const p = chance[i * K + k]
          s[i] = problem.weights[first + i] * p * (1 - p)
        }
        reader.gram(s, 1, M)
      })
    }
    data.passes++
    made.set(data.at)
    blocks.forEach((M, k) => {
      // Rounding must not make a block singular, nor a class that is certain.
      for (let j = 0; j < p; j++) M[j * p + j] = (M[j * p + j] + strengths[j * K + k]) * (1 + 1e-10) + 1e-12
      cholesky(M, p)
    })
  }
  return (v, out) => {
    if (made.some((v, q) => v !== data.at[q])) make()
    blocks.forEach((M, k) => {
      for (let j = 0; j < p; j++) column[j] = v[j * K + k]
      choleskySolve(M, p, column)
      for (let j = 0; j < p; j++) out[j * K + k] = column[j]
    })
  }
}

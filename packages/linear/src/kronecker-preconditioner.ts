// M⁻¹ for K columns of η at once: with as much curvature everywhere as there is on average, the Hessian is a Kronecker product, and what is p × p of
// it is factorised once for all columns. At the null model of a softmax that is the Hessian itself.
import type { Block } from '@logodds/core'
import { cholesky, choleskySolve, type SmoothTerm } from '@logodds/optim'
import { eachBlock, type TakenRows } from './design.ts'
import type { SolverContext } from './fit-options.ts'
import { diagonalPreconditioner, hessianPreconditioner, type Preconditioner } from './preconditioner.ts'
import type { Problem } from './problem.ts'
import type { RowSample } from './row-sample.ts'
import { sampledProblem, viewOf } from './taken-rows.ts'

// Of the mean curvature, added to each direction, so that one in which the loss is flat has some.
const LEAST_CURVATURE = 1e-3
// Beyond, p × p numbers are too many, and the diagonal stands for A; of columns with a standard deviation of 1 it is known.
const MOST_COLUMNS = 3000
// Of the mean curvature: what rounding leaves of nothing.
const ROUNDING = 1e-10

/**
 * M = A ⊗ B for coordinates jK + k: A = Σ sᵢ xᵢxᵢᵀ + diag(ridge)/b over a sample of the rows, B = Σ sᵢ ∂²ℓᵢ/∂η² at the point `at` (K × K),
 * b = tr(B)/K; one solve with A for each column of v, and with B for each row.
 *
 * A shift of all columns of η by the same, which a softmax does not see, has the penalty's curvature alone; K where there is none, as a term
 * ½(Σₖ wⱼₖ)² has.
 *
 * Source: Martens & Grosse, Optimizing Neural Networks with Kronecker-factored Approximate Curvature (2015), §3, for one layer.
 */
export function kroneckerPreconditioner(
  { design, problem }: Pick<SolverContext, 'design' | 'problem'>,
  term: SmoothTerm | undefined,
  sample: RowSample,
  at: Float64Array,
): Preconditioner {
  const { columns: p } = design
  const { width: K } = problem
  // They are looked at twice only, which is no reason to copy them.
  const rows = viewOf(design, sample)
  const B = meanCurvature(rows, sampledProblem(problem, sample), at)
  let mean = 0
  for (let k = 0; k < K; k++) mean += B[k * K + k] / K
  // A loss that is flat there, as where all is certain, has nothing to say.
  if (!(mean > 0)) mean = 1
  let unseen = true
  for (let k = 0; k < K; k++) {
    const sum = B.subarray(k * K, (k + 1) * K).reduce((a, b) => a + b)
    unseen &&= Math.abs(sum) <= ROUNDING * mean
  }
  for (let q = 0; q < K * K; q++) {
    if (unseen) B[q] += mean / K
    if (q % (K + 1) === 0) B[q] += LEAST_CURVATURE * mean
  }
  if (!cholesky(B, K)) for (let q = 0; q < K * K; q++) B[q] = q % (K + 1) === 0 ? Math.sqrt(mean) : 0

  // The ridge of a coordinate is the same in all columns of η, or nearly so.
  const strengths = new Float64Array(p * K)
  term?.addCurvature(strengths.slice().fill(1), strengths)
  const ridge = Float64Array.from({ length: p }, (_, j) => {
    let sum = 0
    for (let k = 0; k < K; k++) sum += strengths[j * K + k]
    return sum / K
  })
  const own = ridge.map((r) => r / mean)
  const solve =
    p <= MOST_COLUMNS
      ? hessianPreconditioner(rows, sample.weights, own)
      : diagonalPreconditioner(own.map((r) => 1 + r))

  const column = new Float64Array(p)
  const solved = new Float64Array(p)
  return (v, out) => {
    for (let k = 0; k < K; k++) {
      for (let j = 0; j < p; j++) column[j] = v[j * K + k]
      solve(column, solved)
      for (let j = 0; j < p; j++) out[j * K + k] = solved[j]
    }
    for (let j = 0; j < p; j++) {
      const row = out.subarray(j * K, (j + 1) * K)
      choleskySolve(B, K, row)
      if (!unseen) continue
      let shift = 0
      for (let k = 0; k < K; k++) shift += v[j * K + k] / (ridge[j] || K) - row[k]
      for (let k = 0; k < K; k++) row[k] += shift / K
    }
  }
}

/** Σ sᵢ ∂²ℓᵢ/∂η², K × K. */
function meanCurvature(
  design: TakenRows,
  { blocks, width: K, y, weights: s, offset }: Problem,
  at: Float64Array,
): Float64Array {
  const { blockRows } = design
  const reader = design.reader()
  const each = y.length / s.length
  const eta = new Float64Array(blockRows * K)
  const residual = eta.slice()
  const curvature = new Float64Array(blockRows * K * K)
  const sum = new Float64Array(K * K)
  eachBlock(design, reader, (first, rows) => {
    reader.multiply(at, K, eta)
    if (offset) for (let q = 0; q < rows * K; q++) eta[q] += offset[first * K + q]
    const targets = y.subarray(first * each)
    const weights = s.subarray(first)
    const block: Block = { rows, first: 0, width: K, eta, targets, weights, residual, curvature }
    blocks.hessian(block)
    for (let i = 0; i < rows; i++) for (let q = 0; q < K * K; q++) sum[q] += curvature[i * K * K + q]
  })
  return sum
}

// L-BFGS for many columns of η, on top of one factorisation that they share.
import { lbfgs, type Penalty, type SmoothPenalty } from '@logodds/optim'
import type { SolverChoice, SolverContext } from './fit-options.ts'
import { kroneckerPreconditioner } from './kronecker-preconditioner.ts'
import { sampleRows } from './row-sample.ts'

// From half as many to as many again costs a tenth of the passes more or less.
const ROWS_PER_COLUMN = 16
// Pairs of steps: each costs four products of vectors an iteration, nothing beside a pass, and half as many cost a fifth more passes.
const MOST_PAIRS = 50
const LEAST_PAIRS = 10
// All pairs together have at most so many numbers.
const NUMBERS = 16777216

/**
 * For K columns of η, as of a softmax, and penalties with a gradient: L-BFGS preconditioned by the Hessian at the start as far as that is a Kronecker
 * product, K × K by p × p, made of some rows once: see {@link kroneckerPreconditioner}. Takes p² numbers, where (Kp)² would be too
 * many; and some 35 passes to six digits where L-BFGS alone takes 800.
 */
export const kroneckerLbfgs: SolverChoice = (penalty: Penalty | undefined, context: SolverContext) => {
  const { design, problem, data, size, tolerance, maxIterations } = context
  const memory = Math.floor(Math.max(LEAST_PAIRS, Math.min(MOST_PAIRS, NUMBERS / 2 / size)))
  return function* (x) {
    const sample = sampleRows(design, problem, ROWS_PER_COLUMN * design.columns)
    const preconditioner = kroneckerPreconditioner(context, penalty as SmoothPenalty | undefined, sample, x)
    // The sample is read twice: for the mean curvature, and for the Gram matrix.
    data.passes += Math.ceil((2 * sample.rows) / design.rows)
    return yield* lbfgs({ tolerance, maxIterations, memory, preconditioner })(x)
  }
}

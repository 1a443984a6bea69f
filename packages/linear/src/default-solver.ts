// Which solver a fit uses when it is not told.
import { lbfgs, newton, type Penalty, type Solver } from '@logodds/optim'
import type { SolverContext } from './fit-options.ts'
import type { ObjectiveQuery } from './problem.ts'

// Newton's p³ is small change up to here; beyond, L-BFGS needs no matrix.
const NEWTON_COORDINATES = 200

// Newton doubles the correct digits with each pass: three decades below the tolerance cost at most one more, and give the digits
// that R prints. If rounding gets in its way there, the fit is still judged by the tolerance.
const POLISH = 1e-3

/** The penalty's own solver where it brings one; else Newton for few coordinates and L-BFGS beyond. */
export function defaultSolver(
  penalty: Penalty | undefined,
  { tolerance, maxIterations, size }: SolverContext,
): Solver<ObjectiveQuery> {
  if (penalty?.solver) return penalty.solver({ tolerance, maxIterations })
  return size <= NEWTON_COORDINATES
    ? newton({ tolerance: tolerance * POLISH, maxIterations })
    : lbfgs({ tolerance, maxIterations })
}

// Which solver a fit uses when it is not told.
import { type Limits, lbfgs, newton, type Penalty, type Solver } from '@logodds/optim'
import type { SolverContext } from './fit-options.ts'
import type { ObjectiveQuery } from './problem.ts'

// Newton's p³ is small change up to here; beyond, L-BFGS needs no matrix.
const NEWTON_COORDINATES = 200

// Newton doubles the correct digits with each pass: three decades below the tolerance cost at most one more, and give the digits
// that R prints. If rounding gets in its way there, the fit is still judged by the tolerance.
const POLISH = 1e-3

interface Solvers {
  newton?(limits: Limits): Solver<ObjectiveQuery>
  solver?(limits: Limits): Solver<ObjectiveQuery>
}

/** Newton for few coordinates and L-BFGS beyond; where the penalty brings solvers, those: proximal Newton for few, FISTA beyond. */
export function defaultSolver(
  penalty: Penalty | undefined,
  { tolerance, maxIterations, size }: SolverContext,
): Solver<ObjectiveQuery> {
  const { newton: quick, solver = lbfgs }: Solvers = penalty?.solver ? penalty : { newton }
  return size <= NEWTON_COORDINATES && quick
    ? quick({ tolerance: tolerance * POLISH, maxIterations })
    : solver({ tolerance, maxIterations })
}

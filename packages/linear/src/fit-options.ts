// What the caller of a fit may choose, and what it is told on the way.
import type { Penalty, ProximalSolver, Solver } from '@logodds/optim'
import type { StartingPoint } from './columns.ts'
import type { Design } from './design.ts'
import type { ObjectiveQuery, Problem, ProblemOracle } from './problem.ts'

/** What a solver may want to know besides the penalty. */
export interface SolverContext {
  /** A quarter of the fit's tolerance, so that re-centring the intercept afterwards does not lead out of it. */
  readonly tolerance: number
  /** As given to the fit; undefined: the solver's own default. */
  readonly maxIterations: number | undefined
  /** Number of coordinates, intercepts included. */
  readonly size: number
  /** The columns as the solver sees them: centred, scaled, with the intercept last. */
  readonly design: Design
  readonly problem: Problem
  /** What answers about the data term, and counts the passes: for solvers that work with a model of their own of it. */
  readonly data: ProblemOracle
  /** See {@link ScalarLoss.smoothness} of `@logodds/core`. */
  readonly lossSmoothness: number
}

/**
 * Makes the solver for a fit, from the penalty in the coordinates in which the solver works. A penalty without a gradient needs a
 * solver that takes it: `(penalty, { tolerance }) => fista({ penalty, tolerance })`.
 */
export type SolverChoice = (
  penalty: Penalty | undefined,
  context: SolverContext,
) => (Solver<ObjectiveQuery> | ProximalSolver<ObjectiveQuery>) & Method

/** Of a solver that was chosen for the problem: what it is, and why. */
export interface Method {
  /** As 'after 6 iterations of …' goes on in the fit's message. */
  readonly method?: string | undefined
}

/** A step of a fit, on the scale of X. */
export interface FitStep {
  readonly iteration: number
  /** The penalised mean loss. */
  readonly value: number
  /** ∞-norm of the gradient, or of the distance to the subdifferential, on standardised columns. */
  readonly optimality: number
  /** One row for each column of η. */
  readonly coefficients: number[][]
  readonly intercepts: number[]
}

/** What all fits have in common. */
export interface FitOptions {
  /** `l2(λ)`, `l1(λ)`, `elasticNet(λ, α)`, …, of the mean loss; its weights are one for each column of X. Default: none. */
  penalty?: Penalty | undefined
  /** n sample weights ≥ 0: counts. Default: 1. */
  weights?: ArrayLike<number> | undefined
  /** Whether the penalty sees columns with standard deviation 1 (1/N). Coefficients are always reported on the scale of X. Default: true. */
  standardize?: boolean | undefined
  /** Default: true. Never penalised. */
  intercept?: boolean | undefined
  /** Names of the columns of X. Default: x0, x1, … */
  terms?: readonly string[] | undefined
  /** Default: Newton for up to 200 coordinates, L-BFGS beyond; for penalties without a gradient their own: proximal Newton, FISTA beyond. */
  solver?: SolverChoice | undefined
  /** ∞-norm of the gradient (or of the distance to the subdifferential) on standardised columns of the mean loss. Default: 1e-8. */
  tolerance?: number | undefined
  /** Default: the solver's own (100 for Newton's kinds, 1000 for L-BFGS, 10 000 for FISTA). */
  maxIterations?: number | undefined
  /** Where to start; default: the null model. */
  start?: StartingPoint | undefined
  /** Called after each iteration of each problem (one-vs-rest has one for each class); return 'stop' to end it there. */
  onStep?: ((step: FitStep, problem: number) => unknown) | undefined
}

// What the caller of fitLinear may choose.
import type { Declared, ScalarLoss } from '@logodds/core'
import type { Penalty, ProximalSolver, Solver } from '@logodds/optim'
import type { StartingPoint } from './columns.ts'
import type { FitOptions, SolverContext } from './fit-options.ts'
import type { DataQuery } from './single-objective.ts'

/**
 * A loss of one raw input: one of `@logodds/core`, or one's own, which may declare as much of itself as it knows. What is not declared is taken
 * for: any finite number as a target, the link 'identity', convex, and a kink if `smoothness` is Infinity and `hessian` is 0 wherever one looks.
 */
export type LinearLoss = ScalarLoss & Partial<Declared>

/** As `SolverChoice`, for an objective that also answers samples, its dual and quadratic models. */
export type LinearSolverChoice = (
  penalty: Penalty | undefined,
  context: SolverContext,
) => Solver<DataQuery> | ProximalSolver<DataQuery>

export interface LinearOptions extends Omit<FitOptions, 'solver'> {
  /** Default: `squared`, ½ (η − y)². */
  loss?: LinearLoss | undefined
  /** n numbers added to η; the model then needs one to predict. Default: none. */
  offset?: ArrayLike<number> | undefined
  /** Where to start, on the scale of X; default: the model of an intercept alone. */
  start?: StartingPoint | undefined
  /**
   * Default: the normal equations for the squared loss up to 1000 coordinates; else Newton up to 200, L-BFGS beyond; for penalties without a
   * gradient their own. Losses with kinks: the method of multipliers, each of whose rounds is one of these.
   */
  solver?: LinearSolverChoice | undefined
  /**
   * Of the gradient on standardised columns of the mean loss (or of its distance to the subdifferential), relative to
   * √(Σ s (∂ℓ/∂η)²) at the null model, so that the units of y do not matter. Default: 1e-8.
   */
  tolerance?: number | undefined
}

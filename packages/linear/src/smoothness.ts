// The curvature that a step must respect, for solvers inside a fit.
import type { Penalty, SmoothPenalty } from '@logodds/optim'
import type { SolverContext } from './fit-options.ts'
import { spectralBound } from './spectral-bound.ts'

/**
 * An upper bound of the largest eigenvalue of the Hessian of a fit's objective: 1/L is a step that guarantees descent. One pass.
 *
 * @example fitLogistic(X, y, { solver: (penalty, context) => gradientDescent({ step: 1 / smoothness(context, penalty) }) })
 */
export function smoothness({ design, problem, lossSmoothness }: SolverContext, penalty?: Penalty): number {
  const added = penalty && 'smooth' in penalty ? (penalty as SmoothPenalty).smoothness : 0
  return lossSmoothness * spectralBound(design, problem.weights) + added
}

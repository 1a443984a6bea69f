// The solvers that can be watched, each made for the fit at hand.
import { type SolverChoice, smoothness } from '@logodds/linear'
import { gradientDescent, lbfgs, newton } from '@logodds/optim'

export type SolverName = 'gradient-descent' | 'lbfgs' | 'newton'

/** What the certificate asks of the gradient norm, measured where the fit ends. */
export const TOLERANCE = 1e-8

/** The solver of that name, for `fitLogistic` and its kin. */
export const solverChoice =
  (name: SolverName): SolverChoice =>
  (penalty, context) => {
    const { tolerance } = context
    if (name === 'newton') return newton({ tolerance })
    if (name === 'lbfgs') return lbfgs({ tolerance })
    return gradientDescent({ step: 1 / smoothness(context, penalty), tolerance })
  }

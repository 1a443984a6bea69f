// Which solver fitLinear uses when it is not told.
import type { Penalty, Solver } from '@logodds/optim'
import { defaultSolver } from './default-solver.ts'
import type { Envelopes } from './envelopes.ts'
import type { SolverContext } from './fit-options.ts'
import type { LinearLoss } from './linear-options.ts'
import { isQuadratic } from './loss-traits.ts'
import { isKinked, methodOfMultipliers } from './method-of-multipliers.ts'
import { normalEquations } from './normal-equations.ts'
import { orElse } from './or-else.ts'
import type { ObjectiveQuery } from './problem.ts'

// The factorisation is a few passes over as many rows.
const CLOSED_FORM = 1000

/** @param envelopes the smooth stand-ins of a loss with kinks */
export const linearSolver =
  (loss: LinearLoss, envelopes: Envelopes | undefined, spread: number) =>
  (penalty: Penalty | undefined, context: SolverContext): Solver<ObjectiveQuery> => {
    // Proximal Newton walks a model that has to be convex.
    if (penalty?.solver && loss.convex === false) return penalty.solver(context)
    const taken = penalty?.solver && penalty
    if (!envelopes) {
      if (!taken && context.size <= CLOSED_FORM && isQuadratic(loss)) return normalEquations(context)
      // Newton's methods find no way along a loss that is straight where they stand, as log-cosh is far from y; gradients do.
      const solver = orElse(context, defaultSolver(penalty, context), (maxIterations) =>
        defaultSolver(penalty, { ...context, size: Infinity, maxIterations }),
      )
      return taken ? Object.assign(solver, { penalty: taken }) : solver
    }
    // Envelopes are stiff, and Newton's methods do not mind: they count as few for longer. A round that takes them many iterations had better
    // hold on more strongly to where it started.
    const few = context.size <= CLOSED_FORM
    const limits = few ? { size: 1, maxIterations: 50 } : { maxIterations: 1000 }
    const solver = methodOfMultipliers({
      envelopes,
      inner: (tolerance: number) =>
        defaultSolver(isKinked(penalty) ? undefined : penalty, { ...context, ...limits, tolerance }),
      penalty: taken,
      spread,
      tolerance: context.tolerance,
      maxIterations: context.maxIterations,
    })
    return taken ? Object.assign(solver, { penalty: taken }) : solver
  }

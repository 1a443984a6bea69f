// A penalty without a gradient brings the solvers that can take it, so that a fit need not import one for penalties it never sees.
import { byHessian } from './by-hessian.ts'
import { byModel } from './by-model.ts'
import { fista } from './fista.ts'
import type { Penalty } from './penalty.ts'
import { proximalNewton } from './proximal-newton.ts'

/** The penalty, with FISTA and proximal Newton as its solvers; also in other coordinates. */
export function composite<P extends Penalty>(base: P): P {
  const penalty: P = {
    ...base,
    solver: (limits) => fista({ penalty, ...limits }),
    // Where the penalty is not convex, its prox refuses the long steps that flat coordinates ask for.
    ...(!('stepLimit' in base) && {
      newton(limits, modelOf) {
        const solver = proximalNewton({ penalty, ...limits })
        return modelOf ? byModel(solver, modelOf) : byHessian(solver)
      },
    }),
    inCoordinates: (...args) => composite(base.inCoordinates(...args)),
  }
  return penalty
}

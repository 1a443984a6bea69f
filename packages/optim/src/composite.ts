// A penalty without a gradient brings the solver that can take it, so that a fit need not import one for penalties it never sees.
import { fista } from './fista.ts'
import type { Penalty } from './penalty.ts'

/** The penalty, with FISTA as its solver; also in other coordinates. */
export function composite(base: Penalty): Penalty {
  const penalty: Penalty = {
    ...base,
    solver: (limits) => fista({ penalty, ...limits }),
    inCoordinates: (weights, scale) => composite(base.inCoordinates(weights, scale)),
  }
  return penalty
}

// A smooth penalty joins the function: what the oracle answered, plus P.
import type { CurvatureQuery, GradientQuery, HessianQuery, Oracle, ValueQuery } from './oracle.ts'
import type { SmoothTerm } from './penalty.ts'

/** The questions to which a smooth penalty can add its part. */
export type SmoothQuery = ValueQuery | GradientQuery | CurvatureQuery | HessianQuery

/**
 * Adds ∇P, ∇²P·along or ∇²P to what an oracle has just written into `query`.
 *
 * @returns P(at), to be added to the oracle's answer.
 */
export function addPenalty(penalty: SmoothTerm, query: SmoothQuery): number {
  if (query.ask === 'curvature') penalty.addCurvature(query.along, query.product)
  else if (query.ask !== 'value') penalty.addGradient(query.at, query.gradient)
  if (query.ask === 'hessian') penalty.addHessian(query.hessian)
  return penalty.value(query.at)
}

/** The oracle of f + P: answers what `oracle` answers, at no further pass over the data. */
export const penalized =
  <Q extends SmoothQuery>(oracle: Oracle<Q>, penalty: SmoothTerm): Oracle<Q> =>
  (query) =>
    oracle(query) + addPenalty(penalty, query)

// What a fit can prove about the point that it reports: a lower bound of the minimum, or that there is none.
// With u = s(y − p), c·u is a dual point for the largest c ≤ 1 that is feasible; every dual value is a lower bound of the minimum,
// so primal − dual bounds the error without trust in the solver. Feasibility needs Σu = 0 where there is an unpenalised intercept,
// hence the re-centring: an intercept off by 1e-3 would give a negative "gap".
import type { Block } from '@logodds/core'
import {
  addPenalty,
  type HessianQuery,
  minimize,
  newton,
  type Penalty,
  type SmoothTerm,
} from '@logodds/optim'
import { strided } from './dense.ts'
import { problemOracle } from './objective.ts'
import type { Problem, ProblemOracle } from './problem.ts'

// Σu at the level of rounding.
const BALANCED = 1e-12

/**
 * The K intercepts that a model of intercepts alone has on top of the offset.
 *
 * @param gauge for K > 1: picks one of the shifts that softmax does not see, without which rounding ends Newton's method early
 */
export function nullIntercepts(
  problem: Problem,
  gauge: SmoothTerm | undefined,
  start: Float64Array,
): Float64Array {
  // A matrix of no columns, and one of ones, which is not stored.
  const { weights } = problem
  const none = { data: weights, shape: [weights.length, 0], stride: [0, 0], offset: 0 } as const
  const { oracle } = problemOracle(strided(none, undefined, true), problem)
  const gauged = (query: HessianQuery) => oracle(query) + (gauge ? addPenalty(gauge, query) : 0)
  return minimize(gauged, newton({ tolerance: 1e-14 }), start).at
}

/** All n rows at η as one block, with weights of one's own. */
export const wholeBlock = ({ y, width }: Problem, eta: Float64Array, weights: Float64Array): Block => ({
  rows: weights.length,
  first: 0,
  width,
  eta,
  targets: y,
  weights,
  residual: new Float64Array(eta.length),
  curvature: new Float64Array(),
})

/**
 * The dual objective at the η of `data` (re-centred before): no value of the primal is below it.
 *
 * Where u itself is feasible and the loss smooth, its conjugate at u is what Fenchel and Young say of a point and its slope: nothing of the data but
 * the gradient is needed.
 *
 * @param at the point, `value` the data term there, `smooth` whether it has one slope there
 * @param gradient of the data term, that is −Xᵀu, intercepts last
 * @param penalty in the same coordinates, unpenalised in the intercepts only
 * @param intercepts index of the first intercept in `gradient`
 * @returns null where the loss has no conjugate, or the re-centring did not succeed
 */
export function dualValue(
  problem: Problem,
  data: ProblemOracle,
  at: Float64Array,
  value: number,
  smooth: boolean,
  gradient: Float64Array,
  penalty: Penalty,
  intercepts: number,
): number | null {
  const { blocks, offset, weights } = problem
  if (!blocks.conjugate || !gradient.subarray(intercepts).every((g) => Math.abs(g) <= BALANCED)) return null
  const u = gradient.map((g) => -g)
  const scale = penalty.dualScale(u)
  if (smooth && scale === 1)
    return at.reduce((sum, v, q) => sum - v * gradient[q], value) - penalty.conjugate(u, 1)
  const block = wholeBlock(problem, data.eta, weights)
  const dual = -penalty.conjugate(u, scale) - blocks.conjugate(block, scale)
  blocks.gradient(block)
  return offset?.reduce((sum, o, i) => sum + scale * block.residual[i] * o, dual) ?? dual
}

/** Whether η − o has the sign of its class (y is 0 or 1) in every row that has weight: complete separation. */
export const separates = ({ y, weights, offset }: Problem, eta: Float64Array): boolean =>
  weights.every((s, i) => !s || (2 * y[i] - 1) * (eta[i] - (offset?.[i] ?? 0)) > 0)

// What a fit can prove about the point that it reports: a lower bound of the minimum, or that there is none.
// With u = s(y − p), c·u is a dual point for the largest c ≤ 1 that is feasible; every dual value is a lower bound of the minimum,
// so primal − dual bounds the error without trust in the solver. Feasibility needs Σu = 0 where there is an unpenalised intercept,
// hence the re-centring: an intercept off by 1e-3 would give a negative "gap".
import type { Block } from '@logodds/core'
import { minimize, newton, type Penalty } from '@logodds/optim'
import { strided } from './dense.ts'
import { onlyOne, type Problem, type ProblemState, sharedObjective } from './objective.ts'

// Σu at the level of rounding.
const BALANCED = 1e-12

/** The K intercepts that a model of intercepts alone has on top of the offset `eta`. No pass over X. */
export function nullIntercepts(problem: Problem, eta: Float64Array | undefined): Float64Array {
  const { y, width } = problem
  const nothing = strided({ data: [], shape: [y.length, 0], stride: [0, 0], offset: 0 }, [], true)
  const { oracle } = sharedObjective(nothing, [{ ...problem, offset: eta }])
  return minimize(onlyOne(oracle), newton({ tolerance: 1e-14 }), new Float64Array(width)).at
}

/** All n rows at the stored η as one block, with weights of one's own. */
export const wholeBlock = ({ y, width, eta }: ProblemState, weights: Float64Array): Block => ({
  rows: y.length,
  first: 0,
  width,
  eta,
  targets: y,
  weights,
  residual: new Float64Array(eta.length),
  curvature: new Float64Array(0),
})

/**
 * The dual objective at the stored η (re-centred before): no value of the primal is below it.
 *
 * @param gradient of the data term, that is −Xᵀu, intercepts last
 * @param penalty in the same coordinates, unpenalised in the intercepts only
 * @param intercepts index of the first intercept in `gradient`
 * @returns null where the loss has no conjugate, or the re-centring did not succeed
 */
export function dualValue(
  state: ProblemState,
  gradient: Float64Array,
  penalty: Penalty,
  intercepts: number,
): number | null {
  const { blocks, offset } = state
  if (!blocks.conjugate || !gradient.subarray(intercepts).every((g) => Math.abs(g) <= BALANCED)) return null
  const scale = penalty.dualScale(gradient)
  const block = wholeBlock(state, state.weights)
  let dual = -penalty.conjugate(gradient, scale) - blocks.conjugate(block, scale)
  if (offset) {
    blocks.gradient(block)
    block.residual.forEach((u, i) => {
      dual += scale * u * offset[i]
    })
  }
  return dual
}

/** Whether η − o puts every row that has weight strictly on the side of its class: complete separation. */
export function separates({ width: K, eta, y, weights, offset }: ProblemState): boolean {
  // Stops at the first row that is on the wrong side of some class.
  return weights.every((s, i) => {
    const score = (k: number) => eta[i * K + k] - (offset ? offset[i * K + k] : 0)
    if (K === 1) return s === 0 || (2 * y[i] - 1) * score(0) > 0
    for (let k = 0; s > 0 && k < K; k++) if (k !== y[i] && !(score(y[i]) > score(k))) return false
    return true
  })
}

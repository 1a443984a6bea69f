// The ridge penalty, which is smooth: it is added to the oracle, and every solver serves.
import type { SmoothPenalty } from './penalty.ts'
import { type PenaltyOptions, separable } from './separable.ts'
import { type Strengths, strengths } from './strengths.ts'

/**
 * λ/2 Σⱼ weightⱼ wⱼ²: coordinates shrink, none to zero. Add it to an oracle by `penalized`.
 *
 * Unpenalised coordinates (weight 0) neither limit `dualScale` nor add to `conjugate`: the caller makes sure that u is 0 there.
 *
 * @throws RangeError if lambda or a weight is negative or not finite; at use, if there are not as many weights as coordinates.
 */
export const l2 = (lambda: number, { weights }: PenaltyOptions = {}): SmoothPenalty =>
  ridge(strengths('l2', lambda, 0, weights))

function ridge(own: Strengths): SmoothPenalty {
  const { weights, l2: strength, check } = own
  let smoothness = weights ? 0 : strength(0)
  weights?.forEach((_, j) => {
    smoothness = Math.max(smoothness, strength(j))
  })
  return {
    ...separable(own),
    smooth: true,
    smoothness,
    addGradient(w, gradient) {
      check(w.length)
      for (let j = 0; j < w.length; j++) gradient[j]! += strength(j) * w[j]!
    },
    addCurvature(along, product) {
      check(along.length)
      for (let j = 0; j < along.length; j++) product[j]! += strength(j) * along[j]!
    },
    addHessian(hessian) {
      const size = Math.sqrt(hessian.length)
      check(size)
      for (let j = 0; j < size; j++) hessian[j * (size + 1)]! += strength(j)
    },
    inCoordinates: (weights, scale) => ridge(own.inCoordinates(weights, scale)),
  }
}

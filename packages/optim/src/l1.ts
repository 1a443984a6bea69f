// The lasso penalty.
import { composite } from './composite.ts'
import type { KinkedPenalty } from './penalty.ts'
import { type PenaltyOptions, separable } from './separable.ts'
import { strengths } from './strengths.ts'

/**
 * λ Σⱼ weightⱼ |wⱼ|: few coordinates stay away from zero. Its prox is soft thresholding. Its `solver` is `fista`. With weights it is the weighted
 * ℓ1 penalty; with weights 1/|ŵⱼ|ᵞ from an earlier fit ŵ, the adaptive lasso (Zou, J. Am. Stat. Assoc. 101 (2006), 1418–1429).
 *
 * Unpenalised coordinates (weight 0) neither limit `dualScale` nor add to `conjugate`: the caller makes sure that u is 0 there.
 *
 * @throws RangeError if lambda or a weight is negative or not finite; at use, if there are not as many weights as coordinates.
 */
export const l1 = (lambda: number, { weights }: PenaltyOptions = {}): KinkedPenalty =>
  composite(separable(strengths('l1', lambda, 1, weights)))

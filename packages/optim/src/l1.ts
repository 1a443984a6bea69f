// The lasso penalty.
import { composite } from './composite.ts'
import type { Penalty } from './penalty.ts'
import { type PenaltyOptions, separable } from './separable.ts'
import { strengths } from './strengths.ts'

/**
 * λ Σⱼ weightⱼ |wⱼ|: few coordinates stay away from zero. Its prox is soft thresholding. Its `solver` is `fista`.
 *
 * Unpenalised coordinates (weight 0) neither limit `dualScale` nor add to `conjugate`: the caller makes sure that u is 0 there.
 *
 * @throws RangeError if lambda or a weight is negative or not finite; at use, if there are not as many weights as coordinates.
 */
export const l1 = (lambda: number, { weights }: PenaltyOptions = {}): Penalty =>
  composite(separable(strengths('l1', lambda, 1, weights)))

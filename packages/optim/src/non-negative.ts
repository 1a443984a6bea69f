// Coefficients that must not be negative.
import { composite } from './composite.ts'
import { interval } from './interval.ts'
import type { Constraint } from './penalty.ts'
import type { PenaltyOptions } from './separable.ts'

/**
 * 0 if all wⱼ ≥ 0, Infinity otherwise: a `box` from 0 to Infinity, with the same properties. Coordinates of weight 0 are free.
 *
 * @throws RangeError if a weight is negative or not finite; at use, if there are not as many weights as coordinates.
 */
export const nonNegative = ({ weights }: PenaltyOptions = {}): Constraint =>
  composite(interval('non-negative', 0, Infinity, weights))

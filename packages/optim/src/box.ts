// Bounds on the coordinates, as a penalty: 0 within them, infinite beyond.
import { composite } from './composite.ts'
import { interval } from './interval.ts'
import type { Constraint } from './penalty.ts'
import type { PenaltyOptions } from './separable.ts'

/**
 * 0 if lowerⱼ ≤ wⱼ ≤ upperⱼ for all j, Infinity otherwise; its prox clips. Bounds are numbers for all coordinates or arrays with one for each;
 * ±Infinity is no bound. Coordinates of weight 0 are free. Its `solver` is `fista`; `projectedGradient` takes it too.
 *
 * A start outside is moved to the nearest point inside. `lambda` is 1, and any other positive number would say the same.
 * The conjugate is Σⱼ max(lowerⱼ uⱼ, upperⱼ uⱼ), to which free coordinates do not add: the caller makes sure that u is 0 there.
 * Source: Parikh & Boyd, Proximal Algorithms (2014), §6.2.4.
 *
 * @throws RangeError if a lower bound is above its upper one or either is NaN, or if a weight is negative or not finite; at use, if there are
 * not as many bounds or weights as coordinates.
 */
export const box = (
  lower: number | ArrayLike<number>,
  upper: number | ArrayLike<number>,
  { weights }: PenaltyOptions = {},
): Constraint => composite(interval('box', lower, upper, weights))

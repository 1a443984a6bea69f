// The smoothly clipped absolute deviation penalty.
import { composite } from './composite.ts'
import { folded } from './folded.ts'
import { expect } from './limits.ts'
import type { Penalty } from './penalty.ts'
import type { PenaltyOptions } from './separable.ts'

/**
 * Σⱼ weightⱼ p(|wⱼ|), p′(w) = λ up to w = λ, (aλ − w)/(a − 1) up to aλ, and 0 from there on: the lasso for small coefficients, nothing for large ones. Its
 * prox is soft thresholding up to |v| = λ(1 + step). Its `solver` is `fista`.
 *
 * It is not convex: solvers find stationary points, which depend on the start. A `prox` of a step of a − 1 or more ((a − 1)/weightⱼ) is an
 * error: there it would jump; the prox of a single block takes the lower side. Weights multiply p as a whole, not λ.
 * The conjugate is Infinity for all u but 0: there is no duality gap.
 * Source: Fan & Li, J. Am. Stat. Assoc. 96 (2001), 1348–1360, (2.7); a = 3.7 is theirs, p. 1351.
 *
 * @param a > 2, default 3.7; curvatures of f above 1/(a − 1) make f + P convex.
 * @throws RangeError if a number is out of range; at use, if there are not as many weights as coordinates.
 */
export function scad(lambda: number, a = 3.7, { weights }: PenaltyOptions = {}): Penalty {
  expect(a > 2 && a < Infinity, 'scad', 'a > 2', a)
  return composite(folded({ name: 'scad', lambda, straight: lambda, concavity: a - 1 }, weights))
}

// The minimax concave penalty.
import { composite } from './composite.ts'
import { folded } from './folded.ts'
import { expect } from './limits.ts'
import type { Penalty } from './penalty.ts'
import type { PenaltyOptions } from './separable.ts'

/**
 * Σⱼ weightⱼ p(|wⱼ|), p(w) = λw − w²/2γ up to w = γλ, and γλ²/2 from there on: as sparse as the lasso, without shrinking what is large. Its prox is firm
 * thresholding, (|v| − step λ)/(1 − step/γ) up to γλ and v from there on. Its `solver` is `fista`.
 *
 * It is not convex: solvers find stationary points, which depend on the start. A `prox` of a step of γ or more (γ/weightⱼ) is an error:
 * there it would jump; the prox of a single block takes the lower side. With γ → ∞ it is the lasso. Weights multiply p as a whole, not λ.
 * The conjugate is Infinity for all u but 0: there is no duality gap.
 * Source: Zhang, Ann. Stat. 38 (2010), 894–942, (2.1); Breheny & Huang, Ann. Appl. Stat. 5 (2011), 232–253.
 *
 * @param gamma γ > 0, default 3; curvatures of f above 1/γ make f + P convex.
 * @throws RangeError if a number is out of range; at use, if there are not as many weights as coordinates.
 */
export function mcp(lambda: number, gamma = 3, { weights }: PenaltyOptions = {}): Penalty {
  expect(gamma > 0 && gamma < Infinity, 'mcp', 'gamma > 0', gamma)
  return composite(folded({ name: 'mcp', lambda, straight: 0, concavity: gamma }, weights))
}

// Stopping when the objective has ceased to change.
import { expect, expectPositive } from './limits.ts'
import type { Criterion } from './until.ts'

export interface RelativeDecreaseOptions {
  /** How many steps in a row have to change f so little: 1, 2, … Default 1; more for solvers whose values go up and down. */
  during?: number | undefined
}

/**
 * Met when |f − f⁺| ≤ tolerance · max(|f|, |f⁺|) for `during` steps in a row, penalty included. It says that the solver has come to rest,
 * not that this is a minimum; where the minimum is 0 it may never be met.
 *
 * Source: the factr of L-BFGS-B (Zhu, Byrd, Lu & Nocedal, ACM TOMS 23 (1997), 550–560), without its bound 1 on the scale.
 *
 * @throws RangeError unless tolerance ≥ 0 and `during` is 1, 2, …
 */
export function relativeDecrease(tolerance: number, { during = 1 }: RelativeDecreaseOptions = {}): Criterion {
  expectPositive('relativeDecrease', { tolerance })
  expect(during >= 1 && during % 1 === 0, 'relativeDecrease', 'during 1, 2, …', during)
  return () => {
    let before = NaN
    let times = 0
    return ({ value }) => {
      const still = Math.abs(before - value) <= tolerance * Math.max(Math.abs(before), Math.abs(value))
      times = still ? times + 1 : 0
      before = value
      return times >= during ? `The value changed by less than ${tolerance} of itself.` : undefined
    }
  }
}

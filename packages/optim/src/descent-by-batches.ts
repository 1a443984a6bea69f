// Stochastic gradient descent and its adaptive kin: x moves after every batch of rows, by a rule that is the method's own.
import { epochs, type SamplingOptions } from './epochs.ts'
import { expect, expectPositive } from './limits.ts'
import type { SampleQuery, Solver } from './oracle.ts'
import { finite } from './rounding.ts'
import { allRows, inBatches, shuffle } from './row-order.ts'
import { maxAbs } from './vector.ts'

export interface BatchOptions extends SamplingOptions {
  /** t > 0, or a schedule: t of update 0, 1, … */
  step?: number | ((update: number) => number) | undefined
  /** Whether each batch is drawn from all rows. Default false: each epoch goes through all rows once, in an order of its own. */
  withReplacement?: boolean | undefined
  /**
   * Polyak–Ruppert averaging: after so many epochs, what is measured and returned is the mean of all iterates from there on.
   * Default: never.
   */
  averageAfter?: number | undefined
}

/** Moves x by one batch's gradient, with the step t of this update. */
export type Rule = (x: Float64Array, gradient: Float64Array, t: number) => void

/** @throws RangeError naming the first that is not at least 0 and less than 1. */
export function expectShares(caller: string, shares: Record<string, number>): void {
  for (const name in shares)
    expect(shares[name]! >= 0 && shares[name]! < 1, caller, `${name} in [0, 1)`, shares[name])
}

/**
 * The method whose rule `begin(p)` gives.
 *
 * @param usual the step, if the options name none
 * @throws RangeError naming `caller` on an option out of range.
 */
export function descentByBatches(
  caller: string,
  options: BatchOptions,
  usual: number | undefined,
  begin: (size: number) => Rule,
): Solver<SampleQuery> {
  const { rows, step = usual, withReplacement, averageAfter = Infinity } = options
  expectPositive(caller, { averageAfter })
  const schedule = typeof step === 'function' ? step : () => step!
  const first = schedule(0)
  expect(first > 0 && first < Infinity, caller, 'step > 0', first)

  return epochs(caller, options, (x, draw, batchSize) => {
    const at = x.slice()
    const gradient = x.slice()
    const order = allRows(rows)
    const batches = inBatches(x, gradient, order, batchSize)
    const rule = begin(x.length)
    let update = 0
    let averaged = 0
    return {
      at,
      *measure(whole) {
        return { value: yield whole, optimality: maxAbs(whole.gradient) }
      },
      *epoch(index) {
        if (withReplacement) for (let i = 0; i < rows; i++) order[i] = draw(rows)
        else shuffle(order, draw)
        for (const batch of batches) {
          if (!finite(yield batch, maxAbs(gradient))) return false
          rule(x, gradient, schedule(update++))
          // x̄ ← x̄ + (x − x̄)/k
          if (index >= averageAfter) averaged++
          if (averaged) for (let j = 0; j < x.length; j++) at[j]! += (x[j]! - at[j]!) / averaged
        }
        if (!averaged) at.set(x)
        return true
      },
    }
  })
}

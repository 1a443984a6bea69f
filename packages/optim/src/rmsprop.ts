// RMSProp: AdaGrad that forgets, so that its steps do not fall for ever.
import { type BatchOptions, descentByBatches, expectShares } from './descent-by-batches.ts'
import { expect } from './limits.ts'
import type { SampleQuery, Solver } from './oracle.ts'

export interface RmspropOptions extends BatchOptions {
  /** ρ, the share of the mean square that is kept: 0 ≤ ρ < 1. Default 0.9. */
  decay?: number | undefined
  /** ε > 0. Default 1e-8. */
  epsilon?: number | undefined
}

/**
 * RMSProp, G ← ρ G + (1 − ρ) g², x ← x − t g/(√G + ε) with g = ∇f_B(x), coordinate by coordinate.
 *
 * Asks `sample-gradient`: one pass per epoch (an iteration is an epoch), and one more for each step that is measured. Memory: 5p and 2n
 * small integers.
 * Choose it to compare with; with a constant step it ends in a neighbourhood of the minimiser: let the step fall, or average.
 * Source: Tieleman & Hinton, Neural Networks for Machine Learning (2012), lecture 6.5.
 *
 * @param options.step default 0.01.
 * @param options.maxIterations epochs, default 100.
 * @throws RangeError on an option out of range, or if `rows` is missing.
 */
export function rmsprop(options: RmspropOptions): Solver<SampleQuery> {
  const { decay = 0.9, epsilon = 1e-8 } = options
  expectShares('rmsprop', { decay })
  expect(epsilon > 0, 'rmsprop', 'epsilon > 0', epsilon)
  return descentByBatches('rmsprop', options, 0.01, (size) => {
    const squares = new Float64Array(size)
    return (x, gradient, t) => {
      for (let j = 0; j < size; j++) {
        const g = gradient[j]!
        squares[j] = decay * squares[j]! + (1 - decay) * g * g
        x[j]! -= (t * g) / (Math.sqrt(squares[j]!) + epsilon)
      }
    }
  })
}

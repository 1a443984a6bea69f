// Stochastic gradient descent: many cheap steps along the gradient of some rows.
import { type BatchOptions, descentByBatches, expectShares } from './descent-by-batches.ts'
import type { SampleQuery, Solver } from './oracle.ts'

export interface SgdOptions extends BatchOptions {
  /**
   * t > 0, or a schedule: t of update 0, 1, … There is no default that is right for all: start from 1/L. A constant step ends in a
   * neighbourhood of the minimiser; steps that fall as 1/k, or a constant one and averaging, reach it.
   */
  step: number | ((update: number) => number)
  /** β, the share of the last move that is repeated: 0 ≤ β < 1. Default 0. */
  momentum?: number | undefined
}

/**
 * SGD, v ← β v + ∇f_B(x), x ← x − t v, B being the rows of a batch.
 *
 * Asks `sample-gradient`: n/batchSize questions and one pass per epoch (an iteration is an epoch), and one pass more for each step that is
 * measured. Memory: 5p and 2n small integers.
 * Choose it for very many rows, when a value that is right to a few digits will do; where it has to be exact, `saga` or `svrg`.
 * Source: Robbins & Monro, Ann. Math. Stat. 22 (1951), 400–407; Polyak & Juditsky, SIAM J. Control Optim. 30 (1992), 838–855, for
 * averaging; Bottou, Curtis & Nocedal, SIAM Rev. 60 (2018), 223–311, algorithm 4.1.
 *
 * @param options.maxIterations epochs, default 100.
 * @throws RangeError on an option out of range, or if `rows` or `step` is missing.
 */
export function sgd(options: SgdOptions): Solver<SampleQuery> {
  const { momentum = 0 } = options
  expectShares('sgd', { momentum })
  return descentByBatches('sgd', options, undefined, (size) => {
    const v = new Float64Array(size)
    return (x, gradient, t) => {
      for (let j = 0; j < size; j++) {
        v[j] = momentum * v[j]! + gradient[j]!
        x[j]! -= t * v[j]!
      }
    }
  })
}

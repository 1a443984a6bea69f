// AdaGrad: a step for each coordinate, shorter where gradients have been large.
import { type BatchOptions, descentByBatches } from './descent-by-batches.ts'
import { expect } from './limits.ts'
import type { SampleQuery, Solver } from './oracle.ts'

export interface AdagradOptions extends BatchOptions {
  /** ε > 0. Default 1e-10. */
  epsilon?: number | undefined
}

/**
 * AdaGrad, G ← G + g², x ← x − t g/(√G + ε) with g = ∇f_B(x), coordinate by coordinate.
 *
 * Asks `sample-gradient`: one pass per epoch (an iteration is an epoch), and one more for each step that is measured. Memory: 5p and 2n
 * small integers.
 * Choose it for sparse or badly scaled columns: the steps fall as 1/√k by themselves, and rare features keep long ones.
 * Source: Duchi, Hazan & Singer, J. Mach. Learn. Res. 12 (2011), 2121–2159, figure 1 with a diagonal matrix.
 *
 * @param options.step default 0.1.
 * @param options.maxIterations epochs, default 100.
 * @throws RangeError on an option out of range, or if `rows` is missing.
 */
export function adagrad(options: AdagradOptions): Solver<SampleQuery> {
  const { epsilon = 1e-10 } = options
  expect(epsilon > 0, 'adagrad', 'epsilon > 0', epsilon)
  return descentByBatches('adagrad', options, 0.1, (size) => {
    const squares = new Float64Array(size)
    return (x, gradient, t) => {
      for (let j = 0; j < size; j++) {
        const g = gradient[j]!
        squares[j]! += g * g
        x[j]! -= (t * g) / (Math.sqrt(squares[j]!) + epsilon)
      }
    }
  })
}

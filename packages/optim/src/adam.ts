// Adam: momentum, and a step for each coordinate.
import { type BatchOptions, descentByBatches, expectShares } from './descent-by-batches.ts'
import { expect } from './limits.ts'
import type { SampleQuery, Solver } from './oracle.ts'

export interface AdamOptions extends BatchOptions {
  /** β₁, the share of the mean gradient that is kept: 0 ≤ β₁ < 1. Default 0.9. */
  beta1?: number | undefined
  /** β₂, the share of the mean square that is kept: 0 ≤ β₂ < 1. Default 0.999. */
  beta2?: number | undefined
  /** ε > 0. Default 1e-8. */
  epsilon?: number | undefined
  /** AMSGrad: the mean square that divides never decreases. Default false. */
  amsgrad?: boolean | undefined
}

/**
 * Adam, m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², x ← x − t m̂/(√v̂ + ε) with g = ∇f_B(x), coordinate by coordinate; m̂ = m/(1 − β₁ᵏ)
 * and v̂ = v/(1 − β₂ᵏ) at update k = 1, 2, … correct for the start at 0. AMSGrad puts the largest v̂ so far in its place.
 *
 * Asks `sample-gradient`: one pass per epoch (an iteration is an epoch), and one more for each step that is measured. Memory: 7p and 2n
 * small integers.
 * Choose it where little is known about scales; with a constant step it ends in a neighbourhood of the minimiser (and may fail to
 * converge on some convex problems even with a falling one: `amsgrad`).
 * Source: Kingma & Ba, ICLR (2015), arXiv:1412.6980, algorithm 1; Reddi, Kale & Kumar, ICLR (2018), algorithm 2, for AMSGrad.
 *
 * @param options.step default 0.001.
 * @param options.maxIterations epochs, default 100.
 * @throws RangeError on an option out of range, or if `rows` is missing.
 */
export function adam(options: AdamOptions): Solver<SampleQuery> {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, amsgrad = false } = options
  expectShares('adam', { beta1, beta2 })
  expect(epsilon > 0, 'adam', 'epsilon > 0', epsilon)
  return descentByBatches('adam', options, 0.001, (size) => {
    const m = new Float64Array(size)
    const v = new Float64Array(size)
    const largest = new Float64Array(size)
    // β₁ᵏ and β₂ᵏ.
    let power1 = 1
    let power2 = 1
    return (x, gradient, t) => {
      power1 *= beta1
      power2 *= beta2
      for (let j = 0; j < size; j++) {
        const g = gradient[j]!
        m[j] = beta1 * m[j]! + (1 - beta1) * g
        v[j] = beta2 * v[j]! + (1 - beta2) * g * g
        largest[j] = Math.max(amsgrad ? largest[j]! : 0, v[j]! / (1 - power2))
        x[j]! -= (t * m[j]!) / (1 - power1) / (Math.sqrt(largest[j]!) + epsilon)
      }
    }
  })
}

// K labels, each of which may hold or not: a sigmoid cross-entropy for each, times a factor.
import type { Targets } from './loss.ts'
import { negativeEntropy } from './negative-entropy.ts'

export const labelTargets: Targets<ArrayLike<number>> = {
  what: 'K numbers from 0 to 1',
  holds(y, K = y.length) {
    for (let k = 0; k < K; k++) if (!(y[k] >= 0 && y[k] <= 1)) return false
    return y.length === K
  },
}

/** K. @throws RangeError in the name of `loss` if y or `out` has not as many entries as they should */
export function labelCount(
  loss: string,
  eta: ArrayLike<number>,
  y: ArrayLike<number>,
  order: 1 | 2,
  out?: Float64Array,
): number {
  const K = eta.length
  if (y.length !== K || (out && out.length !== K ** order)) {
    throw new RangeError(
      `${loss}: expected y.length ${K}, out.length ${K ** order}, got ${y.length}, ${out?.length}`,
    )
  }
  return K
}

/** Σ factor · (softplus(η) − yη), as in `binaryCrossEntropy`. */
export function labelsValue(eta: ArrayLike<number>, y: ArrayLike<number>, factor: number): number {
  let total = 0
  for (let k = 0; k < eta.length; k++) {
    const against = eta[k] < 0 ? y[k] : 1 - y[k]
    const a = Math.abs(eta[k])
    total += factor * ((against && against * a) + Math.log1p(Math.exp(-a)))
  }
  return total
}

/** factor · (σ(η) − y). */
export function labelsGradient(
  eta: ArrayLike<number>,
  y: ArrayLike<number>,
  factor: number,
  out: Float64Array,
): Float64Array {
  for (let k = 0; k < out.length; k++) {
    const e = Math.exp(-Math.abs(eta[k]))
    const against = eta[k] < 0 ? y[k] : 1 - y[k]
    out[k] = ((eta[k] < 0 ? -factor : factor) * (against - (1 - against) * e)) / (1 + e)
  }
  return out
}

/** factor · σ(η) σ(−η) on the diagonal. */
export function labelsHessian(eta: ArrayLike<number>, factor: number, out: Float64Array): Float64Array {
  out.fill(0)
  for (let k = 0; k < eta.length; k++) {
    const e = Math.exp(-Math.abs(eta[k]))
    out[k * (eta.length + 1)] = (factor * e) / (1 + e) ** 2
  }
  return out
}

const inside = (share: number) => (share < 0 && share > -1e-12 ? 0 : share)

/**
 * Σ of the negative entropies of y + u/factor, which may be outside of [0, 1] by 10⁻¹²: that much is rounding, since a gradient
 * times 1/K and over 1/K is not always what it was.
 */
export function labelsConjugate(u: ArrayLike<number>, y: ArrayLike<number>, factor: number): number {
  let total = 0
  for (let k = 0; k < u.length; k++) {
    const v = u[k] / factor
    total += negativeEntropy(inside(y[k] + v), inside(1 - y[k] - v))
  }
  return factor * total
}

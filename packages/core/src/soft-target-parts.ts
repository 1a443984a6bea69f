// Cross-entropy of a softmax and a distribution over the classes: value and gradient, from the target y and its sum Σ y.
import { expDifference } from './exp-difference.ts'
import { peak } from './peak.ts'
import { others, probabilities } from './softmax-parts.ts'

/**
 * Σ yₖ (max η − ηₖ) + (Σ yₖ) log Σ e^(ηₖ − max η): all terms ≥ 0. A class without a share may have any logit. The
 * difference is halved, since it may leave the doubles where its product with yₖ does not.
 */
export function softValue(eta: ArrayLike<number>, y: ArrayLike<number>, sum: number): number {
  const top = peak(eta)
  const m = eta[top]
  let rest = 0
  let value = 0
  for (let k = 0; k < eta.length; k++) {
    if (k !== top) rest += expDifference(eta[k], m)
    if (y[k] !== 0 && eta[k] !== m) value += y[k] * (m / 2 - eta[k] / 2) * 2
  }
  return value + sum * Math.log1p(rest)
}

/** p Σ y − y as pₖ (Σ y − yₖ) − yₖ (1 − pₖ), which for a one-hot y is exact to the last digits. */
export function softGradient(
  eta: ArrayLike<number>,
  y: ArrayLike<number>,
  sum: number,
  out: Float64Array,
): Float64Array {
  const top = peak(eta)
  probabilities(eta, out)
  const lack = others(out, top)
  for (let k = 0; k < out.length; k++) {
    out[k] = out[k] * (sum - y[k]) - y[k] * (k === top ? lack : 1 - out[k])
  }
  return out
}

// From K logits to K log-probabilities.
import { expDifference } from './exp-difference.ts'
import { peak } from './peak.ts'

/**
 * logSoftmax(z)ₖ = zₖ − log Σⱼ e^zⱼ, the logarithm of {@link softmax} without taking it: finite far below the smallest
 * probability, and accurate where a probability is next to 1.
 *
 * @param z - K ≥ 1 logits, never changed unless it is also `out`. Equal entries get equal shares, infinite ones too; any
 *   NaN makes every entry NaN. Logits further apart than the largest number overflow to −Infinity
 * @param out - K numbers, where the result goes (may be z itself); default: a new Float64Array
 * @returns `out`: K numbers ≤ 0
 * @throws RangeError if z is empty or `out` has another length
 */
export function logSoftmax(
  z: ArrayLike<number>,
  out: Float64Array = new Float64Array(z.length),
): Float64Array {
  const K = z.length
  if (K === 0) throw new RangeError('logSoftmax: expected at least 1 logit, got 0')
  if (out.length !== K)
    throw new RangeError(`logSoftmax: expected out.length ${K} (length of z), got ${out.length}`)
  const top = peak(z)
  const m = z[top]
  let rest = 0
  for (let k = 0; k < K; k++) {
    if (k !== top) rest += expDifference(z[k], m)
    // Equal infinities have the difference 0, not NaN.
    out[k] = z[k] === m ? 0 : z[k] - m
  }
  const excess = Math.log1p(rest)
  for (let k = 0; k < K; k++) out[k] -= excess
  return out
}

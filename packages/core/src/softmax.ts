// From K logits to K probabilities.
import { expDifference } from './exp-difference.ts'
import { peak } from './peak.ts'

/**
 * softmax(z)ₖ = e^zₖ / Σⱼ e^zⱼ.
 *
 * @param z - K ≥ 1 logits, never changed unless it is also `out`. Equal entries get equal shares, infinite ones too; any
 *   NaN makes every share NaN
 * @param out - K numbers, where the result goes (may be z itself); default: a new Float64Array
 * @returns `out`: K probabilities that sum to 1
 * @throws RangeError if z is empty or `out` has another length
 */
export function softmax(z: ArrayLike<number>, out: Float64Array = new Float64Array(z.length)): Float64Array {
  const K = z.length
  if (K === 0) throw new RangeError('softmax: expected at least 1 logit, got 0')
  if (out.length !== K)
    throw new RangeError(`softmax: expected out.length ${K} (length of z), got ${out.length}`)
  const top = peak(z)
  const m = z[top]
  let rest = 0
  for (let k = 0; k < K; k++) {
    out[k] = expDifference(z[k], m)
    if (k !== top) rest += out[k]
  }
  for (let k = 0; k < K; k++) out[k] /= 1 + rest
  return out
}

// The Jacobian of logSoftmax, times a vector from either side.
import { peak } from './peak.ts'
import { checkLengths } from './product-lengths.ts'

/**
 * Jv for the Jacobian J = I − 1pᵀ of {@link logSoftmax}(z), p = softmax(z): vₖ − Σⱼ pⱼvⱼ.
 *
 * @param p - the K probabilities that {@link softmax} (not logSoftmax) returned for z. A NaN makes every entry NaN
 * @param v - K numbers whose differences do not overflow
 * @param out - K numbers, where the result goes (may be p or v itself); default: a new Float64Array
 * @returns `out`
 * @throws RangeError if v or `out` has another length than p
 */
export function logSoftmaxJvp(
  p: ArrayLike<number>,
  v: ArrayLike<number>,
  out: Float64Array = new Float64Array(p.length),
): Float64Array {
  checkLengths('logSoftmaxJvp', p, v, out)
  // From the entry of the most probable class, whose own 1 − p is then never taken.
  const origin = v[peak(p)]
  let mean = 0
  for (let k = 0; k < p.length; k++) mean += p[k] * (v[k] - origin)
  for (let k = 0; k < p.length; k++) out[k] = v[k] - origin - mean
  return out
}

/**
 * vᵀJ for the Jacobian J = I − 1pᵀ of {@link logSoftmax}(z), p = softmax(z): vₖ − pₖ Σⱼ vⱼ. With v = −e_y it is p − e_y, the
 * gradient of the cross-entropy.
 *
 * @param p - the K probabilities that {@link softmax} (not logSoftmax) returned for z. A NaN makes every entry NaN
 * @param v - K numbers whose sum does not overflow
 * @param out - K numbers, where the result goes (may be p or v itself); default: a new Float64Array
 * @returns `out`
 * @throws RangeError if v or `out` has another length than p
 */
export function logSoftmaxVjp(
  p: ArrayLike<number>,
  v: ArrayLike<number>,
  out: Float64Array = new Float64Array(p.length),
): Float64Array {
  checkLengths('logSoftmaxVjp', p, v, out)
  const top = peak(p)
  // The sum, and 1 − p of the most probable class, without that class, so that a confident row keeps its digits.
  let others = 0
  let rest = 0
  for (let k = 0; k < p.length; k++) {
    if (k === top) continue
    others += v[k]
    rest += p[k]
  }
  const atTop = v[top] * rest - p[top] * others
  const sum = v[top] + others
  for (let k = 0; k < p.length; k++) out[k] = v[k] - p[k] * sum
  out[top] = atTop
  return out
}

// The Jacobian of softmax, times a vector from either side.
import { peak } from './peak.ts'
import { checkLengths } from './product-lengths.ts'

function product(name: string, p: ArrayLike<number>, v: ArrayLike<number>, out: Float64Array): Float64Array {
  checkLengths(name, p, v, out)
  // v counts from its entry for the most probable class, so that 1 − p of a confident row is never taken, and in halves, so
  // that no difference of two numbers overflows.
  const origin = v[peak(p)] / 2
  let mean = 0
  for (let k = 0; k < p.length; k++) mean += p[k] * (v[k] / 2 - origin)
  for (let k = 0; k < p.length; k++) out[k] = 2 * (p[k] * (v[k] / 2 - origin - mean))
  return out
}

/**
 * Jv for the Jacobian J = diag(p) − ppᵀ of p = softmax(z): pₖ(vₖ − Σⱼ pⱼvⱼ).
 *
 * C. M. Bishop, Pattern Recognition and Machine Learning, eq. 4.106.
 *
 * @param p - the K probabilities that {@link softmax} returned for z. A NaN makes every entry NaN
 * @param v - K finite numbers
 * @param out - K numbers, where the result goes (may be p or v itself); default: a new Float64Array
 * @returns `out`
 * @throws RangeError if v or `out` has another length than p
 */
export function softmaxJvp(
  p: ArrayLike<number>,
  v: ArrayLike<number>,
  out: Float64Array = new Float64Array(p.length),
): Float64Array {
  return product('softmaxJvp', p, v, out)
}

/** vᵀJ: the same as {@link softmaxJvp}, since J is symmetric. */
export function softmaxVjp(
  p: ArrayLike<number>,
  v: ArrayLike<number>,
  out: Float64Array = new Float64Array(p.length),
): Float64Array {
  return product('softmaxVjp', p, v, out)
}

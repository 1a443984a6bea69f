// The Jacobian of sparsemax, times a vector from either side.
import { checkLengths } from './product-lengths.ts'

function product(name: string, p: ArrayLike<number>, v: ArrayLike<number>, out: Float64Array): Float64Array {
  checkLengths(name, p, v, out)
  let size = 0
  for (let k = 0; k < p.length; k++) if (p[k] > 0) size++
  let mean = 0
  for (let k = 0; k < p.length; k++) if (p[k] > 0) mean += v[k] / size
  // A share of 0 stays 0, and one that is NaN stays NaN.
  for (let k = 0; k < p.length; k++) out[k] = p[k] > 0 ? v[k] - mean : p[k]
  return out
}

/**
 * Jv for the Jacobian J = diag(s) − ssᵀ/Σs of p = sparsemax(z), where sₖ = 1 if pₖ > 0, else 0: sₖ(vₖ − Σⱼ sⱼvⱼ/Σⱼ sⱼ), which is v
 * minus its mean over the classes that have a share, and 0 for the others.
 *
 * Where a logit is exactly at the threshold τ, sparsemax has a kink; its share is 0 there, and counts as such.
 *
 * Martins & Astudillo 2016, §2.5.
 *
 * @param p - the K probabilities that {@link sparsemax} returned for z. A NaN makes every entry NaN
 * @param v - K finite numbers
 * @param out - K numbers, where the result goes (may be p or v itself); default: a new Float64Array
 * @returns `out`
 * @throws RangeError if v or `out` has another length than p
 */
export function sparsemaxJvp(
  p: ArrayLike<number>,
  v: ArrayLike<number>,
  out: Float64Array = new Float64Array(p.length),
): Float64Array {
  return product('sparsemaxJvp', p, v, out)
}

/** vᵀJ: the same as {@link sparsemaxJvp}, since J is symmetric. */
export function sparsemaxVjp(
  p: ArrayLike<number>,
  v: ArrayLike<number>,
  out: Float64Array = new Float64Array(p.length),
): Float64Array {
  return product('sparsemaxVjp', p, v, out)
}

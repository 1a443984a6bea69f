// From K logits to K probabilities, most of them exactly 0.
import { peak } from './peak.ts'

/**
 * sparsemax(z) = argmin over p of ‖p − z‖², the projection onto the probabilities: pₖ = max(0, zₖ − τ) with τ such that they
 * sum to 1.
 *
 * A. F. T. Martins, R. F. Astudillo, "From softmax to sparsemax", ICML 2016, §2. τ is found without
 * sorting: C. Michelot, "A finite algorithm for finding the projection of a point onto the canonical simplex of ℝⁿ", J. Optim.
 * Theory Appl. 50 (1986), 195–200.
 *
 * @param z - K ≥ 1 logits, never changed unless it is also `out`. Equal largest entries get equal shares, infinite ones too;
 *   any NaN makes every share NaN
 * @param out - K numbers, where the result goes (may be z itself); default: a new Float64Array
 * @returns `out`: K probabilities that sum to 1
 * @throws RangeError if z is empty or `out` has another length
 */
export function sparsemax(
  z: ArrayLike<number>,
  out: Float64Array = new Float64Array(z.length),
): Float64Array {
  const K = z.length
  if (K === 0) throw new RangeError('sparsemax: expected at least 1 logit, got 0')
  if (out.length !== K)
    throw new RangeError(`sparsemax: expected out.length ${K} (length of z), got ${out.length}`)
  const m = z[peak(z)]
  // From the largest: what lies 1 below it has no share. Equal infinities have the difference 0, not NaN.
  for (let k = 0; k < K; k++) out[k] = z[k] === m ? 0 : z[k] - m
  let tau = -1
  let size = 0
  for (let before = -1; size !== before; ) {
    before = size
    size = 0
    let sum = 0
    // Not `>`: a NaN is to reach the sum.
    for (let k = 0; k < K; k++) {
      if (out[k] <= tau) continue
      size++
      sum += out[k]
    }
    // Rounding must not let it fall: what has dropped out stays out.
    tau = Math.max(tau, (sum - 1) / size)
  }
  for (let k = 0; k < K; k++) out[k] = Math.max(0, out[k] - tau)
  return out
}

// The conjugate of the losses of a softmax: the negative entropy of a distribution.

/**
 * Σ πₖ log πₖ, +Infinity unless π is a distribution to within 10⁻¹². That much is rounding: a gradient has it too.
 *
 * @param pi - πₖ of each k below K
 */
export function simplexEntropy(K: number, pi: (k: number) => number): number {
  let sum = -1
  let entropy = 0
  for (let k = 0; k < K; k++) {
    const share = pi(k)
    if (share < -1e-12) return Infinity
    sum += share
    if (share > 0) entropy += share * Math.log(share)
  }
  return Math.abs(sum) > 1e-12 ? Infinity : entropy
}

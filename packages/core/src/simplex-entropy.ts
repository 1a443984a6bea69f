// The conjugate of the losses of a softmax: the negative entropy of a distribution.

/**
 * Σ πₖ log πₖ, +Infinity unless π is a distribution to within 10⁻¹². That much is rounding: a gradient has it too.
 *
 * The largest share, which may be next to 1, counts as what the others leave of 1, so that no digit of theirs is lost.
 *
 * @param pi - πₖ of each k below K
 */
export function simplexEntropy(K: number, pi: (k: number) => number): number {
  let top = 0
  let sum = -1
  let others = 0
  let entropy = 0
  for (let k = 0; k < K; k++) {
    let share = pi(k)
    if (share < -1e-12) return Infinity
    sum += share
    if (share > top) [share, top] = [top, share]
    // Not `> 0`: a NaN is passed on.
    if (share <= 0) continue
    others += share
    entropy += share * Math.log(share)
  }
  if (Math.abs(sum) > 1e-12) return Infinity
  return entropy + top * (others < 0.5 ? Math.log1p(-others) : Math.log(top))
}

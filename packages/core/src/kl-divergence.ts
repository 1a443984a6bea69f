// The Kullback–Leibler divergence of discrete distributions (relative entropy), in nats.
import { checkDistributions } from './distribution.ts'
import { room } from './room.ts'

/**
 * Kullback–Leibler divergence KL(p‖q) = Σ pₖ log(pₖ/qₖ), with 0 log 0 = 0; natural logarithm. Cross-entropy less entropy.
 *
 * At least 0, and 0 for p = q alone; Infinity where some qₖ = 0 < pₖ. Not symmetric: p is what happens, q what was said.
 * The entries are taken as they are, not scaled to sum to 1.
 *
 * T. M. Cover, J. A. Thomas, Elements of Information Theory (2nd ed.), §2.3.
 *
 * @param p - K probabilities
 * @param q - K probabilities
 * @throws RangeError if either is no distribution (an entry below 0 or NaN, a sum further than 1e-6 from 1), or the lengths differ
 */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  checkDistributions('klDivergence', p, q)
  let total = 0
  for (let k = 0; k < p.length; k++) {
    if (p[k] === 0) continue
    const ratio = p[k] / q[k]
    // Near 1 a ratio loses the difference that its logarithm is made of; below the doubles, q is still there.
    const log =
      ratio > 0.5 && ratio < 2
        ? Math.log1p((p[k] - q[k]) / q[k])
        : ratio < Infinity
          ? Math.log(ratio)
          : Math.log(p[k]) - Math.log(q[k])
    total += p[k] * log
  }
  return total
}

/**
 * Gradient of {@link klDivergence} in q: −pₖ/qₖ, 0 where pₖ = 0. It is that of the cross-entropy −Σ pₖ log qₖ too.
 *
 * @param p - K probabilities
 * @param q - K probabilities
 * @param into - where it goes (K; may be p or q itself); default a new array. Returned
 * @throws RangeError if either is no distribution, or the lengths differ (that of `into` too)
 */
export function klDivergenceGradient(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  into?: Float64Array,
): Float64Array {
  checkDistributions('klDivergenceGradient', p, q)
  const out = room('klDivergenceGradient', p.length, into)
  for (let k = 0; k < p.length; k++) out[k] = p[k] === 0 ? 0 : -p[k] / q[k]
  return out
}

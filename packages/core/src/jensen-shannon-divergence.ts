// The Jensen–Shannon divergence of discrete distributions, in nats.
import { coinDivergence } from './coin-divergence.ts'
import { checkDistributions } from './distribution.ts'
import { room } from './room.ts'

/**
 * Jensen–Shannon divergence ½ KL(p‖m) + ½ KL(q‖m), m = (p + q)/2; natural logarithm.
 *
 * Symmetric and always finite: from 0, for p = q, to log 2, where no entry is shared. Its square root is a metric (SciPy's
 * `jensenshannon` is that root). Summed entry by entry as mₖ times the divergence of a coin of probabilities pₖ/2mₖ, qₖ/2mₖ from a
 * fair one, which are all ≥ 0, so that nothing cancels where p and q are close.
 *
 * J. Lin, "Divergence measures based on the Shannon entropy", IEEE Trans. Information Theory 37 (1991), 145–151.
 *
 * @param p - K probabilities
 * @param q - K probabilities
 * @throws RangeError if either is no distribution (an entry below 0 or NaN, a sum further than 1e-6 from 1), or the lengths differ
 */
export function jensenShannonDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  checkDistributions('jensenShannonDivergence', p, q)
  let total = 0
  for (let k = 0; k < p.length; k++) {
    const m = (p[k] + q[k]) / 2
    total += m && m * coinDivergence(Math.abs(p[k] - q[k]) / m / 2, Math.min(p[k], q[k]) / m)
  }
  return total
}

/**
 * Gradient of {@link jensenShannonDivergence} in q: ½ log(qₖ/mₖ), m = (p + q)/2; −Infinity where qₖ = 0 < pₖ, ½ log 2 where
 * pₖ = 0. In p it is the same with p and q exchanged.
 *
 * @param p - K probabilities
 * @param q - K probabilities
 * @param into - where it goes (K; may be p or q itself); default a new array. Returned
 * @throws RangeError if either is no distribution, or the lengths differ (that of `into` too)
 */
export function jensenShannonDivergenceGradient(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  into?: Float64Array,
): Float64Array {
  checkDistributions('jensenShannonDivergenceGradient', p, q)
  const out = room('jensenShannonDivergenceGradient', p.length, into)
  for (let k = 0; k < p.length; k++) {
    const m = (p[k] + q[k]) / 2
    const ratio = q[k] / m
    // Near 1 a ratio loses the difference that its logarithm is made of.
    out[k] = (!p[k] ? Math.LN2 : ratio < 0.5 ? Math.log(ratio) : Math.log1p((q[k] - p[k]) / m / 2)) / 2
  }
  return out
}

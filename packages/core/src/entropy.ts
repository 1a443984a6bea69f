// Shannon's entropy of a discrete distribution, in nats.
import { checkDistributions } from './distribution.ts'
import { room } from './room.ts'

/**
 * Entropy H(p) = −Σ pₖ log pₖ, with 0 log 0 = 0; natural logarithm (divide by `Math.LN2` for bits).
 *
 * From 0, where one entry has all, to log K, where all K are equal. The entries are taken as they are, not scaled to sum to 1.
 *
 * C. E. Shannon, "A mathematical theory of communication", Bell System Tech. J. 27 (1948), 379–423.
 *
 * @param p - K probabilities
 * @throws RangeError if p is no distribution: an entry below 0 or NaN, or a sum further than 1e-6 from 1
 */
export function entropy(p: ArrayLike<number>): number {
  checkDistributions('entropy', p)
  let total = 0
  for (let k = 0; k < p.length; k++) if (p[k] > 0) total -= p[k] * Math.log(p[k])
  return total
}

/**
 * Gradient of the {@link entropy}: −1 − log pₖ, Infinity where pₖ = 0.
 *
 * @param p - K probabilities
 * @param into - where it goes (K; may be p itself); default a new array. Returned
 * @throws RangeError if p is no distribution, or `into` has another length
 */
export function entropyGradient(p: ArrayLike<number>, into?: Float64Array): Float64Array {
  checkDistributions('entropyGradient', p)
  const out = room('entropyGradient', p.length, into)
  for (let k = 0; k < p.length; k++) out[k] = -1 - Math.log(p[k])
  return out
}

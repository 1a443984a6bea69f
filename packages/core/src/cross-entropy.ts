// The cross-entropy of discrete distributions, in nats.
import { checkDistributions } from './distribution.ts'

/**
 * Cross-entropy H(p, q) = −Σ pₖ log qₖ, with 0 log 0 = 0; natural logarithm. Entropy of p plus the divergence KL(p‖q), so its
 * gradient in q is `klDivergenceGradient`.
 *
 * Least for q = p, where it is the entropy; Infinity where some qₖ = 0 < pₖ: nothing is clipped. From logits, use
 * `categoricalCrossEntropy`, which keeps the digits of a small probability. The entries are taken as they are, not scaled to
 * sum to 1.
 *
 * T. M. Cover, J. A. Thomas, Elements of Information Theory (2nd ed.), §5.4.
 *
 * @param p - K probabilities: what happens
 * @param q - K probabilities: what was said
 * @throws RangeError if either is no distribution (an entry below 0 or NaN, a sum further than 1e-6 from 1), or the lengths differ
 */
export function crossEntropy(p: ArrayLike<number>, q: ArrayLike<number>): number {
  checkDistributions('crossEntropy', p, q)
  let total = 0
  for (let k = 0; k < p.length; k++) if (p[k] > 0) total -= p[k] * Math.log(q[k])
  return total
}

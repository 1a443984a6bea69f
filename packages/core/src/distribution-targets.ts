// Targets that are a distribution over the K classes: one-hot, or soft.
import type { Targets } from './loss.ts'

export const distributionTargets: Targets<ArrayLike<number>> = {
  what: 'K numbers >= 0 that sum to 1 (within 1e-6)',
  holds(y, K = y.length) {
    let sum = 0
    for (let k = 0; k < K; k++) {
      if (!(y[k] >= 0)) return false
      sum += y[k]
    }
    return y.length === K && Math.abs(sum - 1) <= 1e-6
  },
}

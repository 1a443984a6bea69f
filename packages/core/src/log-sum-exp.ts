// The smooth maximum, whose gradient is the softmax.
import { expDifference } from './exp-difference.ts'
import { peak } from './peak.ts'

/**
 * log Σₖ e^zₖ = m + log1p(Σ e^(zₖ − m)), the sum over all entries but one maximal m: no overflow, and the small terms
 * beside a dominant one are kept.
 *
 * P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax functions",
 * IMA J. Numer. Anal. 41 (2021).
 *
 * @param z - K numbers; infinite ones give the limit, any NaN gives NaN
 * @returns −Infinity for an empty z (the logarithm of an empty sum)
 */
export function logSumExp(z: ArrayLike<number>): number {
  if (z.length === 0) return -Infinity
  const top = peak(z)
  const m = z[top]
  let rest = 0
  for (let k = 0; k < z.length; k++) if (k !== top) rest += expDifference(z[k], m)
  return m + Math.log1p(rest)
}

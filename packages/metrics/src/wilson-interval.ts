// How far a rate may be from the share that was counted.
import { fault } from './fault.ts'
import type { Interval } from './interval.ts'

/**
 * Wilson's score interval for a rate (accuracy, recall, …) of which `successes` out of `trials` were counted:
 * (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n). Within [0, 1], also where all or none succeed. (E. B. Wilson, Probable
 * inference, the law of succession, and statistical inference, JASA 22, 1927.)
 *
 * @param successes in [0, trials]
 * @param trials > 0
 * @param z the normal quantile of the level: 1.959963984540054 for 95 %
 * @throws RangeError for numbers outside these
 */
export function wilsonInterval(successes: number, trials: number, z: number): Interval {
  if (!(trials > 0 && trials < Infinity)) fault('wilsonInterval', 'trials finite and > 0', trials)
  if (!(successes >= 0 && successes <= trials))
    fault('wilsonInterval', `successes in [0, ${trials}]`, successes)
  if (!(z >= 0 && z * z < Infinity)) fault('wilsonInterval', 'z finite and >= 0', z)
  const failures = trials - successes
  const square = z * z
  const spread = z * Math.sqrt(successes * (failures / trials) + square / 4)
  const upper = (successes + square / 2 + spread) / (trials + square)
  // By the product of both ends, p̂²/(1 + z²/n), so that a small one loses no digits.
  const lower = successes && ((successes / trials) * (successes / (trials + square))) / upper
  return { lower, upper: failures ? Math.min(upper, 1) : 1 }
}

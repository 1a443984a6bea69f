// The inverse of the normal distribution function: from a probability to the linear predictor of a probit model.
import { horner } from './horner.ts'
import { normalTail } from './normal-tail.ts'

// Made by test/fixtures/normal-coefficients.py.
const CENTRE = [
  2.5066282746310007, 2.6249349909537885, 5.7725335385579015, 15.667608985213157, 47.03578283283503,
  149.83038498881936, 496.22559458002127, 1692.509965043831, 5773.200518288449, 23425.031726858444,
  25049.35683993618, 871360.5879241334, -3609931.01268876, 21475706.505049013,
]

/** a = −Φ⁻¹(p) for 0 < p < ¼: Halley's steps on log Φ(−a) = log p, whose second derivative costs no more than the first. */
function tailQuantile(p: number): number {
  const log = Math.log(p)
  const t = Math.sqrt(-2 * log)
  // M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 26.2.22: within 0.003.
  let a = t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t))
  for (let step = 0; step < 2; step++) {
    const mills = normalTail(a) / (1 + a)
    const hazard = 0.3989422804014327 / mills
    const newton = (Math.log(mills) - (a * a) / 2 - log) / hazard
    a += newton / (1 + (newton * (hazard - a)) / 2)
  }
  return a
}

/**
 * probit(p) = Φ⁻¹(p), the quantile of the standard normal distribution and the inverse of {@link normalCdf}.
 *
 * @param p - probability in [0, 1], subnormals included; 0 and 1 give −Infinity and Infinity
 * @throws RangeError if p is outside [0, 1] or NaN
 */
export function probit(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probit: expected a probability in [0, 1], got ${p}`)
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  if (p < 0.25) return -tailQuantile(p)
  if (p > 0.75) return tailQuantile(1 - p)
  const q = p - 0.5
  return q * horner(CENTRE, q * q)
}

/**
 * 1/φ(probit(p)), the derivative of {@link probit}; Infinity at 0 and 1.
 *
 * It is the Mills ratio over the smaller of p and 1 − p, which no error of the quantile can amplify.
 *
 * @throws RangeError if p is outside [0, 1] or NaN
 */
export function probitDerivative(p: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`probitDerivative: expected a probability in [0, 1], got ${p}`)
  }
  // At 0 and 1 any finite a will do.
  const a = Math.min(Math.abs(probit(p)), 40)
  return (2.5066282746310007 * normalTail(a)) / (1 + a) / Math.min(p, 1 - p)
}

// The inverse of the complementary log-log link: from a log cumulative hazard to a probability.
import { gumbelTail } from './gumbel-tail.ts'

/**
 * inverseCloglog(z) = 1 − e^(−eᶻ), Gumbel's distribution of minima and the inverse of {@link cloglog}: the probability that
 * something happens in an interval whose cumulative hazard is eᶻ.
 *
 * @param z - any number; ±Infinity give 1 and 0, NaN gives NaN
 * @returns a probability in [0, 1]
 */
export function inverseCloglog(z: number): number {
  return -Math.expm1(-Math.exp(z))
}

/** e^(z − eᶻ), the derivative of {@link inverseCloglog}; at most 1/e, at z = 0. */
export function inverseCloglogDerivative(z: number): number {
  return gumbelTail(z, Math.exp(z))
}

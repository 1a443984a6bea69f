// The logarithm of the normal distribution function: what the likelihood of a probit model is made of.
import { bell } from './bell.ts'
import { normalTail } from './normal-tail.ts'

/**
 * log Φ(z), without taking the logarithm of a probability that underflowed or is next to 1. (Not the distribution function
 * of a log-normal variable.)
 *
 * @param z - any number; ±Infinity give 0 and −Infinity, NaN gives NaN. Below −1.9e154 it overflows to −Infinity
 * @returns a number ≤ 0
 */
export function logNormalCdf(z: number): number {
  const a = Math.abs(z)
  if (z < 0) return Math.log(normalTail(a) / (1 + a)) - (a / 2) * a
  return Math.log1p(-bell(Math.min(a, 40), normalTail(a) / (1 + a)))
}

/**
 * φ(z)/Φ(z), the derivative of {@link logNormalCdf}, which is the inverse Mills ratio of −z: next to −z for z ≪ 0. No
 * quotient of underflowing numbers is taken.
 */
export function logNormalCdfDerivative(z: number): number {
  const a = Math.abs(z)
  const tail = normalTail(a)
  if (z < 0) return (0.3989422804014327 * (1 + a)) / tail
  const b = Math.min(a, 40)
  return bell(b, 0.3989422804014327) / (1 - bell(b, tail / (1 + a)))
}

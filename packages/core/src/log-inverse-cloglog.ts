// The logarithm of the inverse complementary log-log: the log-likelihood of a success. That of a failure is −eᶻ.
import { gumbelTail } from './gumbel-tail.ts'

/**
 * log(1 − e^(−eᶻ)), the logarithm of {@link inverseCloglog}, without taking the logarithm of a probability that underflowed or
 * is next to 1.
 *
 * In pieces that M. Mächler gives for log(1 − e⁻ᵃ): "Accurately computing log(1 − exp(−|a|))", vignette of the R package
 * Rmpfr, 2012, eq. 7. Below −37 it is z.
 *
 * @param z - any number; ±Infinity give 0 and −Infinity, NaN gives NaN
 * @returns a number ≤ 0
 */
export function logInverseCloglog(z: number): number {
  if (z < -37) return z
  // At log log 2 both are as good.
  if (z < -0.3665) return Math.log(-Math.expm1(-Math.exp(z)))
  return Math.log1p(-gumbelTail(z, 1))
}

/** eᶻ/(e^(eᶻ) − 1), the derivative of {@link logInverseCloglog}: 1 for z ≪ 0, 0 for z ≫ 0. */
export function logInverseCloglogDerivative(z: number): number {
  const hazard = Math.exp(z)
  // 0/0 is 1 here.
  return hazard === 0 ? 1 : gumbelTail(z, hazard) / -Math.expm1(-hazard)
}

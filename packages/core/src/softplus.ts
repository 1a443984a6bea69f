// The smooth ramp, whose derivative is the sigmoid.
import { sigmoid } from './sigmoid.ts'

/**
 * softplus(x) = log(1 + eˣ), the integral of {@link sigmoid} and the logistic loss of the margin −x.
 *
 * In four pieces, each exact to double precision where it is used: M. Mächler, "Accurately computing
 * log(1 − exp(−|a|))", vignette of the R package Rmpfr, 2012, eq. 10.
 *
 * @param x - any number; ±Infinity give Infinity and 0, NaN gives NaN
 * @returns a number ≥ 0, finite for every finite x
 */
export function softplus(x: number): number {
  if (x <= -37) return Math.exp(x)
  if (x <= 18) return Math.log1p(Math.exp(x))
  if (x <= 33.3) return x + Math.exp(-x)
  return x
}

/** σ(x), the derivative of {@link softplus}: {@link sigmoid}. */
export function softplusDerivative(x: number): number {
  return sigmoid(x)
}

// The normal distribution function: from the linear predictor of a probit model to a probability.
import { bell } from './bell.ts'
import { normalPdf } from './normal-pdf.ts'
import { normalTail } from './normal-tail.ts'

/**
 * Φ(z) = ∫₋∞ᶻ e^(−t²/2)/√(2π) dt, the inverse of {@link probit}.
 *
 * The lower tail keeps its relative accuracy down to the smallest subnormal, and 1 − Φ(z) is `normalCdf(-z)`.
 *
 * M. M. Shepherd, J. G. Laframboise, Math. Comp. 36 (1981), 249–253, for the tail; W. J. Cody, Math. Comp. 23 (1969),
 * 631–637, for its exponential.
 *
 * @param z - any number; ±Infinity give 1 and 0, NaN gives NaN
 * @returns a probability in [0, 1]
 */
export function normalCdf(z: number): number {
  const a = Math.min(Math.abs(z), 40)
  const tail = bell(a, normalTail(a) / (1 + a))
  return z < 0 ? tail : 1 - tail
}

/** Φ′(z) = φ(z) = e^(−z²/2)/√(2π): {@link normalPdf}. */
export function normalCdfDerivative(z: number): number {
  return normalPdf(z)
}

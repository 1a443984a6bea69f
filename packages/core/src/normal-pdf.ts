// The density of the standard normal distribution.
import { bell } from './bell.ts'

/**
 * φ(z) = e^(−z²/2)/√(2π), the derivative of Φ.
 *
 * @param z - any number; ±Infinity give 0, NaN gives NaN
 */
export function normalPdf(z: number): number {
  return bell(Math.min(Math.abs(z), 40), 0.3989422804014327)
}

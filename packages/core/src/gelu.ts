// The Gaussian error linear unit: the identity, weighted with the normal distribution function.
import { bell } from './bell.ts'
import { normalTail } from './normal-tail.ts'

/**
 * gelu(z) = zΦ(z), the exact form; not the approximation by tanh.
 *
 * D. Hendrycks, K. Gimpel, "Gaussian error linear units (GELUs)", arXiv:1606.08415, 2016.
 *
 * @param z - any number; ±Infinity give Infinity and 0, NaN gives NaN
 * @returns a number ≥ −0.17
 */
export function gelu(z: number): number {
  const a = Math.min(Math.abs(z), 40)
  const tail = normalTail(a) / (1 + a)
  return z < 0 ? bell(a, -a * tail) : z * (1 - bell(a, tail))
}

/** Φ(z) + zφ(z), the derivative of {@link gelu}; between −0.129 and 1.129. */
export function geluDerivative(z: number): number {
  const a = Math.min(Math.abs(z), 40)
  const lower = bell(a, normalTail(a) / (1 + a) - a * 0.3989422804014327)
  return z < 0 ? lower : 1 - lower
}

// The sigmoid linear unit: the identity, weighted with the sigmoid.

/**
 * silu(z) = zσ(z), also called swish.
 *
 * For z < 0 it is taken as e^(z/2) · z/(1 + eᶻ) · e^(z/2): z would multiply the rounding of a subnormal eᶻ.
 *
 * S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
 * learning", Neural Networks 107 (2018).
 *
 * @param z - any number; ±Infinity give Infinity and 0, NaN gives NaN
 * @returns a number ≥ −0.279
 */
export function silu(z: number): number {
  if (z >= 0) return z / (1 + Math.exp(-z))
  // Below −1490 it is 0, and an infinite z times 0 would be NaN.
  const x = Math.max(z, -1500)
  const root = Math.exp(x / 2)
  return ((root * x) / (1 + root * root)) * root
}

/** σ(z) + zσ(z)σ(−z), the derivative of {@link silu}; between −0.1 and 1.1. */
export function siluDerivative(z: number): number {
  const x = Math.min(Math.abs(z), 1500)
  const root = Math.exp(-x / 2)
  const e = root * root
  const d = 1 + e
  return z < 0 ? ((root * (d - x)) / d / d) * root : (d + x * e) / d / d
}

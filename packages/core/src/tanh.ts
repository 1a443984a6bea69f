// The hyperbolic tangent: the sigmoid, centred and scaled to (−1, 1).

/**
 * tanh(z) = (eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ) = 2σ(2z) − 1, as the platform has it.
 *
 * @param z - any number; ±Infinity give ±1, NaN gives NaN
 */
export function tanh(z: number): number {
  return Math.tanh(z)
}

/**
 * 1 − tanh(z)² = 4e/(1 + e)² with e = e^−2|z|, the derivative of {@link tanh}: no difference from 1 is taken, so it keeps its
 * digits where tanh is next to ±1.
 */
export function tanhDerivative(z: number): number {
  const e = Math.exp(-2 * Math.abs(z))
  return (4 * e) / (1 + e) / (1 + e)
}

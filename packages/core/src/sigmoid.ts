// The logistic function: from log-odds to a probability.

/**
 * σ(z) = 1 / (1 + e⁻ᶻ), the probability whose log-odds are z.
 *
 * Only e^−|z| is ever taken, so nothing overflows, and the lower tail keeps its relative accuracy down to the smallest
 * subnormal: 1 − σ(z) is `sigmoid(-z)`, to the last digits.
 *
 * @param z - log-odds, any number; ±Infinity give 1 and 0, NaN gives NaN
 * @returns a probability in [0, 1]
 */
export function sigmoid(z: number): number {
  const e = Math.exp(-Math.abs(z))
  return (z < 0 ? e : 1) / (1 + e)
}

/** σ(z)σ(−z) = e/(1 + e)² with e = e^−|z|, the derivative of {@link sigmoid}; at most ¼, at z = 0. */
export function sigmoidDerivative(z: number): number {
  const e = Math.exp(-Math.abs(z))
  return e / (1 + e) / (1 + e)
}

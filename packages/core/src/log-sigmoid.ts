// The logarithm of the logistic function: the log-likelihood of a success.

/**
 * logSigmoid(z) = log σ(z) = −softplus(−z), without taking the logarithm of a probability that underflowed or is next to 1.
 *
 * Both terms of min(0, z) − log1p(e^−|z|) are ≤ 0, so nothing cancels.
 *
 * @param z - log-odds, any number; ±Infinity give 0 and −Infinity, NaN gives NaN
 * @returns a number ≤ 0
 */
export function logSigmoid(z: number): number {
  return Math.min(0, z) - Math.log1p(Math.exp(-Math.abs(z)))
}

/** σ(−z) = 1 − σ(z), the derivative of {@link logSigmoid}. */
export function logSigmoidDerivative(z: number): number {
  const e = Math.exp(-Math.abs(z))
  return (z < 0 ? 1 : e) / (1 + e)
}

// No activation: the output of a regression.

/** identity(z) = z. */
export function identity(z: number): number {
  return z
}

/** 1, the derivative of {@link identity}. NaN gives NaN. */
export function identityDerivative(z: number): number {
  return Number.isNaN(z) ? NaN : 1
}

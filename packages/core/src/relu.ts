// The ramp.

/**
 * relu(z) = max(0, z), the rectified linear unit.
 *
 * V. Nair, G. E. Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML 2010.
 */
export function relu(z: number): number {
  return Math.max(0, z)
}

/** 1 if z > 0, else 0: the derivative of {@link relu}, and at the kink its derivative from the left. NaN gives NaN. */
export function reluDerivative(z: number): number {
  if (z > 0) return 1
  return z <= 0 ? 0 : NaN
}

// The ramp that is not flat on the left.

function check(name: string, slope: number): void {
  if (!Number.isFinite(slope)) throw new RangeError(`${name}: expected a finite slope, got ${slope}`)
}

/**
 * leakyRelu(z, slope) = z if z > 0, else slope·z.
 *
 * A. L. Maas, A. Y. Hannun, A. Y. Ng, "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.
 *
 * @param z - any number; ±Infinity give the limit, NaN gives NaN
 * @param slope - on the left, any finite number; default 0.01
 * @throws RangeError if slope is not finite
 */
export function leakyRelu(z: number, slope = 0.01): number {
  check('leakyRelu', slope)
  // 0 · −Infinity would be NaN.
  if (z > 0 || (slope === 0 && z === -Infinity)) return Math.max(0, z)
  return slope * z
}

/**
 * 1 if z > 0, else slope: the derivative of {@link leakyRelu}, and at the kink its derivative from the left. NaN gives NaN.
 *
 * @throws RangeError if slope is not finite
 */
export function leakyReluDerivative(z: number, slope = 0.01): number {
  check('leakyReluDerivative', slope)
  if (z > 0) return 1
  return z <= 0 ? slope : NaN
}

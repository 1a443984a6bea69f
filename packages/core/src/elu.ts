// The ramp whose left side levels off: smooth at 0 for alpha = 1.

function check(name: string, alpha: number): void {
  if (!Number.isFinite(alpha)) throw new RangeError(`${name}: expected a finite alpha, got ${alpha}`)
}

/**
 * elu(z, α) = z if z > 0, else α(eᶻ − 1): the exponential linear unit.
 *
 * D.-A. Clevert, T. Unterthiner, S. Hochreiter, "Fast and accurate deep network learning by exponential linear units
 * (ELUs)", ICLR 2016.
 *
 * @param z - any number; ±Infinity give Infinity and −α, NaN gives NaN
 * @param alpha - −1 times the limit on the left, any finite number; default 1
 * @throws RangeError if alpha is not finite
 */
export function elu(z: number, alpha = 1): number {
  check('elu', alpha)
  return z > 0 ? z : alpha * Math.expm1(z)
}

/**
 * 1 if z > 0, else αeᶻ: the derivative of {@link elu}, and at 0, which is a kink unless α = 1, its derivative from the left.
 *
 * @throws RangeError if alpha is not finite
 */
export function eluDerivative(z: number, alpha = 1): number {
  check('eluDerivative', alpha)
  return z > 0 ? 1 : alpha * Math.exp(z)
}

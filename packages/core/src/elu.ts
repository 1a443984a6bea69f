// The ramp whose left side levels off: smooth at 0 for alpha = 1.

function check(name: string, alpha: number): void {
  if (!Number.isFinite(alpha)) throw new RangeError(`${name}: expected a finite alpha, got ${alpha}`)
}

/**
 * elu(z) = z for z > 0, α(eᶻ − 1) for z ≤ 0, the exponential linear unit.
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

/** 1 for z > 0, αeᶻ for z < 0, the derivative of {@link elu}; at 0 it is α, from the left, which is a kink unless α = 1. */
export function eluDerivative(z: number, alpha = 1): number {
  check('eluDerivative', alpha)
  return z > 0 ? 1 : alpha * Math.exp(z)
}

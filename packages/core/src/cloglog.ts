// The complementary log-log link: from a probability to the logarithm of a cumulative hazard.

function check(name: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${name}: expected a probability in [0, 1], got ${p}`)
}

/**
 * cloglog(p) = log(−log(1 − p)), the inverse of {@link inverseCloglog}.
 *
 * Near its zero at p = 1 − 1/e, where the logarithm of a number next to 1 loses digits, it is log1p(−log1p(e(1 − p) − 1)), with
 * 1/e in two parts.
 *
 * P. McCullagh, J. A. Nelder, Generalized Linear Models (2nd ed.), §4.3.1.
 *
 * @param p - probability in [0, 1], subnormals included; 0 and 1 give −Infinity and Infinity
 * @throws RangeError if p is outside [0, 1] or NaN
 */
export function cloglog(p: number): number {
  check('cloglog', p)
  if (p < 0.5 || p > 0.75) return Math.log(-Math.log1p(-p))
  return Math.log1p(-Math.log1p(Math.E * (1 - p - 0.36787944117144233 + 1.2428753672788363e-17)))
}

/**
 * 1/(−(1 − p) log(1 − p)), the derivative of {@link cloglog}; Infinity at 0 and 1.
 *
 * @throws RangeError if p is outside [0, 1] or NaN
 */
export function cloglogDerivative(p: number): number {
  check('cloglogDerivative', p)
  // (1 − p) log(1 − p) has the limit 0, but 0 · −Infinity is NaN.
  return p === 1 ? Infinity : 1 / ((p - 1) * Math.log1p(-p))
}

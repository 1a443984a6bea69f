// The inverse of the logistic function: from a probability to log-odds.

/**
 * logit(p) = log(p / (1 − p)), the log-odds of p.
 *
 * Near ½, where the logarithm of a ratio close to 1 loses digits, it is log1p((2p − 1)/(1 − p)); 2p − 1 is exact there.
 *
 * @param p - probability in [0, 1], subnormals included; 0 and 1 give −Infinity and Infinity
 * @returns log-odds
 * @throws RangeError if p is outside [0, 1] or NaN
 */
export function logit(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`logit: expected a probability in [0, 1], got ${p}`)
  return p < 0.25 || p > 0.75 ? Math.log(p / (1 - p)) : Math.log1p((2 * p - 1) / (1 - p))
}

/**
 * 1/(p(1 − p)), the derivative of {@link logit}; Infinity at 0 and 1, and below 5.6e-309, where it leaves the doubles.
 *
 * @throws RangeError if p is outside [0, 1] or NaN
 */
export function logitDerivative(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`logitDerivative: expected a probability in [0, 1], got ${p}`)
  return 1 / (p * (1 - p))
}

// The bell curve, to the last digits of both tails.

/**
 * factor · e^(−x²/2), without rounding x² first: half an ulp of x²/2 is a relative error of 76 ε at x = 37.
 *
 * x = s + t with s of 24 bits, whose square is exact, and x² = s² + t(x + s). The exponent goes in two parts, of which the
 * first never underflows, so a result among the subnormals is rounded once, whatever the factor.
 *
 * The splitting is that of W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969),
 * with a float in place of his sixteenths.
 *
 * @param x - in [0, 40]; e^(−800) is 0 already
 */
export function bell(x: number, factor: number): number {
  const s = Math.fround(x)
  const half = (s * s) / 2
  const first = Math.min(half, 706)
  return Math.exp(-first) * (factor * Math.exp(first - half - ((x - s) * (x + s)) / 2))
}

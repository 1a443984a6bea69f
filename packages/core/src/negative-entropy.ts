// The conjugate of the logistic loss: the negative entropy of a coin.

/** π log π + (1 − π) log(1 − π) from π and 1 − π in either order; the smaller one carries the digits. */
export function negativeEntropy(one: number, other: number): number {
  const small = Math.min(one, other)
  return small < 0 ? Infinity : small && small * Math.log(small) + (1 - small) * Math.log1p(-small)
}

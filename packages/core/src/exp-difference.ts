// The term of every stable function of exponentials: e^(a − b), to the last digits.

/**
 * e^(a − b) for a ≤ b, and 1 where a = b, infinite or not.
 *
 * The subtraction rounds by up to |a − b| ε/2, which the exponential would turn into a relative error of that size (33 ε
 * at e⁻⁶⁶). So what it rounded off is recovered exactly and multiplied in: D. E. Knuth, The Art of Computer Programming
 * vol. 2, §4.2.2, theorem B.
 */
export function expDifference(a: number, b: number): number {
  if (a === b) return 1
  const difference = a - b
  const e = Math.exp(difference)
  // 0 may come of an infinite difference, for which the next lines would give NaN.
  if (!(e > 0)) return e
  const subtracted = a - difference
  return e + e * (a - (difference + subtracted) + (subtracted - b))
}

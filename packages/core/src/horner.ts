// A polynomial, by Horner's rule.

/** c₀ + c₁x + c₂x² + …, coefficients in that order. */
export function horner(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k]
  return sum
}

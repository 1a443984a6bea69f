// Dense p × p systems with a symmetric positive definite matrix. Row-major. Golub & Van Loan, Matrix Computations (2013), §4.2.

/**
 * A = L Lᵀ, in place: `a` (n × n; only its lower triangle is read) has L in its lower triangle afterwards.
 *
 * @returns false if A is not positive definite to working precision (a pivot is not above 10⁻¹⁵ n of its diagonal entry, or is
 * NaN); `a` is then spoilt. The test does not depend on how the coordinates are scaled.
 */
export function cholesky(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n
    const diagonal = a[row + i]!
    for (let j = 0; j <= i; j++) {
      const other = j * n
      let sum = a[row + j]!
      for (let k = 0; k < j; k++) sum -= a[row + k]! * a[other + k]!
      if (j < i) a[row + j] = sum / a[other + j]!
      else if (sum > 1e-15 * n * diagonal && sum < Infinity) a[row + i] = Math.sqrt(sum)
      else return false
    }
  }
  return true
}

/** Solves L Lᵀ x = b in place (`b`: n), with L from {@link cholesky}. */
export function choleskySolve(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * b[k]!
    b[i] = sum / l[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    const x = b[i]! / l[i * n + i]!
    b[i] = x
    for (let k = 0; k < i; k++) b[k]! -= x * l[i * n + k]!
  }
}

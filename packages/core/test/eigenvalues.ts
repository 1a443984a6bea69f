// Eigenvalues of a small symmetric matrix, for tests of curvature.

/**
 * All eigenvalues of a symmetric K × K matrix, by cyclic Jacobi rotations: G. H. Golub, C. F. Van Loan, Matrix Computations
 * (4th ed.), §8.5.
 */
export function eigenvalues(matrix: ArrayLike<number>): number[] {
  const K = Math.sqrt(matrix.length)
  const A = Float64Array.from(matrix)
  const size = Math.hypot(...A)
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < K; p++) {
      for (let q = p + 1; q < K; q++) {
        const apq = A[p * K + q]
        off = Math.max(off, Math.abs(apq))
        if (Math.abs(apq) <= 1e-300) continue
        const tau = (A[q * K + q] - A[p * K + p]) / (2 * apq)
        const t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.hypot(1, tau))
        const c = 1 / Math.hypot(1, t)
        const s = t * c
        for (let k = 0; k < K; k++) {
          const [x, y] = [A[k * K + p], A[k * K + q]]
          A[k * K + p] = c * x - s * y
          A[k * K + q] = s * x + c * y
        }
        for (let k = 0; k < K; k++) {
          const [x, y] = [A[p * K + k], A[q * K + k]]
          A[p * K + k] = c * x - s * y
          A[q * K + k] = s * x + c * y
        }
      }
    }
    if (off <= 1e-17 * size) break
  }
  return Array.from({ length: K }, (_, k) => A[k * K + k]).sort((a, b) => a - b)
}

// Coefficients and gradients of K columns of η at once, as modules want them: P + 1 rows of `stride` numbers, the smallest even number ≥ K; the
// last row belongs to a column of ones.

/** The columns of a design: (x − mean) · inverse of columns of the matrix, and ones if there is an intercept. */
export interface DesignColumns {
  readonly from: Int32Array
  readonly mean: Float64Array
  readonly inverse: Float64Array
  readonly intercept: boolean
}

export const strideOf = (K: number): number => (K + 1) & ~1

/**
 * Writes w (columns × K) as coefficients of the matrix's own P columns.
 *
 * @param pivoted whether the means are taken from the numbers themselves, and so not from the sums
 */
export function writeMany(
  { from, mean, inverse, intercept }: DesignColumns,
  pivoted: boolean,
  w: Float64Array,
  K: number,
  P: number,
  out: Float64Array,
): void {
  const stride = strideOf(K)
  const last = P * stride
  out.fill(0, 0, last + stride)
  for (let j = 0; j < from.length; j++)
    for (let k = 0; k < K; k++) {
      const one = w[j * K + k] * inverse[j]
      out[from[j] * stride + k] += one
      if (!pivoted) out[last + k] -= mean[j] * one
    }
  if (intercept) for (let k = 0; k < K; k++) out[last + k] += w[from.length * K + k]
}

/** Writes XᵀR to `out` (columns × K), from that of the matrix's own P columns and, behind it, the sums of R. */
export function readMany(
  { from, mean, inverse, intercept }: DesignColumns,
  pivoted: boolean,
  g: Float64Array,
  K: number,
  P: number,
  out: Float64Array,
): void {
  const stride = strideOf(K)
  const last = P * stride
  for (let j = 0; j < from.length; j++)
    for (let k = 0; k < K; k++) {
      const sum = g[from[j] * stride + k]
      out[j * K + k] = (pivoted ? sum : sum - mean[j] * g[last + k]) * inverse[j]
    }
  if (intercept) for (let k = 0; k < K; k++) out[from.length * K + k] = g[last + k]
}

/** Copies rows of K numbers between arrays whose rows begin so many numbers apart. */
export function copyRows(
  source: Float64Array,
  fromStride: number,
  to: Float64Array,
  toStride: number,
  rows: number,
  K: number,
): void {
  if (fromStride === toStride) to.set(source.subarray(0, rows * K))
  else
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < K; k++) to[i * toStride + k] = source[i * fromStride + k]
}

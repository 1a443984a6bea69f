// The columns of a sparse design, (x − mean) · inverse of columns of the matrix, from both sides: what is taken from a column is taken from
// the sums, so that zeros stay zeros.
import type { SparseColumns } from '@logodds/linear'

/** Writes column k of w (columns × K) as coefficients v of the matrix's own columns; returns what the sum of each row starts with. */
export function writeCoefficients(
  { from, mean, inverse, intercept }: SparseColumns,
  w: Float64Array,
  K: number,
  k: number,
  v: Float64Array,
): number {
  const size = from.length
  v.fill(0)
  let bias = intercept ? w[size * K + k] : 0
  for (let j = 0; j < size; j++) {
    const one = w[j * K + k] * inverse[j]
    v[from[j]] = one
    bias -= mean[j] * one
  }
  return bias
}

/** Adds what g = Xᵀr, of the matrix's own columns, and `sum` = Σ r say to column k of out (columns × K). */
export function addGradient(
  { from, mean, inverse, intercept }: SparseColumns,
  g: Float64Array,
  sum: number,
  out: Float64Array,
  K: number,
  k: number,
): void {
  const size = from.length
  for (let j = 0; j < size; j++) out[j * K + k] += (g[from[j]] - mean[j] * sum) * inverse[j]
  if (intercept) out[size * K + k] += sum
}

/**
 * Adds Σ c (x − m)(x − m)ᵀ of the design's columns, on and below the diagonal, from h = Σ c xxᵀ of the matrix's own, t = Σ c x and behind that
 * Σ c: G − m tᵀ − t mᵀ + Σc m mᵀ. Entry (j, l) goes to out[jK + k][lK + m], K blocks of it beside each other.
 */
export function addGram(
  { from, mean, inverse, intercept }: SparseColumns,
  h: Float64Array,
  t: Float64Array,
  p: number,
  out: (j: number, l: number, value: number) => void,
): void {
  const size = from.length
  const sum = t[p]
  for (let j = 0; j < size; j++) {
    const c = from[j]
    const m = mean[j]
    for (let l = 0; l <= j; l++) {
      const centred = h[c * p + from[l]] - m * t[from[l]] - mean[l] * (t[c] - m * sum)
      out(j, l, centred * inverse[j] * inverse[l])
    }
  }
  if (!intercept) return
  for (let l = 0; l < size; l++) out(size, l, (t[from[l]] - mean[l] * sum) * inverse[l])
  out(size, size, sum)
}

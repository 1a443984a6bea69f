// The columns of a design, (x − mean) · inverse of columns of the matrix, as its module wants them.
import { type DenseStorage, demandHeld } from './dense-storage.ts'

/** Which columns of the matrix, and what is done to them; a last column of ones is none of them. */
export interface DenseColumns {
  /** Indices of columns of the matrix. */
  readonly from: Int32Array
  readonly mean: Float64Array
  readonly inverse: Float64Array
  readonly intercept: boolean
}

// Means up to so many standard deviations cost no more than their square in rounding errors.
const SMALL_MEAN = 8

/** Whether means are so large beside the deviations that numbers lose digits unless the means are subtracted from each. */
export const isFar = ({ mean, inverse }: DenseColumns): boolean =>
  mean.some((m, j) => Math.abs(m * inverse[j]) > SMALL_MEAN)

/** Writes means, scales and indices, unless they are there; says where the pivots are, 0 if none are needed. */
export function prepare(storage: DenseStorage, columns: DenseColumns): number {
  demandHeld(storage)
  const { from, mean, inverse } = columns
  if (storage.owner !== columns) {
    storage.owner = columns
    storage.mean.set(mean)
    storage.inverse.set(inverse)
    storage.keep.set(from)
    storage.pivots.fill(0)
    // Where means are large beside the deviations, they are subtracted from each number; elsewhere from the sums, which is faster.
    const pivoted = isFar(columns)
    if (pivoted)
      from.forEach((c, j) => {
        storage.pivots[c] = mean[j]
      })
    storage.pivoted = pivoted
  }
  return storage.pivoted ? storage.pivots.byteOffset : 0
}

/** Writes column k of w (columns × K) as coefficients of the matrix's own columns; returns what the sum of each row starts with. */
export function writeCoefficients(
  storage: DenseStorage,
  { from, mean, inverse, intercept }: DenseColumns,
  w: Float64Array,
  K: number,
  k: number,
): number {
  const { v, pivoted } = storage
  v.fill(0)
  let bias = intercept ? w[from.length * K + k] : 0
  for (let j = 0; j < from.length; j++) {
    const coefficient = w[j * K + k] * inverse[j]
    v[from[j]] += coefficient
    if (!pivoted) bias -= mean[j] * coefficient
  }
  return bias
}

/** Adds what g, of the matrix's own columns, and `sum` = Σ r say to column k of out (columns × K). */
export function addGradient(
  { pivoted }: DenseStorage,
  { from, mean, inverse, intercept }: DenseColumns,
  g: Float64Array,
  sum: number,
  out: Float64Array,
  K: number,
  k: number,
): void {
  for (let j = 0; j < from.length; j++) {
    const own = g[from[j]]
    out[j * K + k] += (pivoted ? own : own - mean[j] * sum) * inverse[j]
  }
  if (intercept) out[from.length * K + k] += sum
}

// Which columns are fitted, and on what scale. Inside a fit, columns have mean 0 (if there is an intercept) and standard deviation 1:
// v = scale ∘ w. Outside, coefficients belong to the columns of X as they came.
import { aliasedColumns, NEGLIGIBLE } from './aliasing.ts'
import { demand } from './demand.ts'
import type { ColumnMoments, Design } from './design.ts'

/** Coefficients on the scale of X: a model, or anything with these two. */
export interface StartingPoint {
  /** One row for each column of η, one entry for each column of X. */
  readonly coefficients: readonly (readonly number[])[]
  /** One for each column of η. */
  readonly intercepts: readonly number[]
}

export interface FittedColumns {
  readonly intercept: boolean
  /** For each column of X. */
  readonly centre: Float64Array
  /** For each column of X, > 0. */
  readonly scale: Float64Array
  /** The columns of X that are fitted, ascending. */
  readonly keep: Int32Array
  /** How many of them are not penalised. */
  readonly free: number
  /** Unpenalised columns that are left out: constant, or determined by the columns before them. */
  readonly aliased: readonly number[]
  /** Passes over the data that the choice took, the moments included. */
  readonly passes: number
}

/**
 * @param factors penalty factor of each column, 0 = unpenalised
 * @param weights n, sum 1
 */
export function chooseColumns(
  design: Design,
  weights: Float64Array,
  { mean, deviation }: ColumnMoments,
  intercept: boolean,
  factors: Float64Array,
): FittedColumns {
  const length = mean.map((m, c) => Math.hypot(m, deviation[c]))
  const varies = (c: number) => deviation[c] > NEGLIGIBLE * length[c]
  const centre = mean.map((m) => (intercept ? m : 0))
  // Without an intercept a constant column is one: its length is its scale.
  const scale = mean.map((_, c) => (varies(c) ? deviation[c] : length[c] || 1))
  const all = Int32Array.from(mean, (_, c) => c)
  const usable = all.filter((c) => varies(c) || (!intercept && length[c] > 0))
  const free = usable.filter((c) => factors[c] === 0)
  const { aliased, passes } = aliasedColumns(
    design.rescaled(centre, scale, free),
    weights,
    Float64Array.from(free, (c) => length[c] / scale[c]),
    design.rows - +intercept,
  )
  const keep = usable.filter((c) => !aliased.has(free.indexOf(c)))
  return {
    intercept,
    centre,
    scale,
    keep,
    free: free.length - aliased.size,
    aliased: [...all].filter((c) => factors[c] === 0 && !keep.includes(c)),
    passes: 1 + (free.length && passes),
  }
}

/** From standardised coordinates (columns × K, intercepts last) to coefficients for X; 0 for what is not fitted. */
export function toRawScale(at: Float64Array, { centre, scale, keep, intercept }: FittedColumns, K: number) {
  const coefficients = Array.from({ length: K }, () => new Array<number>(centre.length).fill(0))
  const intercepts = coefficients.map((row, k) => {
    let moved = 0
    keep.forEach((c, j) => {
      row[c] = at[j * K + k] / scale[c]
      moved += row[c] * centre[c]
    })
    return intercept ? at[keep.length * K + k] - moved : 0
  })
  return { coefficients, intercepts }
}

/** The inverse of {@link toRawScale}. */
export function fromRawScale(
  caller: string,
  { coefficients, intercepts }: StartingPoint,
  { centre, scale, keep, intercept }: FittedColumns,
  K: number,
): Float64Array {
  const p = centre.length
  const shape = [coefficients.length, intercepts.length, ...coefficients.map((row) => row.length)]
  const wanted = [K, K, ...coefficients.map(() => p)]
  demand(`${shape}` === `${wanted}`, caller, `start with ${K} × ${p} coefficients`, `lengths ${shape}`)
  const at = new Float64Array((keep.length + +intercept) * K)
  coefficients.forEach((row, k) => {
    let moved = intercepts[k]
    keep.forEach((c, j) => {
      at[j * K + k] = row[c] * scale[c]
      moved += row[c] * centre[c]
    })
    if (intercept) at[keep.length * K + k] = moved
  })
  return at
}

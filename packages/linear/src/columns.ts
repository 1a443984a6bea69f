// Which columns are fitted, and on what scale. Inside a fit, columns have mean 0 (if there is an intercept) and standard deviation 1:
// v = scale ∘ w. Outside, coefficients belong to the columns of X as they came.
import type { Penalty } from '@logodds/optim'
import { aliasedColumns } from './aliasing.ts'
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
  /** Unpenalised columns that are left out, because the columns before them determine them. */
  readonly aliased: readonly number[]
  /** Passes over the data that the choice took, the moments included. */
  readonly passes: number
}

// What R calls constant or aliased: nothing left at this share of the column's length.
const NEGLIGIBLE = 1e-11

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
  const centre = intercept ? mean : new Float64Array(mean.length)
  // Without an intercept a constant column is one: its length is its scale.
  const scale = mean.map((_, c) => (varies(c) ? deviation[c] : length[c] || 1))
  const all = Int32Array.from(mean, (_, c) => c)
  const usable = all.filter((c) => varies(c) || (!intercept && length[c] > 0))
  const free = usable.filter((c) => factors[c] === 0)
  const dependent =
    free.length > 0
      ? aliasedColumns(
          design.rescaled(centre, scale, free),
          weights,
          Float64Array.from(free, (c) => length[c] / scale[c]),
        )
      : { columns: new Set<number>(), passes: 0 }
  const left = new Set(Array.from(dependent.columns, (j) => free[j]))
  const keep = usable.filter((c) => !left.has(c))
  const fitted = new Set(keep)
  return {
    intercept,
    centre,
    scale,
    keep,
    free: free.length - left.size,
    aliased: Array.from(all.filter((c) => factors[c] === 0 && !fitted.has(c))),
    passes: 1 + dependent.passes,
  }
}

/** The penalty as it looks from inside, with weight 0 for the intercepts. */
export function penaltyInside(
  penalty: Penalty,
  { keep, scale, intercept }: FittedColumns,
  factors: Float64Array,
  width: number,
  standardize: boolean,
): Penalty {
  const size = (keep.length + (intercept ? 1 : 0)) * width
  const weights = new Float64Array(size)
  const scales = new Float64Array(size).fill(1)
  keep.forEach((c, j) => {
    weights.fill(factors[c], j * width, (j + 1) * width)
    if (!standardize) scales.fill(scale[c], j * width, (j + 1) * width)
  })
  return penalty.inCoordinates(weights, scales)
}

/** From standardised coordinates (columns × K, intercepts last) to coefficients for X; 0 for what is not fitted. */
export function toRawScale(at: Float64Array, columns: FittedColumns, width: number) {
  const { centre, scale, keep, intercept } = columns
  const coefficients = Array.from({ length: width }, () => new Array<number>(centre.length).fill(0))
  const intercepts = coefficients.map((row, k) => {
    let moved = 0
    keep.forEach((c, j) => {
      row[c] = at[j * width + k] / scale[c]
      moved += row[c] * centre[c]
    })
    return intercept ? at[keep.length * width + k] - moved : 0
  })
  return { coefficients, intercepts }
}

/** The inverse of {@link toRawScale}. */
export function fromRawScale(
  caller: string,
  { coefficients, intercepts }: StartingPoint,
  { centre, scale, keep, intercept }: FittedColumns,
  width: number,
): Float64Array {
  const p = centre.length
  if (
    coefficients.length !== width ||
    intercepts.length !== width ||
    coefficients.some((row) => row.length !== p)
  )
    throw new RangeError(
      `${caller}: expected start with ${width} × ${p} coefficients, got ${coefficients.length} × ${coefficients[0]?.length}`,
    )
  const at = new Float64Array((keep.length + (intercept ? 1 : 0)) * width)
  coefficients.forEach((row, k) => {
    let moved = 0
    keep.forEach((c, j) => {
      at[j * width + k] = row[c] * scale[c]
      moved += row[c] * centre[c]
    })
    if (intercept) at[keep.length * width + k] = intercepts[k] + moved
  })
  if (!at.every(Number.isFinite)) throw new RangeError(`${caller}: expected finite numbers in start`)
  return at
}

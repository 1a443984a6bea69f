// Which columns are fitted, and on what scale. Inside a fit, columns have mean 0 (if there is an intercept) and standard deviation 1:
// v = scale ∘ w. Outside, coefficients belong to the columns of X as they came.
import { independentColumns, NEGLIGIBLE } from './aliasing.ts'
import { demand } from './demand.ts'
import type { ColumnMoments, Design } from './design.ts'

// A few units in the last place.
const ROUNDING = 1e-15

/** Coefficients on the scale of X: a model, or anything with these two. */
export interface StartingPoint {
  /** One row for each column of η, one entry for each column of X. */
  readonly coefficients: readonly (readonly number[])[]
  /** One for each column of η. */
  readonly intercepts: readonly number[]
}

export interface FittedColumns {
  /** For each column of X. */
  readonly centre: Float64Array
  /** For each column of X, > 0. */
  readonly scale: Float64Array
  /** Penalty factor of each column of X, 0 = unpenalised. */
  readonly factors: readonly number[]
  /** The columns of X that are fitted, ascending. */
  readonly keep: Int32Array
  /** Unpenalised columns that are left out: constant, or determined by the columns before them. */
  readonly aliased: Int32Array
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
  factors: readonly number[],
): FittedColumns {
  const length = mean.map((m, c) => Math.hypot(m, deviation[c]))
  const centre = mean.map((m) => (intercept ? m : 0))
  // A penalised column is left out only where nothing but rounding varies: the penalty keeps it well-posed.
  const least = (c: number) => (factors[c] ? ROUNDING : NEGLIGIBLE) * length[c]
  // Without an intercept a constant column is one: its length is its scale.
  const scale = deviation.map((d, c) => (d > least(c) ? d : length[c] || 1))
  const all = Int32Array.from(mean, (_, c) => c)
  const usable = all.filter((c) => (intercept ? deviation : length)[c] > least(c))
  const free = usable.filter((c) => !factors[c])
  const { kept, passes } = free.length
    ? independentColumns(
        design.rescaled(centre, scale, free),
        weights,
        Float64Array.from(free, (c) => length[c] / scale[c]),
        design.rows - +intercept,
      )
    : { kept: [], passes: 0 }
  const fitted = new Set(kept.map((k) => free[k]))
  return {
    centre,
    scale,
    factors,
    keep: usable.filter((c) => factors[c] || fitted.has(c)),
    aliased: all.filter((c) => !factors[c] && !fitted.has(c)),
    passes: 1 + passes,
  }
}

/** From standardised coordinates (columns × K, intercepts last) to coefficients for X; 0 for what is not fitted. */
export function toRawScale(at: Float64Array, { centre, scale, keep }: FittedColumns, K: number) {
  const coefficients = Array.from({ length: K }, () => Array.from(centre, () => 0))
  const intercepts = coefficients.map((row, k) => {
    keep.forEach((c, j) => {
      row[c] = at[j * K + k] / scale[c]
    })
    return keep.reduce((sum, c) => sum - row[c] * centre[c], at[keep.length * K + k] ?? 0)
  })
  return { coefficients, intercepts }
}

/** @throws RangeError unless `start` has K rows of p finite coefficients and K finite intercepts. */
export function checkStart(caller: string, start: StartingPoint | undefined, p: number, K: number): void {
  if (!start) return
  const { coefficients, intercepts } = Object(start) as Partial<StartingPoint>
  const rows = [coefficients ?? [], intercepts ?? [], ...(coefficients ?? [])]
  const lengths = rows.map((row) => row?.length)
  const right = [K, K, ...Array.from({ length: K }, () => p)]
  demand(`${lengths}` === `${right}`, caller, `start with ${K} × ${p} coefficients`, `lengths ${lengths}`)
  const bad = rows
    .slice(1)
    .flat()
    .find((v) => !Number.isFinite(v))
  demand(bad === undefined, caller, 'finite numbers in start', bad)
}

/** The inverse of {@link toRawScale}. */
export function fromRawScale(
  { coefficients, intercepts }: StartingPoint,
  { centre, scale, keep }: FittedColumns,
  at: Float64Array,
  K: number,
): void {
  coefficients.forEach((row, k) => {
    keep.forEach((c, j) => {
      at[j * K + k] = row[c] * scale[c]
    })
    // Without an intercept there is no such place, and nothing is stored.
    at[keep.length * K + k] = keep.reduce((sum, c) => sum + row[c] * centre[c], intercepts[k])
  })
}

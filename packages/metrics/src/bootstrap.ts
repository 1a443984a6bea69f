// How far any number that is made of rows may be from its true value: what it is on rows drawn again.
import { checkLength } from './check-length.ts'
import { encode } from './encode.ts'
import { fault, undefinedMetric } from './fault.ts'
import type { Interval } from './interval.ts'
import { isUndefinedMetric } from './is-undefined-metric.ts'
import type { Label, Truth } from './label.ts'
import { uniform } from './xoshiro128.ts'

/** n entries, one for each row: truth, predicted, scores, weights, or rows of probabilities. */
export type Column = Truth | ReadonlyArray<unknown>

export interface BootstrapOptions {
  /** How many samples are drawn. Default: 2000. */
  replicates?: number
  /** The same seed draws the same rows: a whole number in [0, 2⁵³). Default: 0. */
  seed?: number
  /** Uniform on [0, 1), in place of the seeded generator: that of a library, or of a stream for each worker. */
  random?: () => number
  /** Draw from each class of the first column as many rows as it has, so that none is ever absent. Default: false. */
  stratified?: boolean
  /** Of the interval. Default: 0.95. */
  level?: number
}

export interface Bootstrap extends Interval {
  /** The metric of the rows as they are. */
  estimate: number
  /** The standard deviation of `values`; null if there are fewer than two. */
  standardError: number | null
  /** The metric of each sample for which it exists, in the order drawn. */
  values: Float64Array
  /** For how many samples it does not, a class being absent: see `stratified`. */
  undefinedCount: number
}

/**
 * The bootstrap: the metric of `replicates` samples of the rows, drawn with replacement, and the interval between the quantiles
 * (1 − level)/2 and (1 + level)/2 of what comes out (the percentile interval; quantiles are interpolated linearly).
 * (B. Efron & R. J. Tibshirani, An Introduction to the Bootstrap, 1993, §13.3.)
 *
 * @param metric of columns like those given: `rocAuc`, or `(truth, p, weights) => logLoss(truth, p, { weights })`
 * @param columns of equal length; those drawn are new arrays of the same kind
 * @throws RangeError for no rows, differing lengths, options out of range; a metric of the rows as they are that is not finite
 * @throws RangeError named 'UndefinedMetricError' if no sample has the metric; what the metric throws, but for samples without it
 */
export function bootstrap<Columns extends readonly Column[]>(
  metric: (...columns: Columns) => number,
  columns: readonly [...Columns],
  options: BootstrapOptions = {},
): Bootstrap {
  const { replicates = 2000, seed = 0, random = uniform(seed), stratified = false, level = 0.95 } = options
  const n = columns[0]?.length
  for (let c = 0; c < Math.max(columns.length, 1); c++)
    checkLength('bootstrap', `columns[${c}]`, columns[c], n)
  if (!(Number.isSafeInteger(replicates) && replicates > 0))
    fault('bootstrap', 'replicates, a whole number > 0', replicates)
  if (!(Number.isSafeInteger(seed) && seed >= 0)) fault('bootstrap', 'seed, a whole number in [0, 2⁵³)', seed)
  if (!(level > 0 && level < 1)) fault('bootstrap', 'level in (0, 1)', level)
  const estimate = metric(...columns)
  if (!Number.isFinite(estimate)) fault('bootstrap', 'a metric that is finite', estimate)

  const strata = stratified
    ? rowsByClass(columns[0] as readonly Label[])
    : [Int32Array.from({ length: n }, (_, i) => i)]
  const values: number[] = []
  for (let replicate = 0; replicate < replicates; replicate++) {
    const drawn = strata.flatMap((rows) =>
      Array.from(rows, () => {
        const share = random()
        if (!(share >= 0 && share < 1)) fault('bootstrap', 'random() in [0, 1)', share)
        return rows[Math.floor(share * rows.length)]
      }),
    )
    try {
      const value = metric(...(columns.map((column) => taken(column, drawn)) as unknown as Columns))
      if (!Number.isFinite(value))
        fault('bootstrap', `a metric that is finite for sample ${replicate}`, value)
      values.push(value)
    } catch (error) {
      if (!isUndefinedMetric(error)) throw error
    }
  }
  if (values.length === 0) undefinedMetric('bootstrap', 'a sample that has the metric', replicates)

  const sorted = Float64Array.from(values).sort()
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1)
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
    return below + (place % 1) * (above - below)
  }
  const mean = values.reduce((sum, value) => sum + value / values.length, 0)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    estimate,
    standardError: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null,
    lower: quantile((1 - level) / 2),
    upper: quantile((1 + level) / 2),
    values: Float64Array.from(values),
    undefinedCount: replicates - values.length,
  }
}

/** The indices of the rows of each class. */
function rowsByClass(truth: Truth): number[][] {
  const [classes, codes] = encode('bootstrap', [truth])
  const rows = classes.map((): number[] => [])
  for (const [i, code] of codes[0].entries()) rows[code].push(i)
  return rows
}

/** The entries of `drawn`, in an array of the same kind. */
function taken(column: Column, drawn: readonly number[]): Column {
  const copy = column.slice() as unknown[]
  for (const [i, row] of drawn.entries()) copy[i] = column[row]
  return copy
}

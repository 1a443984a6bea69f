// Rows for training and rows for testing, each class in proportion.
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { dataError, quoted } from './data-error.ts'
import { sortLevels } from './levels.ts'

export interface SplitOptions {
  /** Share of the rows for testing, strictly between 0 and 1. Default 0.25. */
  fraction?: number
  /** An integer from 0 to 4294967295; the same seed and labels give the same split. Default 0. */
  seed?: number
}

/**
 * Indices of the rows for training and for testing, both ascending. The test rows are round(fraction · n), shared among the classes by
 * largest remainders, so that each class gives its share to within one row, and every class has at least one row on each side.
 *
 * @param labels one for each row; labels that differ in type are different classes.
 * @throws RangeError if an option is wrong or there are no rows; TypeError if a label is null, undefined or NaN.
 * @throws DataError if a class has only one row.
 */
export function stratifiedSplit(
  labels: ArrayLike<string | number | boolean>,
  options: SplitOptions = {},
): { train: Int32Array; test: Int32Array } {
  const { fraction = 0.25, seed = 0 } = options
  if (!(fraction > 0 && fraction < 1)) {
    throw new RangeError(`stratifiedSplit: expected a fraction between 0 and 1, got ${fraction}`)
  }
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= 4294967295)) {
    throw new RangeError(`stratifiedSplit: expected seed to be an integer from 0 to 4294967295, got ${seed}`)
  }
  const rowsOf = rowsByClass(labels)
  const counts = shares(
    rowsOf.map((rows) => rows.length),
    fraction,
  )
  const random = xoroshiro128plus(seed)
  const inTest = new Uint8Array(labels.length)
  rowsOf.forEach((rows, k) => {
    // The first places of a Fisher–Yates shuffle: a uniform sample without replacement.
    for (let i = 0; i < counts[k]; i++) {
      const j = uniformInt(random, i, rows.length - 1)
      ;[rows[i], rows[j]] = [rows[j], rows[i]]
      inTest[rows[i]] = 1
    }
  })
  const side = (test: number) => Int32Array.from(inTest.keys()).filter((i) => inTest[i] === test)
  return { train: side(0), test: side(1) }
}

// Classes in sorted order, so that the order in which they happen to appear plays no part.
function rowsByClass(labels: ArrayLike<string | number | boolean>): number[][] {
  if (!(labels.length > 0))
    throw new RangeError(`stratifiedSplit: expected at least one label, got ${labels.length}`)
  const rowsOf = new Map<string | number | boolean, number[]>()
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]
    if (!['string', 'number', 'boolean'].includes(typeof label) || Number.isNaN(label)) {
      throw new TypeError(
        `stratifiedSplit: expected labels to be strings, numbers or booleans, got ${String(label)} at ${i}`,
      )
    }
    const rows = rowsOf.get(label)
    if (rows) rows.push(i)
    else rowsOf.set(label, [i])
  }
  const order = new Map(sortLevels(new Set([...rowsOf.keys()].map(String))).map((text, i) => [text, i]))
  const classes = [...rowsOf.keys()].sort(
    (a, b) => order.get(String(a))! - order.get(String(b))! || (typeof a < typeof b ? -1 : 1),
  )
  const single = classes.find((label) => rowsOf.get(label)!.length < 2)
  if (single !== undefined) {
    throw dataError(
      `class ${quoted(String(single))} has only 1 row, and a stratified split needs one on each side`,
    )
  }
  return classes.map((label) => rowsOf.get(label)!)
}

// round(fraction · n) test rows: the whole part of each class's share, then one more where the remainder is largest, then the bounds.
function shares(sizes: number[], fraction: number): number[] {
  const n = sizes.reduce((sum, size) => sum + size, 0)
  const exact = sizes.map((size) => fraction * size)
  const counts = exact.map(Math.floor)
  let left = Math.round(fraction * n) - counts.reduce((sum, count) => sum + count, 0)
  const byRemainder = exact
    .map((_, k) => k)
    .sort((a, b) => exact[b] - counts[b] - (exact[a] - counts[a]) || a - b)
  for (const k of byRemainder) if (left-- > 0) counts[k]++
  return counts.map((count, k) => Math.min(Math.max(count, 1), sizes[k] - 1))
}

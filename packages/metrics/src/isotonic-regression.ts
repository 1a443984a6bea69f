// The nearest monotone function of one variable.
import { fault } from './fault.ts'

export interface IsotonicOptions {
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
  /** Default: true; false for a function that falls. */
  increasing?: boolean
}

/** Plain data: it survives JSON. Linear between the thresholds, constant beyond the first and the last. */
export interface IsotonicMap {
  kind: 'isotonic'
  /** Ascending. */
  thresholds: number[]
  /** The function at each threshold. */
  values: number[]
}

/**
 * Isotonic regression: the monotone f that minimises Σ wᵢ (yᵢ − f(xᵢ))², by pooling adjacent violators (R. E. Barlow et al., Statistical inference
 * under order restrictions, 1972); rows of equal x are one, at the mean of their y. Thresholds inside a flat stretch are left out.
 *
 * @param x n finite numbers
 * @param y n finite numbers
 * @throws RangeError for no rows, differing lengths, numbers that are not finite, weights that are negative, not finite or all 0.
 */
export function isotonicRegression(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { weights, increasing = true }: IsotonicOptions = {},
): IsotonicMap {
  const columns = { x, y, ...(weights && { weights }) }
  for (const [name, column] of Object.entries(columns)) {
    if (!(x?.length > 0 && column?.length === x.length))
      fault('isotonicRegression', `${name}.length ${x?.length || '> 0'}`, column?.length)
    for (let i = 0; i < x.length; i++)
      if (!(Number.isFinite(column[i]) && (column !== weights || column[i] >= 0)))
        fault('isotonicRegression', `${name}[${i}] finite${column === weights ? ' and >= 0' : ''}`, column[i])
  }
  const sign = increasing ? 1 : -1
  const rows = Array.from(x, (_, i) => i).filter((i) => !weights || weights[i])
  rows.sort((i, j) => x[i] - x[j])
  if (!rows.length) fault('isotonicRegression', 'a weight > 0', 0)

  // Blocks of neighbours with one value each: [from x, to x, value, weight].
  const blocks: [number, number, number, number][] = []
  const pool = (violates: (before: number, value: number) => boolean) => {
    for (let b = blocks.length - 1; b > 0 && violates(blocks[b - 1][2], blocks[b][2]); b--) {
      const [, to, value, weight] = blocks[b]
      const before = blocks[b - 1]
      before[1] = to
      before[3] += weight
      before[2] += (weight / before[3]) * (value - before[2])
      blocks.pop()
    }
  }
  rows.forEach((i, r) => {
    const last = blocks.at(-1)
    const weight = weights ? weights[i] : 1
    const value = sign * y[i]
    if (r && last && last[1] === x[i] && last[0] === x[i]) {
      last[3] += weight
      last[2] += (weight / last[3]) * (value - last[2])
    } else blocks.push([x[i], x[i], value, weight])
    // A block is held against the one before it only when the rows of its x are all in.
    if (x[rows[r + 1]] !== x[i]) pool((before, own) => before >= own)
  })
  const points = blocks.flatMap(([from, to, value]) =>
    (from < to ? [from, to] : [from]).map((at) => [at, sign * value + 0]),
  )
  for (const [at, value] of points)
    if (!Number.isFinite(value))
      fault('isotonicRegression', `sums below the largest double at x = ${at}`, value)
  return {
    kind: 'isotonic',
    thresholds: points.map(([at]) => at),
    values: points.map(([, value]) => value),
  }
}

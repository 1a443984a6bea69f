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

  // Blocks of neighbours with one value each: [from x, to x, Σ w y, Σ w]. Sums, so that means that are equal are seen to be.
  const blocks: [from: number, to: number, sum: number, weight: number][] = []
  rows.forEach((i, r) => {
    const weight = weights ? weights[i] : 1
    const last = blocks.at(-1)
    if (r && x[rows[r - 1]] === x[i] && last) {
      last[2] += sign * weight * y[i]
      last[3] += weight
    } else blocks.push([x[i], x[i], sign * weight * y[i], weight])
    // A block is held against the one before it only when the rows of its x are all in.
    if (x[rows[r + 1]] === x[i]) return
    for (let b = blocks.length - 1; b > 0; b--) {
      const [before, own] = [blocks[b - 1], blocks[b]]
      if (!(before[2] / before[3] >= own[2] / own[3])) break
      blocks[b - 1] = [before[0], own[1], before[2] + own[2], before[3] + own[3]]
      blocks.pop()
    }
  })
  const points = blocks.flatMap(([from, to, sum, weight]) =>
    (from < to ? [from, to] : [from]).map((at) => [at, (sign * sum) / weight + 0]),
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

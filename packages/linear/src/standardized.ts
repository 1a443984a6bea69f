// Columns with mean 0 and standard deviation 1, without a copy: the design does the arithmetic as it is read.
import { checkedNumbers } from './demand.ts'
import type { Design } from './design.ts'

/**
 * The design of (xⱼ − meanⱼ) / sdⱼ, sd with 1/N. A constant column becomes zeros. One pass over the data.
 *
 * @param weights n weights for mean and sd; default: all alike.
 * @throws RangeError unless there are n weights, finite and ≥ 0.
 */
export function standardized(design: Design, weights?: ArrayLike<number>): Design {
  const { rows } = design
  const s = checkedNumbers('standardized', 'weights', weights ?? new Float64Array(rows).fill(1), rows, 0)
  const { mean, deviation } = design.moments(s)
  return design.rescaled(
    mean,
    deviation.map((d) => d || 1),
    Int32Array.from(mean, (_, j) => j),
  )
}

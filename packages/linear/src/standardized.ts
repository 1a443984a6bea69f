// Columns with mean 0 and standard deviation 1, without a copy: the design does the arithmetic as it is read.
import type { Design } from './design.ts'

/**
 * The design of (xⱼ − meanⱼ) / sdⱼ, sd with 1/N. A constant column becomes zeros. One pass over the data.
 *
 * @param weights n weights for mean and sd; default: all alike.
 */
export function standardized(design: Design, weights?: ArrayLike<number>): Design {
  const s = weights ? Float64Array.from(weights) : new Float64Array(design.rows).fill(1)
  const { mean, deviation } = design.moments(s)
  return design.rescaled(
    mean,
    deviation.map((d) => d || 1),
    Int32Array.from(mean, (_, j) => j),
  )
}

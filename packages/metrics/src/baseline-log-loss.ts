// What a log loss has to beat: that of someone who knows the class frequencies and nothing else.
import { encode } from './encode.ts'
import { fault } from './fault.ts'
import type { Truth } from './label.ts'

export interface BaselineOptions {
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
  /** Of the logarithm, > 1. Default: e, for nats; 2 for bits. */
  base?: number
}

/**
 * The log loss of predicting the class frequencies for every row: their entropy −Σₖ fₖ log fₖ in nats. 0 if there is one
 * class only.
 *
 * @param truth n labels
 * @throws TypeError for labels that are missing, NaN or of mixed types.
 * @throws RangeError for no rows, weights that are negative, not finite or all 0, or a base outside (1, ∞).
 */
export function baselineLogLoss(
  truth: Truth,
  { weights: given, base = Math.E }: BaselineOptions = {},
): number {
  if (!(base > 1 && base < Infinity)) fault('baselineLogLoss', 'base finite and > 1', base)
  const [classes, codes, weights, total] = encode('baselineLogLoss', [truth], given)
  const mass = new Float64Array(classes.length)
  for (let i = 0; i < truth.length; i++) mass[codes[0][i]] += weights[i]
  let entropy = 0
  // Sorted, so that the sum does not depend on the order of the rows.
  for (const m of mass.sort()) entropy += (m / total) * Math.log(total / m)
  return entropy / Math.log(base)
}

// What happened (1 or 0), how probable it was said to be, and how much the row counts: all that calibration is about.
import { checkLength } from './check-length.ts'
import type { ProbabilityOptions } from './each-forecast.ts'
import { arrange } from './encode.ts'
import { fault } from './fault.ts'
import type { Scores, Truth } from './label.ts'
import { positiveIndex } from './positive.ts'

/** Of one length: rows of weight 0 are left out. */
export type BinaryForecasts = [outcome: Float64Array, probability: Float64Array, weight: Float64Array]

export function binaryForecasts(
  caller: string,
  truth: Truth,
  probabilities: Scores,
  { classes: given, positive, weights: each }: ProbabilityOptions,
): BinaryForecasts {
  const [classes, codes, weights] = arrange(caller, [truth], each, given)
  checkLength(caller, 'probabilities', probabilities, truth.length)
  const target = positiveIndex(caller, classes, positive)
  const columns = [0, 0, 0].map(() => new Float64Array(truth.length))
  let n = 0
  for (let i = 0; i < truth.length; i++) {
    const p = probabilities[i]
    if (!(typeof p === 'number' && p >= 0 && p <= 1)) fault(caller, `probabilities[${i}] in [0, 1]`, p)
    if (!weights[i]) continue
    columns[0][n] = +(codes[0][i] === target)
    columns[1][n] = p
    columns[2][n++] = weights[i]
  }
  return columns.map((column) => column.subarray(0, n)) as BinaryForecasts
}

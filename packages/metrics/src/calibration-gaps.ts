// For each bin of probabilities, how far their mean is from the frequency.
import { eachForecast, type ProbabilityOptions } from './each-forecast.ts'
import type { Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'
import { type BinOptions, probabilityBins } from './probability-bins.ts'

export type CalibrationErrorOptions = ProbabilityOptions & BinOptions

/** Of each bin that has rows. */
export function calibrationGaps(
  caller: string,
  truth: Truth,
  probabilities: Probabilities,
  { bins, strategy, closed, ...options }: CalibrationErrorOptions,
): [gaps: Float64Array, mass: Float64Array] {
  const said: number[] = []
  // 2 is what a row of weight 0 is called.
  const came = new Uint8Array(truth?.length).fill(2)
  eachForecast(caller, truth, probabilities, options, (row, k, _, i) => {
    let top = 0
    for (let j = 1; j < row.length; j++) if (row[j] > row[top]) top = j
    came[i] = +(k === top)
    said[i] = row[top]
  })
  const positive = came.includes(1) ? 1 : 0
  const { predicted, observed, mass } = probabilityBins(
    caller,
    came,
    Float64Array.from(came, (_, i) => said[i] ?? 0),
    { bins, strategy, closed, positive, weights: options.weights },
  )
  return [predicted.map((p, b) => Math.abs(p - (positive ? observed[b] : 0))), mass]
}

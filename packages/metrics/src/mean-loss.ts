// The weighted mean over rows of how wrong (or right) the probabilities were.
import { eachForecast, type ProbabilityOptions } from './each-forecast.ts'
import type { Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'

/** `loss(row, k)` is that of a row's probabilities when column k came true, as {@link eachForecast} numbers them. */
export function meanLoss(
  caller: string,
  truth: Truth,
  probabilities: Probabilities,
  options: ProbabilityOptions,
  loss: (row: Float64Array, k: number) => number,
): number {
  let sum = 0
  const { total } = eachForecast(caller, truth, probabilities, options, (row, k, weight) => {
    sum += weight * loss(row, k)
  })
  return sum / total
}

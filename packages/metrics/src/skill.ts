// How much of the loss of knowing only the class frequencies is saved.
import { eachForecast, type ProbabilityOptions } from './each-forecast.ts'
import { undefinedMetric } from './fault.ts'
import type { Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'

/** 1 − loss / baseline; `baseline` is one column's share of the loss of predicting its frequency, in [0, 1], for all rows. */
export function skill(
  caller: string,
  truth: Truth,
  probabilities: Probabilities,
  options: ProbabilityOptions,
  loss: (row: Float64Array, k: number) => number,
  baseline: (frequency: number) => number,
): number {
  let sum = 0
  // Of each column, the weight of the rows in which it came true; of a vector also of those in which it did not.
  const mass: number[] = []
  const { classes, total } = eachForecast(caller, truth, probabilities, options, (row, k, weight) => {
    sum += weight * loss(row, k)
    const column = k < 0 ? row.length : k
    mass[column] = (mass[column] ?? 0) + weight
  })
  let reference = 0
  // A frequency of 1 is exactly that, whatever the weights: one class only.
  for (const each of Object.values(mass).sort((a, b) => a - b)) reference += baseline(each / total)
  if (!(reference > 0)) undefinedMetric(caller, 'rows of two classes', classes)
  return 1 - sum / total / reference
}

// One less the share of the truth's variance that the residuals have.
import { fault, undefinedMetric } from './fault.ts'
import { type RegressionOptions, regressionRows } from './regression-rows.ts'

/** `centered`: the residuals' variance about their own mean, else about 0. */
export function explained(
  caller: string,
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions,
  centered: boolean,
): number {
  const { y, p, weight, total } = regressionRows(caller, truth, predicted, options)
  if (y.every((each) => each === y[0])) undefinedMetric(caller, 'a truth that varies', y[0])
  const mean = (values: Float64Array) => values.reduce((sum, each, i) => sum + weight[i] * each, 0) / total
  const about = (values: Float64Array, center: number) => mean(values.map((each) => (each - center) ** 2))
  const residuals = y.map((each, i) => each - p[i])
  const result = 1 - about(residuals, centered ? mean(residuals) : 0) / about(y, mean(y))
  if (!Number.isFinite(result)) fault(caller, 'squares between the least and the largest double', result)
  return result
}

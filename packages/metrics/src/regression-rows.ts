// Numbers beside predictions of them, checked, and the weighted mean over their rows.
import { fault } from './fault.ts'

export interface RegressionOptions {
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
}

/** Of one length: rows of weight 0 are left out. */
export interface RegressionRows {
  y: Float64Array
  p: Float64Array
  weight: Float64Array
  total: number
}

export function regressionRows(
  caller: string,
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  { weights }: RegressionOptions,
): RegressionRows {
  const n = truth?.length
  const columns = Object.entries({ truth, predicted, ...(weights && { weights }) })
  for (const [name, column] of columns) {
    if (!(n > 0 && column?.length === n))
      fault(caller, `${name}.length ${n > 0 ? `${n} (rows of truth)` : '> 0'}`, column?.length)
    for (let i = 0; i < n; i++)
      if (!(Number.isFinite(column[i]) && (column !== weights || column[i] >= 0)))
        fault(caller, `${name}[${i}] finite${column === weights ? ' and >= 0' : ''}`, column[i])
  }
  const weight = new Float64Array(n).map((_, i) => (weights ? weights[i] : 1))
  const total = weight.reduce((sum, each) => sum + each, 0)
  if (!(total > 0 && total < Infinity)) fault(caller, 'weights with a finite sum > 0', total)
  const [y, p, kept] = [truth, predicted, weight].map((column) =>
    Float64Array.from(column).filter((_, i) => weight[i] > 0),
  )
  return { y, p, weight: kept, total }
}

/** Σ wᵢ term(truthᵢ, predictedᵢ) / Σ wᵢ. */
export function meanOfRows(
  caller: string,
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: RegressionOptions,
  term: (y: number, p: number) => number,
): number {
  const { y, p, weight, total } = regressionRows(caller, truth, predicted, options)
  const mean = y.reduce((sum, each, i) => sum + weight[i] * term(each, p[i]), 0) / total
  if (!Number.isFinite(mean)) fault(caller, 'a result below the largest double', mean)
  return mean
}

// The objective of labelled data, by sums that carry their rounding errors along, and its minimum, proven by a dual bound.
import { dense, free, matrix } from '@logodds/kernels'
import { csr, fitLogistic } from '@logodds/linear'
import { l2, lbfgs, newton } from '@logodds/optim'
import type { FitProblem } from './fit-task.ts'
import { type Labelled, readLabelled } from './labelled-data.ts'

// How far apart primal and dual may be, relative to the value.
const CERTAIN = 1e-12

// Newton's method is sure and quick up to here.
const NEWTON_COLUMNS = 500

export function labelledProblem(folder: string): FitProblem {
  const data = readLabelled(folder)
  const { values, indices, indptr } = data
  const value = (coefficients: Float64Array) => objectiveOf(data, coefficients)
  return {
    value,
    minimum: value(minimiser(data)),
    bytes: values.byteLength + (indices?.byteLength ?? 0) + (indptr?.byteLength ?? 0),
  }
}

/** f = 1/n Σ log(1 + exp(η)) − yη + ‖w‖² / (2 C n) at the coefficients, the intercept last. */
export function objectiveOf({ shape, y, values, indices, indptr }: Labelled, w: Float64Array): number {
  const { rows, columns, C, intercept } = shape
  if (w.length !== columns + +intercept)
    throw new Error(`expected ${columns + +intercept} coefficients, got ${w.length}`)
  const loss = compensated()
  const eta = compensated()
  for (let i = 0; i < rows; i++) {
    eta.clear(intercept ? w[columns]! : 0)
    const first = indptr ? indptr[i]! : i * columns
    const end = indptr ? indptr[i + 1]! : first + columns
    for (let q = first; q < end; q++) eta.add(values[q]! * w[indices ? indices[q]! : q - first]!)
    const z = eta.sum()
    loss.add(Math.max(z, 0) - y[i]! * z)
    loss.add(Math.log1p(Math.exp(-Math.abs(z))))
  }
  const squares = compensated()
  for (let j = 0; j < columns; j++) squares.add(w[j]! ** 2)
  return (loss.sum() + squares.sum() / (2 * C)) / rows
}

/** A sum with the rounding error of each step (Neumaier, 1974). */
function compensated() {
  let sum = 0
  let lost = 0
  return {
    clear(start: number) {
      sum = start
      lost = 0
    },
    add(v: number) {
      const next = sum + v
      lost += Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum
      sum = next
    },
    sum: () => sum + lost,
  }
}

/** Where f is smallest, as a fit finds it whose duality gap says that it did. */
function minimiser(data: Labelled): Float64Array {
  const { shape, y, values, indices, indptr } = data
  const { rows, columns, C, intercept } = shape
  const own = indices && indptr ? undefined : matrix(rows, columns)
  own?.data.set(values)
  const { coefficients, intercepts, fit } = fitLogistic(
    own ? dense(own) : csr({ data: values, indices: indices!, indptr: indptr!, columns }),
    y,
    {
      penalty: l2(1 / (C * rows)),
      standardize: false,
      intercept,
      tolerance: 1e-11,
      maxIterations: 10_000,
      solver: (_, limits) => (columns <= NEWTON_COLUMNS ? newton(limits) : lbfgs(limits)),
    },
  )
  if (own) free(own)
  const w = Float64Array.from([...coefficients[0]!, ...(intercept ? intercepts : [])])
  const value = objectiveOf(data, w)
  if (!(fit.dualityGap !== null && fit.dualityGap <= CERTAIN * value))
    throw new Error(`the minimum is not certain: ${fit.status}, gap ${fit.dualityGap} at ${value}`)
  return w
}

// Ours: fits of labelled data. Arguments: which of `ways`, the data's folder, the work, the number of threads.
import { csr as csrInWasm, dense as inWasm, matrix, threads } from '@logodds/kernels'
import {
  csr,
  type Design,
  dense,
  fitLogistic,
  type Matrix,
  type MatrixLike,
  type SolverChoice,
} from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { readLabelled } from '../labelled-data.ts'
import { serveFits } from './serve-fits.ts'

const [way, folder, , count] = process.argv.slice(2) as [string, string, string, string]
threads(Number(count))
const { shape, y, values, indices, indptr } = readLabelled(folder)
const { rows, columns, C, intercept } = shape
const { X, solver } = side(way)

await serveFits(folder, (tolerance) => {
  const { coefficients, intercepts, fit } = fitLogistic(X(), y, {
    penalty: l2(1 / (C * rows)),
    standardize: false,
    intercept,
    tolerance,
    solver,
  })
  return {
    at: Float64Array.from([...coefficients[0]!, ...(intercept ? intercepts : [])]),
    passes: fit.passes,
  }
})

/** X as this way has it before the clock runs, and the design that is made of it in each fit. */
function side(name: string): { X: () => Design | MatrixLike; solver?: SolverChoice } {
  if (indices && indptr) {
    const arrays = { data: values, indices, indptr, columns }
    return { X: () => (name === 'linear' ? csr(arrays) : csrInWasm(arrays)) }
  }
  if (name === 'linear') return { X: () => dense(values, [rows, columns]) }
  const flat: Matrix = { data: values, shape: [rows, columns], stride: [columns, 1], offset: 0 }
  if (name === 'copied') return { X: () => inWasm(flat) }
  const own = matrix(rows, columns)
  own.data.set(values)
  return { X: () => inWasm(own) }
}

// Ours: fits of labelled data. Arguments: how X is given and what fits it, the data's folder, the work, the number of threads.
import { csr as csrInWasm, dense as inWasm, matrix, threads } from '@logodds/kernels'
import { auto, csr, type Design, dense, fitLogistic, type Matrix, type MatrixLike } from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { readLabelled } from '../labelled-data.ts'
import { serveFits } from './serve-fits.ts'

const [way, folder, , count] = process.argv.slice(2) as [string, string, string, string]
threads(Number(count))
const { shape, y, values, indices, indptr } = readLabelled(folder)
const { rows, columns, C, intercept } = shape
const X = side(way)
const solver = way === 'default' ? undefined : auto()

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
function side(name: string): () => Design | MatrixLike {
  if (indices && indptr) {
    const arrays = { data: values, indices, indptr, columns }
    return () => (name === 'linear' ? csr(arrays) : csrInWasm(arrays))
  }
  if (name === 'linear') return () => dense(values, [rows, columns])
  const flat: Matrix = { data: values, shape: [rows, columns], stride: [columns, 1], offset: 0 }
  if (name === 'copied') return () => inWasm(flat)
  const own = matrix(rows, columns)
  own.data.set(values)
  return () => inWasm(own)
}

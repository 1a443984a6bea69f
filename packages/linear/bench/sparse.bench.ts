// What a pass costs by what is stored: 20 000 rows of 5 000 columns, 50 entries a row, columns by a power law; and 20 000 × 50 with nine zeros in ten.
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { l2 } from '@logodds/optim'
import { bench, describe } from 'vitest'
import {
  csc,
  csr,
  type Design,
  dense,
  fitLogistic,
  objective,
  sparseOrDense,
  standardized,
  withIntercept,
} from '../src/index.ts'

let state = 1
const next = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}
const n = 20_000
const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }
const y = Float64Array.from({ length: n }, () => +(next() > 0.5))
const weights = new Float64Array(n).fill(1 / n)

const gradientOf = (design: Design) => {
  const f = objective({ design: withIntercept(standardized(design)), loss, y })
  const at = new Float64Array(f.size)
  const gradient = new Float64Array(f.size)
  return () => {
    at[0] += 1e-3
    f({ ask: 'gradient', at, gradient })
  }
}

describe('20 000 × 5 000, a million entries', () => {
  const columns = 5000
  const rows = Array.from({ length: n }, () =>
    Array.from(new Set(Array.from({ length: 50 }, () => Math.floor(next() ** 3 * columns)))).sort(
      (a, b) => a - b,
    ),
  )
  const indices = Int32Array.from(rows.flat())
  const indptr = new Int32Array(n + 1)
  rows.forEach((row, i) => {
    indptr[i + 1] = indptr[i] + row.length
  })
  const arrays = { data: Float64Array.from(indices, next), indices, indptr }
  const design = csr({ ...arrays, columns })
  bench('csr', () => void csr({ ...arrays, columns }))
  // The transpose, read by columns.
  bench('csc', () => void csc({ ...arrays, rows: columns }))
  bench('moments', () => void design.moments(weights))
  bench('value and gradient', gradientOf(design))
  bench('fitLogistic, ridge', () => void fitLogistic(design, y, { penalty: l2(1e-3) }), { iterations: 3 })
})

describe('20 000 × 50, a tenth of it not zero', () => {
  const data = Float64Array.from({ length: n * 50 }, () => (next() < 0.1 ? next() : 0))
  const X = { data, shape: [n, 50], stride: [50, 1], offset: 0 }
  bench('sparseOrDense', () => void sparseOrDense(X))
  bench('value and gradient, sparse', gradientOf(sparseOrDense(X)))
  bench('value and gradient, dense', gradientOf(dense(X)))
})

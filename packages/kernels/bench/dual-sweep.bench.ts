// A visit of all rows by dual coordinate descent beside a gradient, of 200 rows of 20 000 numbers.
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { objective } from '@logodds/linear'
import { type DualModelQuery, l2 } from '@logodds/optim'
import { bench, describe } from 'vitest'
import { dense, matrix, threads } from '../src/index.ts'

const [n, p] = [200, 20_000]
const X = matrix(n, p)
let state = 1
for (let q = 0; q < n * p; q++) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  X.data[q] = state / 2 ** 31 - 1
}
const f = objective({
  design: dense(X),
  loss: { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks },
  y: Array.from({ length: n }, (_, i) => i % 2),
  penalty: l2(1 / n),
})
const query: DualModelQuery = { ask: 'dual-model', at: new Float64Array(p), gradient: new Float64Array(p) }
f(query)
const order = Int32Array.from({ length: n }, (_, i) => i)
threads(1)

describe('200 × 20 000', () => {
  bench('a gradient', () => {
    query.at[0] += 1e-9
    f({ ask: 'gradient', at: query.at, gradient: query.gradient })
  })
  bench('a sweep', () => {
    query.dual!.sweep!(order)
  })
})

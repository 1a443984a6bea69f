// A pass for value and gradient over rows like those of texts: 55 entries in each, some columns in very many rows.
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { objective, csr as plainCsr } from '@logodds/linear'
import { bench, describe } from 'vitest'
import { csr } from '../src/index.ts'

const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }
const [n, each] = [20_000, 55]

describe.each([500, 50_000])('%i columns', (p) => {
  const indices = new Int32Array(n * each)
  for (let i = 0; i < n; i++) {
    const row = new Set<number>()
    while (row.size < each) row.add(Math.floor(Math.random() ** 3 * p))
    indices.set(Int32Array.from(row).sort(), i * each)
  }
  const arrays = {
    data: Float64Array.from(indices, Math.random),
    indices,
    indptr: Int32Array.from({ length: n + 1 }, (_, i) => i * each),
    columns: p,
  }
  const y = Float64Array.from({ length: n }, () => +(Math.random() < 0.5))
  const at = new Float64Array(p)
  const gradient = new Float64Array(p)
  for (const [name, design] of Object.entries({ kernels: csr(arrays), linear: plainCsr(arrays) })) {
    const f = objective({ design, loss, y })
    bench(name, () => {
      // Another point each time, where nothing is known.
      at[0] += 1e-9
      f({ ask: 'gradient', at, gradient })
    })
  }
})

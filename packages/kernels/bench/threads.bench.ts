// A pass over 80 MB by one thread and by two; the same bits.
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { objective } from '@logodds/linear'
import { bench, describe } from 'vitest'
import { dense, matrix, threads } from '../src/index.ts'

const [n, p] = [100_000, 100]
const X = matrix(n, p)
X.data.forEach((_, q) => {
  X.data[q] = Math.sin(q)
})
const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }
const y = Float64Array.from({ length: n }, (_, i) => i % 2)
const oracle = objective({ design: dense(X), loss, y })
const at = new Float64Array(p)
const gradient = new Float64Array(p)
let round = 0
const pass = () => {
  oracle({ ask: 'gradient', at: at.fill(1e-6 * ++round), gradient })
}

describe('value and gradient, 100,000 × 100', () => {
  for (const count of [1, 2])
    bench(`${count} of ${threads()} threads`, pass, {
      setup: () => {
        threads(count)
        // Until workers have started.
        for (let k = 0; k < 30; k++) pass()
      },
      teardown: () => {
        threads(1)
      },
    })
})

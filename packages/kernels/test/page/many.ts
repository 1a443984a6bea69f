// The script of a process that asks about one matrix after the other with two threads, and holds none of them for long.
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { objective } from '@logodds/linear'
import { engage } from '../../src/crew.ts'
import { dense, threads } from '../../src/index.ts'

const [n, p] = [50_000, 100]
const MATRICES = 60
const data = new Float64Array(n * p).fill(0.5)
const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }
const y = Float64Array.from({ length: n }, (_, i) => i % 2)
const gradient = new Float64Array(p)

threads(2)
const team = engage()
let most = 0
for (let k = 0; k < MATRICES; k++) {
  const design = dense({ data, shape: [n, p], stride: [p, 1], offset: 0 })
  const oracle = objective({ design, loss, y })
  // Until the worker has it, too.
  const before = team?.helped() ?? 0
  const until = performance.now() + 2000
  do oracle({ ask: 'gradient', at: gradient.map((_, j) => j * 1e-3), gradient })
  while ((team?.helped() ?? 0) < before + 5 && performance.now() < until)
  most = Math.max(most, process.memoryUsage.rss())
}
console.log(JSON.stringify({ helped: team?.helped(), matrices: MATRICES, bytes: data.byteLength, most }))

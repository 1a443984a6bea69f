// Value and gradient of the logistic loss by kernels, from one pass: bytes of X a second. Arguments: the data's folder.
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { dense, matrix, threads } from '@logodds/kernels'
import { objective } from '@logodds/linear'
import { readLabelled } from '../labelled-data.ts'
import { serve } from './serve.ts'

const REPEATS = 5

threads(1)
const { shape, y, values } = readLabelled(process.argv[2]!)
const own = matrix(shape.rows, shape.columns)
own.data.set(values)
const design = dense(own).withIntercept()
const ask = objective({ design, loss: { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }, y })
const at = new Float64Array(shape.columns + 1)
const gradient = at.slice()

await serve(() => {
  let fastest = Infinity
  for (let k = 0; k < REPEATS; k++) {
    // Another point each time, so that nothing is known of it.
    for (let j = 0; j < at.length; j++) at[j] = 0.01 * Math.cos(j + at[j]!)
    const from = performance.now()
    ask({ ask: 'gradient', at, gradient })
    fastest = Math.min(fastest, performance.now() - from)
  }
  return (values.byteLength / fastest) * 1000
})

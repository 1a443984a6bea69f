// Ours, for T8. Arguments: what sorts ('default', 'buckets' or 'kernels'), the data's folder, 'auc', 'roc' or 'corners'.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sortDoubles } from '@logodds/kernels'
import { bucketSort, rocAuc, rocCurve } from '@logodds/metrics'
import { serve } from './serve.ts'

const [sort, folder, work] = process.argv.slice(2)
const bytes = (name: string) => new Uint8Array(readFileSync(path.join(folder!, name))).buffer
const scores = new Float64Array(bytes('scores.f64'))
const truth = new Uint8Array(bytes('truth.u8'))
const options = { default: {}, buckets: { sort: bucketSort }, kernels: { sort: sortDoubles } }[sort!]!

await serve(() => {
  if (work === 'auc') return rocAuc(truth, scores, options)
  if (work === 'roc') {
    const { truePositiveRate, thresholds } = rocCurve(truth, scores, options)
    return truePositiveRate[truePositiveRate.length >> 1]! + thresholds.length
  }
  // scikit-learn keeps the highest score, too, where ours begins with a straight stretch: the last corners are the same.
  const { truePositiveRate, thresholds } = rocCurve(truth, scores, { ...options, thin: true })
  return truePositiveRate.at(-9)! + thresholds.at(-9)!
})

// The functions that see every row, on a million of them.
import { bench, describe } from 'vitest'
import { accuracy } from '../src/accuracy.ts'
import { averagePrecision } from '../src/average-precision.ts'
import { bootstrap } from '../src/bootstrap.ts'
import { bucketSort } from '../src/bucket-sort.ts'
import { delong } from '../src/delong.ts'
import { logLoss } from '../src/log-loss.ts'
import { precisionRecallCurve } from '../src/precision-recall-curve.ts'
import { rocAuc } from '../src/roc-auc.ts'
import { rocCurve } from '../src/roc-curve.ts'

const n = 1_000_000
let state = 1
/** Park and Miller's generator: uniform on (0, 1). */
const uniform = () => {
  state = (state * 48271) % 2147483647
  return state / 2147483647
}
const truth = Uint8Array.from({ length: n }, () => (uniform() < 0.3 ? 1 : 0))
const words = Array.from(truth, (y) => (y === 1 ? 'yes' : 'no'))
const scores = Float64Array.from(truth, (y) => (uniform() + uniform() + y) / 3)
const rounded = scores.map((score) => Math.round(score * 100) / 100)
const weights = scores.map(() => uniform())
const predicted = Uint8Array.from(scores, (score) => (score >= 0.5 ? 1 : 0))
const options = { iterations: 5, time: 500, warmupTime: 200 }

describe('a million rows', () => {
  bench('rocAuc', () => void rocAuc(truth, scores), options)
  bench('rocAuc, bucketSort', () => void rocAuc(truth, scores, { sort: bucketSort }), options)
  bench('rocAuc, labels that are strings', () => void rocAuc(words, scores), options)
  bench('rocAuc, a hundred distinct scores', () => void rocAuc(truth, rounded), options)
  bench('rocAuc, weights', () => void rocAuc(truth, scores, { weights }), options)
  bench('rocCurve', () => void rocCurve(truth, scores), options)
  bench('rocCurve, thin', () => void rocCurve(truth, scores, { thin: true }), options)
  bench('delong, two scores', () => void delong(truth, [scores, rounded]), options)
  bench('precisionRecallCurve', () => void precisionRecallCurve(truth, scores), options)
  bench('averagePrecision', () => void averagePrecision(truth, scores), options)
  bench('logLoss', () => void logLoss(truth, scores), options)
  bench('accuracy', () => void accuracy(truth, predicted), options)
})

const few = 1000
const columns = [truth.slice(0, few), scores.slice(0, few)] as const
describe('a thousand rows', () => {
  bench(
    'bootstrap of rocAuc, 200 samples',
    () => void bootstrap(rocAuc, columns, { replicates: 200 }),
    options,
  )
})

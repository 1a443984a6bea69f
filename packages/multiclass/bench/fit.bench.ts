// Ten classes: softmax, one-vs-rest in shared passes and as ten separate fits, one-vs-one, ordinal; and decisions.
import { fitLogistic } from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { bench, describe } from 'vitest'
import { decide, fitOneVsOne, fitOneVsRest, fitOrdinal, fitSoftmax, oneVsRest } from '../src/index.ts'

const n = 2000
const p = 20
let state = 1
const next = () => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
  return state / 0x3fffffff - 1
}
const data = Float64Array.from({ length: n * p }, next)
const X = { data, shape: [n, p], stride: [p, 1], offset: 0 }
const y = Array.from({ length: n }, (_, i) => Math.floor(5 * (data[i * p] + 0.3 * next() + 1.3)) % 10)
const options = { penalty: l2(1e-3) }
const pairs = fitOneVsOne(X, y, options)

describe('2000 × 20, ten classes', () => {
  bench('fitSoftmax', () => void fitSoftmax(X, y, options))
  bench('fitOneVsOne', () => void fitOneVsOne(X, y, options))
  bench('fitOrdinal', () => void fitOrdinal(X, y, options))
  bench('decide', () => void decide(pairs, X))
  bench('fitOneVsRest', () => void fitOneVsRest(X, y, options))
  bench(
    'oneVsRest(fitLogistic)',
    () => void oneVsRest((rows, labels) => fitLogistic(rows, labels, options))(X, y),
  )
})

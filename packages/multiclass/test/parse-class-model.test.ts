import { fitLogistic } from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import {
  type ClassModel,
  decision,
  fitMultiLabel,
  fitOneVsOne,
  fitOneVsRest,
  fitOrdinal,
  fitSoftmax,
  parseClassModel,
} from '../src/index.ts'

const X = [
  [1, 0],
  [2, 1],
  [1, 1.5],
  [4, 0],
  [5, 1],
  [4.5, 2],
  [8, 0],
  [9, 1],
  [3, 2],
]
const y = ['a', 'a', 'b', 'b', 'b', 'c', 'c', 'c', 'a']
const penalty = l2(0.1)
const models = {
  softmax: fitSoftmax(X, y, { penalty }),
  'one-vs-rest': fitOneVsRest(X, y, { penalty }),
  'one-vs-one': fitOneVsOne(X, y, { penalty }),
  ordinal: fitOrdinal(X, y, { penalty, levels: ['a', 'b', 'c'] }),
  'multi-label': fitMultiLabel(
    X,
    X.map(([a, b]) => [+(a > 3), +(b > 0.5)]),
    { penalty, classes: ['long', 'wide'] },
  ),
  binary: fitLogistic(
    X,
    y.map((label) => label === 'a'),
    { penalty },
  ),
}

describe.each(Object.entries(models))('%s', (_, model) => {
  it('a model that went through JSON is the same, and predicts the same', () => {
    const again = parseClassModel(JSON.parse(JSON.stringify(model)))
    expect(again).toEqual(model)
    expect(decision(again as ClassModel, X)).toEqual(decision(model as ClassModel, X))
  })

  it('what does not fit is an error by name', () => {
    const broken = (change: object) => () => parseClassModel({ ...model, ...change })
    expect(broken({ version: 2 })).toThrow(
      'parseClassModel: expected format logodds/model version 1, got logodds/model version 2',
    )
    expect(broken({ coefficients: [[1]] })).toThrow(
      /^parseClassModel: expected \d × 2 coefficients and \d interc/,
    )
    expect(broken({ terms: [1, 'x'] })).toThrow('parseClassModel: terms.0')
    expect(broken({ classes: [] })).toThrow('parseClassModel: classes')
    expect(broken({ family: 'forest' })).toThrow('parseClassModel: family')
    expect(broken({ fit: { ...model.fit, status: 'fine' } })).toThrow('parseClassModel: fit.status')
  })
})

it('pairs are all pairs in order; thresholds rise', () => {
  const pairs = models['one-vs-one'].pairs.map(([s, t]) => [t, s])
  expect(() => parseClassModel({ ...models['one-vs-one'], pairs })).toThrow(
    'pairs: expected all pairs of 3 classes',
  )
  for (const thresholds of [[1], [2, 1]])
    expect(() => parseClassModel({ ...models.ordinal, thresholds })).toThrow('expected 2 rising numbers')
  for (const value of [null, 1, 'x', []])
    expect(() => parseClassModel(value)).toThrow('parseClassModel: expected format')
})

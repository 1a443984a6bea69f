// Multi-label: each label is bit for bit a binary fit, and they share the passes.
import { dense, fitLogistic, type LogisticOptions } from '@logodds/linear'
import { l1, l2 } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { decide, fitMultiLabel, predict, predictLabels, predictProbability } from '../src/index.ts'
import { columns, table } from './tables.ts'

const iris = table('iris')
const X = columns(...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(iris.number))
// Labels that overlap: large flowers, wide ones, not setosa.
const Y = X.map(([a, b], i) => [+(a > 5.8), +(b >= 3), +(i >= 40)])
const classes = ['long', 'wide', 'late']
const alone = (options: LogisticOptions) =>
  classes.map((_, k) =>
    fitLogistic(
      X,
      Y.map((row) => row[k] === 1),
      options,
    ),
  )

describe.each([
  ['ridge', { penalty: l2(0.01) }],
  [
    'ℓ1, weights and offset',
    { penalty: l1(0.01), weights: X.map((_, i) => 1 + (i % 2)), offset: X.map((_, i) => i / 99) },
  ],
] satisfies [string, LogisticOptions][])('%s', (_, options: LogisticOptions) => {
  const model = fitMultiLabel(X, Y, { ...options, classes })
  const binary = alone(options)
  it('each label is bit for bit what fitLogistic gives, in as many passes as the slowest', () => {
    expect(model.family).toBe('multi-label')
    expect(model.classes).toEqual(classes)
    expect(model.coefficients).toEqual(binary.map(({ coefficients }) => coefficients[0]))
    expect(model.intercepts).toEqual(binary.map(({ intercepts }) => intercepts[0]))
    expect(model.fit.passes).toBe(Math.max(...binary.map(({ fit }) => fit.passes)))
    expect(model.fit.logLikelihood).toBeCloseTo(
      binary.reduce((sum, { fit }) => sum + fit.logLikelihood!, 0),
      9,
    )
    expect(JSON.parse(JSON.stringify(model))).toEqual(model)
  })
  it('probabilities do not exclude each other', () => {
    const given = options.offset && { offset: options.offset }
    const { data, shape } = predictProbability(model, X, given)
    expect(shape).toEqual([150, 3])
    binary.forEach((one, k) => {
      const own = predictProbability(one, X, given).data
      for (let i = 0; i < 150; i++) expect(data[3 * i + k]).toBe(own[2 * i + 1])
    })
    const labels = predictLabels(model, X, given)
    labels.forEach((row, i) => {
      expect(row).toEqual(classes.filter((__, k) => data[3 * i + k] >= 0.5))
    })
    expect(new Set(labels.map(({ length }) => length)).size).toBeGreaterThan(2)
  })
})

it('thresholds, one for all or one for each', () => {
  const model = fitMultiLabel(X, Y, { penalty: l2(0.1) })
  expect(model.classes).toEqual([0, 1, 2])
  expect(predictLabels(model, X.slice(0, 1), { threshold: 0 })).toEqual([[0, 1, 2]])
  expect(predictLabels(model, X.slice(0, 1), { threshold: 1 })).toEqual([[]])
  expect(predictLabels(model, X.slice(0, 1), { threshold: [1, 0, 1] })).toEqual([[1]])
})

it('balanced for each label, a design, one label alone', () => {
  const balanced = fitMultiLabel(X, Y, { penalty: l2(0.1), splitWeights: 'balanced' })
  expect(balanced.coefficients).toEqual(
    alone({ penalty: l2(0.1), classWeights: 'balanced' }).map(({ coefficients }) => coefficients[0]),
  )
  expect(fitMultiLabel(dense(X), Y, { penalty: l2(0.1) })).toEqual(fitMultiLabel(X, Y, { penalty: l2(0.1) }))
  const single = fitMultiLabel(
    X,
    Y.map((row) => row.slice(0, 1)),
    { penalty: l2(0.1) },
  )
  expect(single.coefficients[0]).toEqual(alone({ penalty: l2(0.1) })[0].coefficients[0])
})

it('a label that separates is named', () => {
  const model = fitMultiLabel(
    X,
    X.map((_, i) => [+(i % 2), +(i < 50)]),
    { classes: ['odd', 'setosa'] },
  )
  expect(model.fit.status).toBe('separated')
  expect(model.fit.message).toMatch(/^Label "setosa": The classes are completely separated/)
})

it('mistakes are named', () => {
  const model = fitMultiLabel(X, Y, { penalty: l2(0.1) })
  expect(() => fitMultiLabel(X, Y.slice(1))).toThrow(
    'fitMultiLabel: expected y.length 150 (rows of X), got 149',
  )
  expect(() =>
    fitMultiLabel(
      X,
      Y.map(() => []),
    ),
  ).toThrow('fitMultiLabel: expected at least one column in Y, got 0')
  expect(() =>
    fitMultiLabel(
      X,
      Y.map(([a, b]) => [a, 2 * b]),
    ),
  ).toThrow('fitMultiLabel: expected 0 or 1 in row 0, column 1 of Y, got 2')
  expect(() =>
    fitMultiLabel(
      X,
      Y.map(([a]) => [a, 0]),
      { classes: ['a', 'b'] },
    ),
  ).toThrow('fitMultiLabel: expected rows with and rows without "b", got all without')
  expect(() => fitMultiLabel(X, Y, { classes: ['a', 'b'] })).toThrow(
    'fitMultiLabel: expected 3 classes (columns of Y), got 2',
  )
  expect(() => fitMultiLabel(X, Y, { classes: ['a', 'b', 'a'] })).toThrow(
    'fitMultiLabel: expected classes that differ',
  )
  expect(() => predict(model as never, X)).toThrow(
    'predict: expected a model of one class a row, got a multi-label one: see predictLabels',
  )
  expect(() => decide(model as never, X)).toThrow('decide: expected a model of one class a row')
  expect(() => predictLabels({ family: 'softmax' } as never, X)).toThrow(
    'predictLabels: expected a multi-label model, got softmax',
  )
  expect(() => predictLabels(model, X, { threshold: 2 })).toThrow(
    'predictLabels: expected thresholds in [0, 1], got 2',
  )
  expect(() => predictLabels(model, X, { threshold: [0.5] })).toThrow(
    'predictLabels: expected 3 thresholds, got 1',
  )
})

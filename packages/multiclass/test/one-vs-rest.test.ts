// One-vs-rest: the same bits as K separate fits, in as many passes as the slowest.
import { fitLogistic, type LogisticOptions } from '@logodds/linear'
import { l1, l2, lbfgs } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { fitOneVsRest, oneVsRest, predict, predictProbability } from '../src/index.ts'
import { columns, table } from './tables.ts'

const iris = table('iris')
const X = columns(...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(iris.number))
const y = iris.text('species')
const classes = ['setosa', 'versicolor', 'virginica']

describe.each([
  ['ridge', { penalty: l2(0.01) }],
  ['ridge by L-BFGS', { penalty: l2(0.01), solver: (_, { tolerance }) => lbfgs({ tolerance }) }],
  ['ℓ1', { penalty: l1(0.01) }],
  [
    'weights and offset',
    { penalty: l2(0.01), weights: X.map((_, i) => (i % 4) + 0.5), offset: X.map((_, i) => i / 150) },
  ],
] satisfies [string, LogisticOptions][])('%s', (_, options: LogisticOptions) => {
  const model = fitOneVsRest(X, y, options)
  const alone = classes.map((label) =>
    fitLogistic(
      X,
      y.map((v) => v === label),
      options,
    ),
  )

  it('each class is bit for bit what fitLogistic gives', () => {
    expect(model.classes).toEqual(classes)
    expect(model.coefficients).toEqual(alone.map(({ coefficients }) => coefficients[0]))
    expect(model.intercepts).toEqual(alone.map(({ intercepts }) => intercepts[0]))
    expect(model.fit.dualityGap).toBeCloseTo(
      alone.reduce((sum, { fit }) => sum + fit.dualityGap!, 0),
      14,
    )
  })

  it('takes as many passes as the slowest alone', () => {
    expect(model.fit.passes).toBe(Math.max(...alone.map(({ fit }) => fit.passes)))
  })

  it('oneVsRest(fitLogistic) gives the same coefficients, in more passes', () => {
    const around = oneVsRest((rows, labels, o?: LogisticOptions) => fitLogistic(rows, labels, o))(
      X,
      y,
      options,
    )
    expect(around.coefficients).toEqual(model.coefficients)
    expect(around.intercepts).toEqual(model.intercepts)
    expect(around.classes).toEqual(classes)
    expect(around.fit.passes).toBe(alone.reduce((sum, { fit }) => sum + fit.passes, 0))
  })

  it('probabilities are the sigmoids divided by their sum', () => {
    const offset = options.offset && { offset: options.offset }
    const { data } = predictProbability(model, X, offset)
    alone.forEach((binary, k) => {
      const scores = alone.map((m) => {
        const z =
          X[77].reduce((sum, x, j) => sum + x * m.coefficients[0][j], m.intercepts[0]) +
          (options.offset?.[77] ?? 0)
        return 1 / (1 + Math.exp(-z))
      })
      expect(data[77 * 3 + k]).toBeCloseTo(scores[k] / scores.reduce((a, b) => a + b, 0), 12)
      expect(binary.positive).toBe(true)
    })
    const right = predict(model, X, offset).filter((label, i) => label === y[i]).length
    expect(right).toBeGreaterThan(130)
  })
})

it('a separable class is named, and the others are not harmed', () => {
  const model = fitOneVsRest(X, y)
  expect(model.fit.status).toBe('separated')
  expect(model.fit.message).toMatch(/"setosa" against the rest/)
  const versicolor = fitLogistic(
    X,
    y.map((v) => v === 'versicolor'),
  )
  expect(model.coefficients[1]).toEqual(versicolor.coefficients[0])
  expect(model.fit.logLikelihood).toBeNull()
})

it('balanced class weights are those of the K classes', () => {
  const rows = X.slice(20)
  const labels = y.slice(20)
  const weights = labels.map((label) => 130 / 3 / (label === 'setosa' ? 30 : 50))
  const a = fitOneVsRest(rows, labels, { penalty: l2(0.1), classWeights: 'balanced', tolerance: 1e-12 })
  const b = fitOneVsRest(rows, labels, { penalty: l2(0.1), weights, tolerance: 1e-12 })
  a.coefficients.flat().forEach((v, j) => {
    expect(v).toBeCloseTo(b.coefficients.flat()[j], 9)
  })
})

it('scores that all underflow still give probabilities', () => {
  const model = fitOneVsRest(X, y, { penalty: l2(0.01) })
  const hopeless = { ...model, coefficients: classes.map(() => [0, 0, 0, 0]), intercepts: [-800, -801, -900] }
  const { data } = predictProbability(hopeless, X.slice(0, 1))
  expect(data[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 12)
  expect(data[0] + data[1] + data[2]).toBeCloseTo(1, 14)
})

it('mistakes are named', () => {
  expect(() => fitOneVsRest(X, y.slice(1))).toThrow(
    'fitOneVsRest: expected y.length 150 (rows of X), got 149',
  )
  expect(() => oneVsRest(() => ({ family: 'softmax' }) as never)(X, y)).toThrow(
    'oneVsRest: expected a binary model whose positive class is true for class "setosa", got a softmax one',
  )
  expect(() => fitOneVsRest(X, y, { start: { coefficients: [[1]], intercepts: [1] } })).toThrow(
    'fitOneVsRest: expected start with 3 × 4 coefficients, got lengths 1,1,1',
  )
})

describe('weights balanced in each split', () => {
  const rows = X.slice(20)
  const labels = y.slice(20)
  const options = { penalty: l2(0.1), weights: rows.map((_, i) => (i % 3) + 1) }
  const model = fitOneVsRest(rows, labels, { ...options, splitWeights: 'balanced' })
  it('are bit for bit those of separate fits', () => {
    const alone = classes.map((label) =>
      fitLogistic(
        rows,
        labels.map((v) => v === label),
        { ...options, classWeights: 'balanced' },
      ),
    )
    expect(model.coefficients).toEqual(alone.map(({ coefficients }) => coefficients[0]))
    expect(model.intercepts).toEqual(alone.map(({ intercepts }) => intercepts[0]))
    expect(model.fit.passes).toBe(alone.reduce((sum, { fit }) => sum + fit.passes, 0))
    const around = oneVsRest((x, v, o?: LogisticOptions) => fitLogistic(x, v, o))(rows, labels, {
      ...options,
      classWeights: 'balanced',
    })
    expect(around.coefficients).toEqual(model.coefficients)
  })
  it('are others than those of balanced classes', () => {
    const once = fitOneVsRest(rows, labels, { ...options, classWeights: 'balanced' })
    expect(Math.abs(once.intercepts[0] - model.intercepts[0])).toBeGreaterThan(0.1)
    expect(once.fit.dataHash).toBe(model.fit.dataHash)
  })
  it('tell onStep which class it is, and exclude class weights', () => {
    const seen = new Set<number>()
    fitOneVsRest(rows, labels, {
      ...options,
      splitWeights: 'balanced',
      onStep: (_, k) => seen.add(k) && undefined,
    })
    expect([...seen]).toEqual([0, 1, 2])
    expect(() => fitOneVsRest(rows, labels, { splitWeights: 'balanced', classWeights: 'balanced' })).toThrow(
      "fitOneVsRest: expected splitWeights 'balanced', or class weights, got balanced and class weights",
    )
    expect(() => fitOneVsRest(rows, labels, { splitWeights: 'even' as 'balanced' })).toThrow('got even')
  })
})

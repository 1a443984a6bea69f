// Softmax against R's multinom, glmnet, the binary fit, and itself in other clothes.
import { predictProbability as binaryProbability, fitLogistic, type Model } from '@logodds/linear'
import { elasticNet, fista, gradientDescent, l1, l2, lbfgs, newton, type Penalty } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { decision, fitSoftmax, fitSoftmaxAsync, predict, predictProbability } from '../src/index.ts'
import { columns, json, table, treatment } from './tables.ts'

interface Reference {
  multinomial: { alligators: { classes: string[]; estimate: number[][]; deviance: number } }
  elasticNet: Record<
    string,
    {
      lambda: number
      alpha: number
      standardize: boolean
      interceptThenCoefficients: Record<string, number[]>
    }
  >
}
const reference = json<Reference>('reference')
const iris = table('iris')
const X = columns(...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(iris.number))
const y = iris.text('species')
const p = 4

const alligators = table('alligators')
const food = alligators.text('foodchoice')
const habitat = columns(
  ...treatment(alligators.text('lake')),
  ...treatment(alligators.text('gender')),
  ...treatment(alligators.text('size')),
)
const freq = alligators.number('freq')

const relative = (a: number, b: number) => Math.abs(a - b) / Math.abs(b)
const all = ({ coefficients, intercepts }: Model) => [...coefficients.flat(), ...intercepts]
const penaltyOf = (lambda: number, alpha: number): Penalty =>
  alpha === 0 ? l2(lambda) : alpha === 1 ? l1(lambda) : elasticNet(lambda, alpha)

describe('alligators against multinom', () => {
  const { classes, estimate, deviance } = reference.multinomial.alligators
  it.each([
    ['the default', undefined],
    ['newton', () => newton({ tolerance: 1e-12 })],
    ['lbfgs', () => lbfgs({ tolerance: 1e-11 })],
    ['gradient descent', () => gradientDescent({ tolerance: 1e-10, maxIterations: 200_000 })],
  ] as const)('%s', (_, solver) => {
    const model = fitSoftmax(habitat, food, { weights: freq, reference: 'Bird', ...(solver && { solver }) })
    expect(model.fit.status).toBe('converged')
    expect(model.classes).toEqual(classes)
    expect(model.reference).toBe('Bird')
    expect([...model.coefficients[0], model.intercepts[0]].every((v) => v === 0)).toBe(true)
    estimate.forEach((row, k) => {
      const got = [model.intercepts[k + 1], ...model.coefficients[k + 1]]
      // R's own error is about 1e-6.
      got.forEach((v, j) => {
        expect(relative(v, row[j]), `${classes[k + 1]} ${j}`).toBeLessThan(1e-6)
      })
    })
    expect(relative(-2 * model.fit.logLikelihood!, deviance)).toBeLessThan(1e-8)
    expect(model.fit.rank).toBe(6)
  })
})

describe('iris against glmnet', () => {
  it.each(Object.keys(reference.elasticNet))('%s', (name) => {
    const { lambda, alpha, standardize, interceptThenCoefficients } = reference.elasticNet[name]
    const model = fitSoftmax(X, y, { penalty: penaltyOf(lambda, alpha), standardize, tolerance: 1e-10 })
    expect(model.fit.status).toBe('converged')
    expect(model.fit.dualityGap).toBeLessThan(1e-8)
    model.classes.forEach((label, k) => {
      const expected = interceptThenCoefficients[label as string]
      const got = [model.intercepts[k], ...model.coefficients[k]]
      got.forEach((v, j) => {
        if (expected[j] === 0) expect(v).toBe(0)
        else expect(relative(v, expected[j]), `${label} ${j}`).toBeLessThan(1e-5)
      })
    })
  })
})

describe('the gauge', () => {
  const sums = ({ coefficients, intercepts }: Model) => ({
    intercept: intercepts.reduce((a, b) => a + b, 0),
    rows: coefficients[0].map((_, j) => coefficients.reduce((sum, row) => sum + row[j], 0)),
  })
  it.each([
    ['none', undefined, 'alligators'],
    ['ridge', l2(0.01), 'iris'],
    ['ridge, one feature free', l2(0.01, { weights: [0, 1, 1, 1] }), 'iris'],
  ] as const)('%s: intercepts and coefficients sum to zero', (_, penalty, data) => {
    const model =
      data === 'iris' ? fitSoftmax(X, y, { penalty }) : fitSoftmax(habitat, food, { weights: freq })
    const { intercept, rows } = sums(model)
    expect(Math.abs(intercept)).toBeLessThan(1e-11)
    for (const sum of rows) expect(Math.abs(sum)).toBeLessThan(1e-11)
  })

  it('ℓ1: the intercepts sum to zero, and no shift of a row lowers its penalty', () => {
    for (const [rows, labels] of [
      [X, y],
      [X.filter((__, i) => i < 100), y.filter((__, i) => i < 100)],
      [X, y.map((label, i) => (label === 'setosa' && i % 2 ? 'other' : label))],
    ] as const) {
      const model = fitSoftmax(rows, labels, { penalty: l1(0.01) })
      expect(Math.abs(sums(model).intercept)).toBeLessThan(1e-11)
      for (let j = 0; j < p; j++) {
        const row = model.coefficients.map((c) => c[j]).sort((a, b) => a - b)
        const K = row.length
        // Even K: zero is the middle of the interval of medians; odd K: the median is zero.
        const middle = K % 2 ? row[(K - 1) / 2] : row[K / 2 - 1] + row[K / 2]
        expect(Math.abs(middle)).toBeLessThan(1e-12)
      }
    }
  })

  it('without an intercept too', () => {
    const model = fitSoftmax(X, y, { penalty: l2(0.01), intercept: false })
    expect(model.intercepts).toEqual([0, 0, 0])
    expect(model.fit.status).toBe('converged')
  })
})

describe('two classes are the binary fit', () => {
  const rows = X.slice(50)
  const labels = y.slice(50)
  const cases: [string, Penalty | undefined, Penalty | undefined][] = [
    ['unpenalised', undefined, undefined],
    ['ridge: λ/2', l2(0.02), l2(0.01)],
    ['ℓ1: λ', l1(0.02), l1(0.02)],
    // λα kept, λ(1 − α) halved: λ = .05, α = .4 gives .02 and .03 → .02 and .015.
    ['elastic net: λα kept, λ(1 − α) halved', elasticNet(0.05, 0.4), elasticNet(0.035, 0.02 / 0.035)],
  ]
  it.each(cases)('%s', (_, softmax, binary) => {
    const a = fitSoftmax(rows, labels, { penalty: softmax, tolerance: 1e-12 })
    const b = fitLogistic(rows, labels, { penalty: binary, tolerance: 1e-12 })
    const differences = a.coefficients[1].map((v, j) => v - a.coefficients[0][j])
    differences.forEach((v, j) => {
      expect(Math.abs(v - b.coefficients[0][j])).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(v)))
    })
    expect(Math.abs(a.intercepts[1] - a.intercepts[0] - b.intercepts[0])).toBeLessThan(1e-8)
    const probabilities = binaryProbability(b, rows).data
    predictProbability(a, rows).data.forEach((v, i) => {
      expect(Math.abs(v - probabilities[i])).toBeLessThan(1e-10)
    })
    expect(a.fit.logLikelihood).toBeCloseTo(b.fit.logLikelihood!, 8)
  })
})

it('ridge softmax by every solver', () => {
  const options = { penalty: l2(0.02) }
  const best = fitSoftmax(X, y, { ...options, tolerance: 1e-12 })
  for (const solver of [
    () => newton({ tolerance: 1e-12 }),
    () => lbfgs({ tolerance: 1e-11 }),
    (penalty: Penalty | undefined) => fista({ penalty: penalty!, tolerance: 1e-10 }),
  ]) {
    const model = fitSoftmax(X, y, { ...options, solver })
    expect(model.fit.status).toBe('converged')
    const expected = all(best)
    all(model).forEach((v, j) => {
      expect(Math.abs(v - expected[j])).toBeLessThan(1e-7)
    })
    expect(model.fit.dualityGap).toBeLessThan(1e-12)
  }
})

it('permuting the classes permutes the model and nothing else', () => {
  const rename: Record<string, string> = { setosa: 'c', versicolor: 'a', virginica: 'b' }
  for (const penalty of [l2(0.02), l1(0.01)]) {
    const model = fitSoftmax(X, y, { penalty, tolerance: 1e-11 })
    const renamed = fitSoftmax(
      X,
      y.map((label) => rename[label]),
      { penalty, tolerance: 1e-11 },
    )
    model.classes.forEach((label, k) => {
      const m = renamed.classes.indexOf(rename[label as string])
      renamed.coefficients[m].forEach((v, j) => {
        expect(Math.abs(v - model.coefficients[k][j])).toBeLessThan(1e-7)
      })
    })
  }
})

it('a warm start at the optimum stops at once', () => {
  for (const penalty of [l2(0.02), l1(0.01)]) {
    const start = fitSoftmax(X, y, { penalty, tolerance: 1e-10 })
    const again = fitSoftmax(X, y, { penalty, start })
    expect(again.fit.iterations).toBe(0)
    all(again).forEach((v, j) => {
      expect(Math.abs(v - all(start)[j])).toBeLessThan(1e-8)
    })
  }
})

describe('the gap is a true bound: D never exceeds the best P', () => {
  const sd = [0, 1, 2, 3].map((j) => {
    const mean = X.reduce((sum, row) => sum + row[j], 0) / X.length
    return Math.sqrt(X.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / X.length)
  })
  // The textbook formula, from the model alone.
  const objectiveOf = ({ coefficients, intercepts, classes }: Model, lambda: number, alpha: number) => {
    let value = 0
    X.forEach((row, i) => {
      const eta = coefficients.map((w, k) => w.reduce((sum, v, j) => sum + v * row[j], intercepts[k]))
      const top = Math.max(...eta)
      const own = eta[classes.indexOf(y[i])]
      value += (top + Math.log(eta.reduce((sum, z) => sum + Math.exp(z - top), 0)) - own) / X.length
    })
    for (const w of coefficients)
      w.forEach((v, j) => {
        value += lambda * (alpha * Math.abs(v * sd[j]) + ((1 - alpha) / 2) * (v * sd[j]) ** 2)
      })
    return value
  }
  it.each([
    [0.02, 0],
    [0.02, 1],
    [0.02, 0.5],
  ])('λ %s α %s', (lambda, alpha) => {
    const penalty = penaltyOf(lambda, alpha)
    const best = fitSoftmax(X, y, { penalty, tolerance: 1e-11 })
    const minimum = objectiveOf(best, lambda, alpha)
    expect(best.fit.dualityGap).toBeLessThan(1e-9)
    const disturbed = { coefficients: best.coefficients, intercepts: best.intercepts.map((b, k) => b + k) }
    for (const [start, maxIterations] of [
      [undefined, 0],
      [undefined, 1],
      [undefined, 3],
      [disturbed, 0],
    ] as const) {
      const model = fitSoftmax(X, y, { penalty, start, maxIterations })
      const primal = objectiveOf(model, lambda, alpha)
      expect(primal - model.fit.dualityGap!).toBeLessThanOrEqual(minimum + 1e-14)
      expect(primal).toBeGreaterThanOrEqual(minimum - 1e-14)
    }
  })
})

it('offsets: n × K, demanded again to predict', () => {
  const shift = X.flatMap(() => [0, 1, -2])
  const plain = fitSoftmax(X, y, { penalty: l2(0.02), tolerance: 1e-12 })
  const moved = fitSoftmax(X, y, { penalty: l2(0.02), offset: shift, tolerance: 1e-12 })
  const mean = (0 + 1 - 2) / 3
  moved.intercepts.forEach((b, k) => {
    expect(b + [0, 1, -2][k] - mean).toBeCloseTo(plain.intercepts[k], 8)
  })
  expect(() => predict(moved, X)).toThrow('predict: expected an offset')
  expect(predict(moved, X, { offset: shift })).toEqual(predict(plain, X))
})

it('completely separated classes are noticed', () => {
  const model = fitSoftmax([[0], [1], [10], [11], [20], [21]], ['a', 'a', 'b', 'b', 'c', 'c'].map(String))
  expect(['separated', 'converged', 'iteration-limit']).toContain(model.fit.status)
  expect(all(model).every(Number.isFinite)).toBe(true)
  const two = fitSoftmax(
    [
      [0, 0],
      [1, 0],
      [0, 9],
      [1, 9],
      [9, 0],
      [9, 1],
    ],
    ['a', 'a', 'b', 'b', 'c', 'c'],
  )
  expect(two.fit.status).toBe('separated')
})

describe('predict', () => {
  const model = fitSoftmax(X, y, { penalty: l2(0.02) })
  it('rows sum to 1, ties go to the first class, shifting all logits changes nothing', () => {
    const { data, shape } = predictProbability(model, X)
    expect(shape).toEqual([150, 3])
    for (let i = 0; i < 150; i++) expect(data[3 * i] + data[3 * i + 1] + data[3 * i + 2]).toBeCloseTo(1, 15)
    const even: Model = {
      ...model,
      coefficients: model.coefficients.map((row) => row.map(() => 0)),
      intercepts: [1, 1, 1],
    }
    expect(predict(even, X.slice(0, 1))).toEqual(['setosa'])
    const shifted: Model = { ...model, intercepts: model.intercepts.map((b) => b + 5) }
    predictProbability(shifted, X).data.forEach((v, i) => {
      expect(v).toBeCloseTo(data[i], 13)
    })
    expect(decision(model, X).shape).toEqual([150, 3])
  })
  it('logits of ±1e308 give probabilities', () => {
    const steep: Model = {
      ...model,
      coefficients: model.coefficients.map((_, k) => [1e300 * (k - 1), 0, 0, 0]),
      intercepts: [0, 0, 0],
    }
    expect([
      ...predictProbability(steep, [
        [1e300, 0, 0, 0],
        [-1e300, 0, 0, 0],
      ]).data,
    ]).toEqual([0, 0, 1, 1, 0, 0])
  })
  it('serves a binary model as well', () => {
    const binary = fitLogistic(X.slice(50), y.slice(50), { penalty: l2(0.01) })
    expect(predictProbability(binary, X)).toEqual(binaryProbability(binary, X))
    expect(predict(binary, X, { threshold: 0 })).toEqual(X.map(() => 'virginica'))
    expect(() => predict(model, X, { threshold: 0.5 })).toThrow(
      'predict: expected no threshold for a softmax model, got 0.5',
    )
  })
})

it('asynchronously the same', async () => {
  expect(await fitSoftmaxAsync(X, y, { penalty: l2(0.02) })).toEqual(fitSoftmax(X, y, { penalty: l2(0.02) }))
})

it('mistakes are named', () => {
  expect(() => fitSoftmax(X, y.slice(1))).toThrow('fitSoftmax: expected y.length 150 (rows of X), got 149')
  expect(() =>
    fitSoftmax(
      X,
      y.map(() => 1),
    ),
  ).toThrow('fitSoftmax: expected at least two classes in y, got one (1)')
  expect(() => fitSoftmax(X, y, { reference: 'rose' })).toThrow(
    'fitSoftmax: expected reference to be one of ["setosa","versicolor","virginica"], got "rose"',
  )
  expect(() => fitSoftmax(X, y, { offset: [1] })).toThrow('fitSoftmax: expected offset.length 450, got 1')
  expect(() => fitSoftmax(X, y, { penalty: l1(1), solver: () => newton() })).toThrow(
    'fitSoftmax: expected a solver that takes the penalty l1',
  )
})

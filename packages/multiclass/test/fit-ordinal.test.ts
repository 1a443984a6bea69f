// Proportional odds against MASS::polr, the binary fit, finite differences and itself in other clothes.
import { dense, fitLogistic } from '@logodds/linear'
import { checkDerivatives, elasticNet, l1, l2 } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import {
  cumulativeProbability,
  decide,
  decision,
  fitOrdinal,
  type OrdinalModel,
  predict,
  predictProbability,
} from '../src/index.ts'
import { ordinalObjective } from '../src/ordinal-objective.ts'
import { columns, json, random01, table } from './tables.ts'

interface Said {
  coefficients: number[]
  thresholds: number[]
  deviance: number
  probabilities: number[][]
}
interface Reference {
  housing: Said
  synthetic: Said & { X: number[][]; y: number[]; weights: number[]; offset: number[] }
}
const reference = json<Reference>('ordinal')
const table72 = table('housing')
const sat = table72.text('Sat')
const freq = table72.number('Freq')
// Treatment coding in the order of R's factor levels.
const coded = (name: string, levels: string[]) =>
  levels.map((level) => table72.text(name).map((v) => +(v === level)))
const housing = columns(
  ...coded('Infl', ['Medium', 'High']),
  ...coded('Type', ['Apartment', 'Atrium', 'Terrace']),
  ...coded('Cont', ['High']),
)
const levels = ['Low', 'Medium', 'High']
const { synthetic } = reference
const rising = (thresholds: number[]) => thresholds.every((v, k) => !k || v > thresholds[k - 1])
const close = (got: ArrayLike<number>, expected: readonly number[], tolerance: number) => {
  expect(got.length).toBe(expected.length)
  expected.forEach((v, j) => {
    expect(Math.abs(got[j] - v) / Math.max(1, Math.abs(v)), `entry ${j}`).toBeLessThan(tolerance)
  })
}

describe('against polr', () => {
  it('housing: coefficients, thresholds, deviance, probabilities', () => {
    const model = fitOrdinal(housing, sat, { weights: freq, levels })
    expect(model.fit.status).toBe('converged')
    expect(model.classes).toEqual(levels)
    close(model.coefficients[0], reference.housing.coefficients, 1e-6)
    close(model.thresholds, reference.housing.thresholds, 1e-6)
    expect(Math.abs(-2 * model.fit.logLikelihood! - reference.housing.deviance)).toBeLessThan(1e-6)
    const p = predictProbability(
      model,
      housing.filter((_, i) => i % 3 === 0),
    )
    close(p.data, reference.housing.probabilities.flat(), 1e-6)
  })

  it('five classes, weights, an offset, columns far from zero', () => {
    const { X, y, weights, offset } = synthetic
    const model = fitOrdinal(X, y, { weights, offset })
    expect(model.fit.status).toBe('converged')
    expect(model.classes).toEqual([1, 2, 3, 4, 5])
    close(model.coefficients[0], synthetic.coefficients, 1e-6)
    close(model.thresholds, synthetic.thresholds, 1e-6)
    expect(Math.abs(-2 * model.fit.logLikelihood! - synthetic.deviance)).toBeLessThan(1e-6)
    expect(model.fit.weightSum).toBe(weights.reduce((a, b) => a + b))
    expect(() => predict(model, X)).toThrow('expected an offset, as the model was fitted with one')
    expect(predict(model, X, { offset })).toHaveLength(300)
  })
})

describe('probabilities', () => {
  const model = fitOrdinal(housing, sat, { weights: freq, levels })
  it('of classes sum to 1, and are differences of the cumulative ones', () => {
    const p = predictProbability(model, housing).data
    const cumulative = cumulativeProbability(model, housing)
    expect(cumulative.shape).toEqual([72, 2])
    const eta = decision(model, housing)
    expect(eta.shape).toEqual([72, 1])
    for (let i = 0; i < 72; i++) {
      const [a, b, c] = p.subarray(3 * i, 3 * i + 3)
      const [low, middle] = cumulative.data.subarray(2 * i, 2 * i + 2)
      expect(low).toBeCloseTo(1 / (1 + Math.exp(eta.data[i] - model.thresholds[0])), 14)
      expect(a).toBe(low)
      expect(b).toBeCloseTo(middle - low, 14)
      expect(a + b + c).toBeCloseTo(1, 14)
    }
  })
  it('keep their digits where both cumulative ones are near 1', () => {
    const far: OrdinalModel = { ...model, coefficients: [[-50, 0, 0, 0, 0, 0]], thresholds: [0, 1] }
    const p = predictProbability(far, [[1, 0, 0, 0, 0, 0]]).data
    // σ(51) − σ(50) = e^{−50} − e^{−51} but for e^{−100}.
    expect(p[1] / (Math.exp(-50) - Math.exp(-51))).toBeCloseTo(1, 12)
    expect(p[2] / Math.exp(-51)).toBeCloseTo(1, 12)
  })
  it('predict takes the largest, decide tells of ties', () => {
    const p = predictProbability(model, housing).data
    predict(model, housing).forEach((label, i) => {
      const row = [...p.subarray(3 * i, 3 * i + 3)]
      expect(label).toBe(levels[row.indexOf(Math.max(...row))])
    })
    const even: OrdinalModel = {
      ...model,
      coefficients: [[0, 0, 0, 0, 0, 0]],
      thresholds: [-Math.log(2), Math.log(2)],
    }
    const { rows, basis } = decide(even, housing.slice(0, 1))
    expect(rows[0]).toMatchObject({ label: null, doubt: 'tie', tied: levels })
    expect(basis).toBe('likelihood')
  })
})

it('two classes are the binary fit', () => {
  const y = sat.map((v) => v === 'High')
  for (const penalty of [undefined, l2(0.01), l1(0.01), elasticNet(0.01, 0.5)]) {
    const options = { weights: freq, penalty, tolerance: 1e-11 }
    const a = fitOrdinal(housing, y, options)
    const b = fitLogistic(housing, y, options)
    close(a.coefficients[0], b.coefficients[0], 1e-9)
    expect(a.thresholds[0]).toBeCloseTo(-b.intercepts[0], 9)
    expect(a.fit.logLikelihood).toBeCloseTo(b.fit.logLikelihood!, 7)
  }
})

it('reversed levels turn the signs and nothing else', () => {
  const a = fitOrdinal(housing, sat, { weights: freq, levels, tolerance: 1e-11 })
  const b = fitOrdinal(housing, sat, { weights: freq, levels: [...levels].reverse(), tolerance: 1e-11 })
  close(
    b.coefficients[0],
    a.coefficients[0].map((v) => -v),
    1e-9,
  )
  close(
    b.thresholds,
    [...a.thresholds].reverse().map((v) => -v),
    1e-9,
  )
})

it('penalties: ℓ1 leaves columns out, ridge has the gradient that it must have, on standardised columns', () => {
  const { X, y } = synthetic
  const lasso = fitOrdinal(X, y, { penalty: l1(0.2) })
  expect(lasso.fit.status).toBe('converged')
  expect(lasso.coefficients[0].some((v) => v === 0)).toBe(true)
  expect(lasso.coefficients[0].some((v) => v !== 0)).toBe(true)
  const ridge = fitOrdinal(X, y, { penalty: l2(0.1), tolerance: 1e-10 })
  const scaled = X.map((row) => row.map((v, j) => 10 * v + j))
  const again = fitOrdinal(scaled, y, { penalty: l2(0.1), tolerance: 1e-10 })
  close(
    again.coefficients[0].map((v) => 10 * v),
    ridge.coefficients[0],
    1e-8,
  )
  // Raw columns: the objective's own gradient, by the textbook.
  const raw = fitOrdinal(X, y, { penalty: l2(0.1), standardize: false, tolerance: 1e-10 })
  const zeta = [-Infinity, ...raw.thresholds, Infinity]
  const gradient = raw.coefficients[0].map((w) => 0.1 * w)
  X.forEach((row, i) => {
    const eta = row.reduce((sum, v, j) => sum + v * raw.coefficients[0][j], 0)
    const sigma = (k: number) => 1 / (1 + Math.exp(eta - zeta[k]))
    const slope = 1 - sigma(y[i]) - sigma(y[i] - 1)
    row.forEach((v, j) => {
      gradient[j] += (slope * v) / 300
    })
  })
  for (const g of gradient) expect(Math.abs(g)).toBeLessThan(1e-8)
})

it('the derivatives are those of the value', () => {
  const { X, y, weights, offset } = synthetic
  const oracle = ordinalObjective({
    design: dense(X),
    y: Float64Array.from(y, (k) => k - 1),
    weights: Float64Array.from(weights, (w) => w / 600),
    offset: Float64Array.from(offset),
    levels: 5,
  })
  const report = checkDerivatives(oracle, [0.3, -0.05, 0.2, -3, -1.5, 0.5, 2])
  expect(report.ok).toBe(true)
  expect(oracle({ ask: 'value', at: Float64Array.of(0, 0, 0, 1, 1, 2, 3) })).toBe(Infinity)
})

it('thresholds rise, whatever the data', () => {
  const next = random01(8)
  for (let run = 0; run < 40; run++) {
    const K = 2 + Math.floor(5 * next())
    const n = K + Math.floor(60 * next())
    const X = Array.from({ length: n }, () => [next(), 1000 * next()])
    const y = Array.from({ length: n }, (_, i) => (i < K ? i : Math.floor(K * next() ** 2)))
    const model = fitOrdinal(X, y, { penalty: l2(1e-3) })
    expect(model.fit.status).toBe('converged')
    expect(rising(model.thresholds)).toBe(true)
  }
})

it('more than 200 coordinates, a design, no columns', () => {
  const next = random01(3)
  const X = Array.from({ length: 90 }, () => Array.from({ length: 230 }, next))
  const y = X.map((row) => Math.floor(3 * (row[0] + row[1]) * 0.499))
  const wide = fitOrdinal(X, y, { penalty: l2(0.1) })
  expect(wide.fit.status).toBe('converged')
  const { coefficients } = fitOrdinal(dense(X), y, { penalty: l2(0.1) })
  expect(coefficients).toEqual(wide.coefficients)
  const none = fitOrdinal(
    sat.map(() => []),
    sat,
    { weights: freq, levels },
  )
  const total = freq.reduce((a, b) => a + b)
  const low = freq.filter((_, i) => sat[i] === 'Low').reduce((a, b) => a + b)
  expect(none.thresholds[0]).toBeCloseTo(Math.log(low / (total - low)), 12)
  expect(none.coefficients).toEqual([[]])
})

it('aliased columns are dropped, classes without overlap are noticed', () => {
  const twice = housing.map((row) => [...row, row[0]])
  const model = fitOrdinal(twice, sat, { weights: freq, levels, terms: [...'abcdefg'] })
  expect(model.aliased).toEqual(['g'])
  close(model.coefficients[0], [...reference.housing.coefficients, 0], 1e-6)
  const apart = fitOrdinal([[0], [1], [10], [11], [20], [21]], [1, 1, 2, 2, 3, 3])
  expect(apart.fit.status).toBe('separated')
  expect(apart.fit.message).toMatch(/without overlap/)
})

it('mistakes are named', () => {
  const weights = freq
  expect(() => fitOrdinal(housing, sat, { weights })).toThrow(
    'fitOrdinal: expected levels (the order of the classes) for labels that are strings, got none',
  )
  expect(() => fitOrdinal(housing, sat, { weights, levels: ['Low', 'High'] })).toThrow(
    'fitOrdinal: expected labels among the levels ["Low","High"], got "Medium"',
  )
  expect(() => fitOrdinal(housing, sat, { weights, levels: [...levels, 'Top'] })).toThrow(
    'fitOrdinal: expected rows of every level, each named once, got other for "Top"',
  )
  expect(() => fitOrdinal(housing, sat, { weights, levels: [...levels, 'Low'] })).toThrow(
    'got other for "Low"',
  )
  expect(() => fitOrdinal(housing, sat.slice(1), { levels })).toThrow(
    'fitOrdinal: expected y.length 72 (rows of X), got 71',
  )
  expect(() => cumulativeProbability({ family: 'softmax' } as never, housing)).toThrow(
    'cumulativeProbability: expected an ordinal model, got softmax',
  )
})

// One-vs-one: each pair on its own rows, coupled as in LIBSVM, with votes and their ties.
import { fitLogistic, type LogisticOptions, sortLabels } from '@logodds/linear'
import { l1, l2 } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import {
  decide,
  decision,
  fitOneVsOne,
  type OneVsOneModel,
  oneVsOne,
  pairwiseCoupling,
  predict,
  predictProbability,
  votes,
} from '../src/index.ts'
import { columns, json, random01, table } from './tables.ts'

const iris = table('iris')
const X = columns(...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(iris.number))
const y = iris.text('species')
const classes = ['setosa', 'versicolor', 'virginica']
const pairs = [
  [0, 1],
  [0, 2],
  [1, 2],
]
const weights = X.map((_, i) => (i % 4) + 0.5)

interface Coupling {
  random: { r: number[][]; p: number[] }[]
  libsvm: { r: number[][]; p: number[] }[]
}
const { random, libsvm } = json<Coupling>('coupling')

describe('pairwise coupling', () => {
  it('is the optimum to 30 digits', () => {
    for (const { r, p } of random)
      pairwiseCoupling(r.flat(), p.length).forEach((v, k) => {
        expect(Math.abs(v - p[k])).toBeLessThan(1e-14)
      })
  })
  it("is what LIBSVM iterates to, within LIBSVM's tolerance", () => {
    for (const { r, p } of libsvm)
      pairwiseCoupling(r.flat(), 3).forEach((v, k) => {
        expect(Math.abs(v - p[k])).toBeLessThan(0.005 / 3)
      })
  })
  it('never ends: certainty, contradictions and all between give probabilities that no other ones improve on', () => {
    const special = [0, 1, 0.5, 1e-300, 1e-9]
    const next = random01(4)
    for (let run = 0; run < 500; run++) {
      const K = 2 + Math.floor(6 * next())
      const r = new Float64Array(K * K)
      for (let s = 0; s < K; s++)
        for (let t = s + 1; t < K; t++) {
          r[s * K + t] = special[Math.floor(10 * next())] ?? next()
          r[t * K + s] = 1 - r[s * K + t]
        }
      const p = pairwiseCoupling(r, K)
      expect(Math.abs(p.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-14)
      expect(p.every((v) => v >= 0)).toBe(true)
      // Qp is −b·1: ½ pᵀQp has the same slope for all classes.
      const slopes = Array.from(p, (_, s) => {
        let slope = 0
        for (let t = 0; t < K; t++)
          if (t !== s) slope += r[t * K + s] * (r[t * K + s] * p[s] - r[s * K + t] * p[t])
        return slope
      })
      expect(Math.max(...slopes) - Math.min(...slopes)).toBeLessThan(1e-13)
    }
  })
})

describe.each([
  ['ridge', { penalty: l2(0.01) }],
  ['ℓ1 and weights', { penalty: l1(0.01), weights }],
  ['balanced within each pair', { penalty: l2(0.1), classWeights: 'balanced' }],
] satisfies [string, LogisticOptions][])('%s', (_, options: LogisticOptions) => {
  // Unbalanced: 20, 35 and 50 rows.
  const some = X.flatMap((__, i) => (i < 20 || (i >= 50 && i < 85) || i >= 100 ? [i] : []))
  const rows = some.map((i) => X[i])
  const labels = some.map((i) => y[i])
  const own = { ...options, weights: options.weights && some.map((i) => weights[i]) }
  const model = fitOneVsOne(rows, labels, own)
  const alone = pairs.map((pair) => {
    const inside = labels.flatMap((label, i) => (pair.includes(classes.indexOf(label)) ? [i] : []))
    return fitLogistic(
      inside.map((i) => rows[i]),
      inside.map((i) => labels[i]),
      { ...own, weights: own.weights && inside.map((i) => own.weights![i]) },
    )
  })
  it('each pair is bit for bit what fitLogistic gives for its rows', () => {
    expect(model.family).toBe('one-vs-one')
    expect(model.classes).toEqual(classes)
    expect(model.pairs).toEqual(pairs)
    expect(model.coefficients).toEqual(alone.map(({ coefficients }) => coefficients[0]))
    expect(model.intercepts).toEqual(alone.map(({ intercepts }) => intercepts[0]))
    expect(model.fit.passes).toBe(alone.reduce((sum, { fit }) => sum + fit.passes, 0))
    expect(model.fit.n).toBe(105)
    expect(model.fit.weightSum).toBeCloseTo(own.weights ? own.weights.reduce((a, b) => a + b) : 105, 10)
    expect(model.fit.status).toBe('converged')
    expect(model.fit.dualityGap).toBeCloseTo(
      alone.reduce((sum, { fit }) => sum + fit.dualityGap!, 0),
      14,
    )
    expect(JSON.parse(JSON.stringify(model))).toEqual(model)
  })
  it('probabilities are the coupled ones of the pairs', () => {
    const { data, shape } = predictProbability(model, rows)
    expect(shape).toEqual([105, 3])
    const eta = decision(model, rows).data
    for (const i of [0, 30, 60, 104]) {
      const r = new Float64Array(9)
      pairs.forEach(([s, t], pair) => {
        const second = 1 / (1 + Math.exp(-eta[3 * i + pair]))
        r[3 * s + t] = 1 - second
        r[3 * t + s] = second
      })
      pairwiseCoupling(r, 3).forEach((v, k) => {
        expect(data[3 * i + k]).toBeCloseTo(v, 12)
      })
    }
    expect(predict(model, rows).filter((label, i) => label === labels[i]).length).toBeGreaterThan(90)
  })
})

it('oneVsOne(fitLogistic) gives the same', () => {
  const options = { penalty: l2(0.01) }
  const around = oneVsOne((rows, labels, o?: LogisticOptions) => fitLogistic(rows, labels, o))(X, y, options)
  expect(around).toEqual({ ...fitOneVsOne(X, y, options), fit: { ...around.fit } })
  expect(around.fit.gradientNorm).toBe(fitOneVsOne(X, y, options).fit.gradientNorm)
})

it('balanced within each pair is not balanced over all classes', () => {
  const rows = X.slice(20)
  const labels = y.slice(20)
  const balanced = fitOneVsOne(rows, labels, { penalty: l2(0.1), classWeights: 'balanced', tolerance: 1e-12 })
  // 30 against 50, 30 against 50, 50 against 50.
  const named = fitOneVsOne(rows, labels, {
    penalty: l2(0.1),
    classWeights: { setosa: 5 / 3 },
    tolerance: 1e-12,
  })
  balanced.coefficients.flat().forEach((v, j) => {
    expect(v).toBeCloseTo(named.coefficients.flat()[j], 9)
  })
  const byMap = fitOneVsOne(rows, labels, {
    penalty: l2(0.1),
    classWeights: new Map([['setosa', 5 / 3]]),
    tolerance: 1e-12,
  })
  expect(byMap.coefficients).toEqual(named.coefficients)
})

it('labels whose order among two is another than among all', () => {
  const names = ['9', '10', 'a']
  const model = fitOneVsOne(
    X,
    y.map((label) => names[classes.indexOf(label)]),
    { penalty: l2(0.01) },
  )
  expect(model.classes).toEqual(['10', '9', 'a'])
  expect(sortLabels(['10', '9'])).toEqual(['9', '10'])
  expect(predict(model, [X[0], X[60], X[149]])).toEqual(['9', '10', 'a'])
})

describe('votes', () => {
  const model = fitOneVsOne(X, y, { penalty: l2(0.01) })
  it('count the pairs that a class wins', () => {
    const { data, shape } = votes(model, X)
    expect(shape).toEqual([150, 3])
    const eta = decision(model, X).data
    for (let i = 0; i < 150; i++) {
      const [a, b, c] = eta.subarray(3 * i, 3 * i + 3)
      const expected = [+(a < 0) + +(b < 0), +(a > 0) + +(c < 0), +(b > 0) + +(c > 0)]
      expect([...data.subarray(3 * i, 3 * i + 3)]).toEqual(expected)
    }
  })
  // Setosa beats versicolor, versicolor beats virginica, virginica beats setosa.
  const circle: OneVsOneModel = {
    ...model,
    coefficients: pairs.map(() => [0, 0, 0, 0]),
    intercepts: [-1, 1, -1],
  }
  it('a circle is a tie of three, by votes and by coupling, and no class is picked', () => {
    expect([...votes(circle, X.slice(0, 1)).data]).toEqual([1, 1, 1])
    const byVotes = decide(circle, X.slice(0, 1), { by: 'votes' })
    expect(byVotes.basis).toBe('votes')
    expect(byVotes.rows[0]).toMatchObject({ label: null, doubt: 'tie', tied: classes, votes: [1, 1, 1] })
    const coupled = decide(circle, X.slice(0, 1))
    expect(coupled.rows[0]).toMatchObject({ label: null, doubt: 'tie', tied: classes })
    expect(coupled.basis).toBe('coupled-pairs')
    expect(coupled.note).toMatch(/^Not calibrated/)
    expect(predict(circle, X.slice(0, 1))).toEqual(['setosa'])
  })
  it('a circle of unlike strengths is a tie of votes only', () => {
    const uneven = { ...circle, intercepts: [-3, 1, -1] }
    expect(decide(uneven, X.slice(0, 1), { by: 'votes' }).rows[0].label).toBeNull()
    expect(decide(uneven, X.slice(0, 1)).rows[0]).toMatchObject({
      label: 'virginica',
      doubt: null,
      votes: [1, 1, 1],
    })
  })
  it('a pair that does not know is half a vote for each', () => {
    const level = { ...circle, intercepts: [0, 0, 0] }
    expect([...votes(level, X.slice(0, 1)).data]).toEqual([1, 1, 1])
    expect([...votes({ ...circle, intercepts: [0, 0, 1] }, X.slice(0, 1)).data]).toEqual([1, 0.5, 1.5])
  })
})

it('two classes are the binary fit', () => {
  const [rows, labels] = [X.slice(50), y.slice(50)]
  const model = fitOneVsOne(rows, labels, { penalty: l2(0.01) })
  const binary = fitLogistic(rows, labels, { penalty: l2(0.01) })
  expect(model.coefficients).toEqual(binary.coefficients)
  predictProbability(model, rows).data.forEach((v, i) => {
    expect(v).toBeCloseTo(predictProbability(binary, rows).data[i], 14)
  })
})

it('a separable pair is named, and the others are not harmed', () => {
  const model = fitOneVsOne(X, y)
  expect(model.fit.status).toBe('separated')
  expect(model.fit.message).toMatch(
    /^Class "setosa" against "versicolor": The classes are completely separated/,
  )
  expect(model.coefficients[2]).toEqual(fitLogistic(X.slice(50), y.slice(50)).coefficients[0])
})

it('onStep hears the number of the pair', () => {
  const seen = new Set<number>()
  fitOneVsOne(X, y, { penalty: l2(0.01), onStep: (_, pair) => seen.add(pair) && undefined })
  expect([...seen]).toEqual([0, 1, 2])
})

it('mistakes are named', () => {
  expect(() => fitOneVsOne(X, y.slice(1))).toThrow('fitOneVsOne: expected y.length 150 (rows of X), got 149')
  expect(() => fitOneVsOne(X, y, { weights: [1] })).toThrow('fitOneVsOne: expected weights.length 150, got 1')
  expect(() => fitOneVsOne(X, y, { classWeights: { rose: 2 } })).toThrow(
    'fitOneVsOne: expected classWeights for ["setosa","versicolor","virginica"], got "rose"',
  )
  expect(() => fitOneVsOne(X, y, { offset: [] } as object)).toThrow(
    'fitOneVsOne: expected no offset and no start',
  )
  expect(() => oneVsOne(() => ({ family: 'softmax' }) as never)(X, y)).toThrow(
    'oneVsOne: expected a binary model whose positive class is true, got a softmax one',
  )
  const model = fitOneVsOne(X, y, { penalty: l2(0.01) })
  expect(() => predict(model, X, { threshold: 0.5 })).toThrow(
    'predict: expected no threshold for a one-vs-one model',
  )
  expect(() => decide(model, X, { by: 'lot' as 'votes' })).toThrow("decide: expected by 'probability'")
  expect(() => decide(fitLogistic(X.slice(50), y.slice(50), { penalty: l2(1) }), X, { by: 'votes' })).toThrow(
    "decide: expected by 'probability', or by 'votes' with a one-vs-one model and no calibration, got votes",
  )
})

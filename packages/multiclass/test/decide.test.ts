// Decisions: ties, margins, entropy and claims are reported, and nothing is resolved in silence.
import {
  applyPlatt,
  applyTemperature,
  fitLogistic,
  fitPlatt,
  fitTemperature,
  type Model,
} from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { decide, decision, fitOneVsRest, fitSoftmax, predict, predictProbability } from '../src/index.ts'
import { columns, table } from './tables.ts'

const iris = table('iris')
const X = columns(...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(iris.number))
const y = iris.text('species')
const softmax = fitSoftmax(X, y, { penalty: l2(0.02) })
const rest = fitOneVsRest(X, y, { penalty: l2(0.02) })
const classes = ['a', 'b', 'c']

describe('of probabilities', () => {
  it('top two classes, margin and entropy', () => {
    const { rows, basis, abstained, ties } = decide([[0.2, 0.5, 0.3]], classes)
    expect(rows).toEqual([
      {
        label: 'b',
        doubt: null,
        first: 'b',
        second: 'c',
        tied: ['b'],
        probability: 0.5,
        margin: 0.2,
        entropy: -(0.2 * Math.log(0.2) + 0.5 * Math.log(0.5) + 0.3 * Math.log(0.3)),
        claims: null,
        votes: null,
      },
    ])
    expect([basis, abstained, ties]).toEqual(['given', 0, 0])
  })

  it('a tie is an abstention, or by option the first class; it is counted either way', () => {
    const p = [
      [0.4, 0.2, 0.4],
      [0.4 - 1e-14, 0.2, 0.4 + 1e-14],
      [0.4 - 1e-9, 0.2, 0.4 + 1e-9],
      [1 / 3, 1 / 3, 1 / 3],
    ]
    const strict = decide(p, classes)
    expect(strict.rows.map(({ label }) => label)).toEqual([null, null, 'c', null])
    expect(strict.rows.map(({ doubt }) => doubt)).toEqual(['tie', 'tie', null, 'tie'])
    expect(strict.rows.map(({ tied }) => tied.join(''))).toEqual(['ac', 'ac', 'c', 'abc'])
    expect([strict.abstained, strict.ties]).toEqual([3, 3])
    const first = decide(p, classes, { ties: 'first' })
    expect(first.rows.map(({ label }) => label)).toEqual(['a', 'a', 'c', 'a'])
    expect(first.rows.map(({ doubt }) => doubt)).toEqual(['tie', 'tie', null, 'tie'])
    expect([first.abstained, first.ties]).toEqual([0, 3])
    expect(decide(p, classes, { tieTolerance: 1e-8 }).ties).toBe(4)
    expect(decide(p, classes, { tieTolerance: 0 }).ties).toBe(2)
  })

  it('rejects low probabilities, low margins and high entropies, each by its own rule', () => {
    const p = [
      [0.9, 0.05, 0.05],
      [0.5, 0.45, 0.05],
      [0.4, 0.3, 0.3],
    ]
    const doubts = (options: object) => decide(p, classes, options).rows.map(({ doubt }) => doubt)
    expect(doubts({ minProbability: 0.45 })).toEqual([null, null, 'probability'])
    expect(doubts({ minMargin: 0.07 })).toEqual([null, 'margin', null])
    expect(doubts({ maxEntropy: 1 })).toEqual([null, null, 'entropy'])
    expect(doubts({ minProbability: 0.5, minMargin: 0.07 })).toEqual([null, 'margin', 'probability'])
    expect(decide(p, classes, { minMargin: 0.07 }).abstained).toBe(1)
    // The most that three classes can have is never above the default.
    expect(decide([[1 / 3, 1 / 3, 1 / 3]], classes, { ties: 'first' }).rows[0].label).toBe('a')
    const sure = decide([[0, 1, 0]], classes, { maxEntropy: 0, minMargin: 1, minProbability: 1 })
    expect([sure.rows[0].label, sure.rows[0].entropy]).toEqual(['b', 0])
  })

  it('a rejected tie has no label, even where ties go to the first', () => {
    const [row] = decide([[0.4, 0.2, 0.4]], classes, { ties: 'first', minMargin: 0.1 }).rows
    expect([row.label, row.doubt]).toEqual([null, 'margin'])
  })
})

describe('of a model', () => {
  it('agrees with predict wherever there is a label, and carries its numbers', () => {
    for (const model of [softmax, rest]) {
      const labels = predict(model, X)
      const p = predictProbability(model, X).data
      const { rows, abstained } = decide(model, X, { minMargin: 0.2 })
      expect(abstained).toBeGreaterThan(0)
      rows.forEach((row, i) => {
        expect(row.first).toBe(labels[i])
        expect(row.label).toBe(row.margin < 0.2 ? null : labels[i])
        const sorted = [...p.subarray(3 * i, 3 * i + 3)].sort((a, b) => b - a)
        expect(row.margin).toBe(sorted[0] - sorted[1])
        expect(row.probability).toBe(sorted[0])
      })
    }
  })

  it('says what its numbers are', () => {
    expect(decide(softmax, X).basis).toBe('likelihood')
    const uncalibrated = decide(rest, X)
    expect(uncalibrated.basis).toBe('normalised-scores')
    expect(uncalibrated.note).toMatch(/^Not calibrated/)
  })

  it('one-vs-rest: rows that no class or several claim are known', () => {
    const even: Model = {
      ...rest,
      coefficients: rest.coefficients.map(() => [1, 0, 0, 0]),
      intercepts: [0, -1, -2],
    }
    const points = [-1, 0.5, 1.5, 3].map((v) => [v, 0, 0, 0])
    const { rows } = decide(even, points, { oneClaim: true })
    expect(rows.map(({ claims }) => claims?.length)).toEqual([0, 1, 2, 3])
    expect(rows.map(({ doubt }) => doubt)).toEqual(['claims', null, 'claims', 'claims'])
    expect(rows.map(({ label }) => label)).toEqual([null, 'setosa', null, null])
    const real = decide(rest, X).rows
    const eta = decision(rest, X).data
    expect(real.some(({ claims }) => claims?.length === 0)).toBe(true)
    real.forEach(({ claims }, i) => {
      expect(claims).toEqual(rest.classes.filter((_, k) => eta[3 * i + k] >= 0))
    })
  })

  it('a binary model too', () => {
    const binary = fitLogistic(X.slice(50), y.slice(50), { penalty: l2(0.01) })
    const level: Model = { ...binary, coefficients: [[0, 0, 0, 0]], intercepts: [0] }
    const [row] = decide(level, X.slice(0, 1)).rows
    expect([row.label, row.doubt, row.tied]).toEqual([null, 'tie', ['versicolor', 'virginica']])
    expect(row.entropy).toBeCloseTo(Math.log(2), 15)
    expect(predict(level, X.slice(0, 1))).toEqual(['virginica'])
  })
})

describe('calibration maps are applied as they are given', () => {
  it('temperature, to softmax and to one-vs-rest scores', () => {
    for (const model of [softmax, rest]) {
      const map = fitTemperature(y, decision(model, X))
      const calibration = (scores: Parameters<typeof applyTemperature>[1]) => applyTemperature(map, scores)
      const p = predictProbability(model, X, { calibration })
      expect(p.data).toEqual(applyTemperature(map, decision(model, X)).data)
      const decided = decide(model, X, { calibration })
      expect(decided.basis).toBe('calibrated')
      expect(decided.rows[77].probability).toBe(Math.max(...p.data.subarray(231, 234)))
      expect(decided.rows.map(({ first }) => first)).toEqual(predict(model, X))
    }
  })

  it("Platt's map, to a binary model", () => {
    const [rows, labels] = [X.slice(50), y.slice(50)]
    const binary = fitLogistic(rows, labels, { penalty: l2(0.1) })
    const map = fitPlatt(labels, decision(binary, rows).data)
    const p = predictProbability(binary, rows, { calibration: ({ data }) => applyPlatt(map, data) })
    const positive = applyPlatt(map, decision(binary, rows).data)
    positive.forEach((v, i) => {
      expect([p.data[2 * i], p.data[2 * i + 1]]).toEqual([1 - v, v])
    })
  })

  it('what is no probability is named', () => {
    const apply = (calibration: () => number[][]) => () =>
      predictProbability(softmax, X.slice(0, 1), { calibration })
    expect(apply(() => [[0.5, 0.5]])).toThrow('predictProbability: expected 1 × 3 probabilities, got 1 × 2')
    expect(apply(() => [[0.5, 0.6, -0.1]])).toThrow('expected probabilities in [0, 1] in row 0, got -0.1')
    expect(apply(() => [[0.5, 0.5, 0.5]])).toThrow('expected probabilities of row 0 that sum to 1, got 1.5')
    expect(apply(() => [[0.5, 0.5, Number.NaN]])).toThrow(
      'expected finite numbers in X, got NaN in row 0, column 2',
    )
  })
})

it('mistakes are named', () => {
  const p = [[0.5, 0.5]]
  expect(() => decide(p, ['a'])).toThrow('decide: expected at least two classes, got 1')
  expect(() => decide(p, classes)).toThrow('decide: expected 1 × 3 probabilities, got 1 × 2')
  expect(() => decide(p, ['a', 'b'], { minMargin: Number.NaN })).toThrow(
    'decide: expected minMargin in [0, 1], got NaN',
  )
  expect(() => decide(p, ['a', 'b'], { minProbability: 2 })).toThrow(
    'decide: expected minProbability in [0, 1], got 2',
  )
  expect(() => decide(p, ['a', 'b'], { maxEntropy: -1 })).toThrow('decide: expected maxEntropy ≥ 0, got -1')
  expect(() => decide(p, ['a', 'b'], { tieTolerance: -1 })).toThrow(
    'decide: expected tieTolerance in [0, 1], got -1',
  )
  expect(() => decide(p, ['a', 'b'], { ties: 'last' as 'first' })).toThrow(
    "decide: expected ties 'abstain' or 'first', got last",
  )
  expect(() => decide(softmax, X, { oneClaim: true })).toThrow(
    'decide: expected oneClaim with a one-vs-rest model, got likelihood',
  )
  expect(() => decide(softmax, [[1]])).toThrow('predictProbability: expected 4 columns')
})

// The scores of numbers: against scikit-learn and SciPy, and by what has to hold.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainedVariance } from '../src/explained-variance.ts'
import { meanAbsoluteError } from '../src/mean-absolute-error.ts'
import { meanAbsolutePercentageError } from '../src/mean-absolute-percentage-error.ts'
import { meanHuberLoss } from '../src/mean-huber-loss.ts'
import { meanPinballLoss } from '../src/mean-pinball-loss.ts'
import { meanPoissonDeviance } from '../src/mean-poisson-deviance.ts'
import { meanSquaredError } from '../src/mean-squared-error.ts'
import { meanTweedieDeviance } from '../src/mean-tweedie-deviance.ts'
import { medianAbsoluteError } from '../src/median-absolute-error.ts'
import { r2Score } from '../src/r2-score.ts'
import type { RegressionOptions } from '../src/regression-rows.ts'
import { rootMeanSquaredError } from '../src/root-mean-squared-error.ts'
import { expectPeer, judgements } from './judgements.ts'
import { expectNear, given } from './reference.ts'

const plain = {
  meanSquaredError,
  rootMeanSquaredError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
  meanPoissonDeviance,
  r2Score,
  explainedVariance,
} as const
const names = Object.keys(plain) as (keyof typeof plain)[]

describe.each(judgements.regressions)('as scikit-learn: $name', ({ truth, predicted, ...peer }) => {
  const weights = given(peer.weights)

  test.each(names)('%s', (name) => {
    const ours = () => plain[name](truth, predicted, { weights })
    if (name === 'meanPoissonDeviance' && peer[name] === null)
      expect(ours).toThrow('meanPoissonDeviance: expected truth >= 0 and predicted > 0 in each row, got ')
    else expectPeer(ours, peer[name])
  })

  test('meanHuberLoss, meanPinballLoss, meanTweedieDeviance', () => {
    for (const [delta, value] of Object.entries(peer.meanHuberLoss))
      expectNear(meanHuberLoss(truth, predicted, { delta: +delta, weights }), value)
    for (const [alpha, value] of Object.entries(peer.meanPinballLoss))
      expectNear(meanPinballLoss(truth, predicted, { alpha: +alpha, weights }), value)
    for (const [power, value] of Object.entries(peer.meanTweedieDeviance))
      expectNear(meanTweedieDeviance(truth, predicted, +power, { weights }), value)
  })
})

const points = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 })),
  { maxLength: 20 },
)
type Score = (truth: number[], predicted: number[], options: RegressionOptions) => number
const all: Record<string, Score> = {
  ...plain,
  meanHuberLoss,
  meanPinballLoss: (y, p, o) => meanPinballLoss(y, p, { alpha: 0.3, ...o }),
  'meanTweedieDeviance, 1.5': (y, p, o) => meanTweedieDeviance(y, p, 1.5, o),
  'meanTweedieDeviance, 3': (y, p, o) => meanTweedieDeviance(y, p, 3, o),
}

describe.each(Object.entries(all))('%s', (name, score) => {
  test('weights are repetitions; the order of the rows has no say; a perfect prediction is best', () => {
    fc.assert(
      fc.property(points, (drawn) => {
        const rows = [[1, 2, 1], [4, 3, 2], ...drawn]
        const of = (each: number[][], column: number) => each.map((row) => row[column])
        const value = score(of(rows, 0), of(rows, 1), { weights: of(rows, 2) })
        const repeated = rows.flatMap((row) => Array<number[]>(row[2]).fill(row))
        expectNear(score(of(repeated, 0), of(repeated, 1), {}), value)
        const other = rows.toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
        expectNear(score(of(other, 0), of(other, 1), { weights: of(other, 2) }), value)
        const best = name === 'r2Score' || name === 'explainedVariance' ? 1 : 0
        expectNear(score(of(rows, 0), of(rows, 0), {}), best)
        expect(best ? value <= 1 : value >= -1e-12).toBe(true)
      }),
    )
  })

  test('what does not fit is an error by name', () => {
    const own = name.split(',')[0]
    expect(() => score([1, 2], [1], {})).toThrow(`${own}: expected predicted.length 2 (rows of truth), got 1`)
    expect(() => score([], [], {})).toThrow(`${own}: expected truth.length > 0, got 0`)
    expect(() => score([1, NaN], [1, 2], {})).toThrow(`${own}: expected truth[1] finite, got NaN`)
    expect(() => score([1, 2], [1, Infinity], {})).toThrow(
      `${own}: expected predicted[1] finite, got Infinity`,
    )
    expect(() => score([1, 2], [1, '2' as unknown as number], {})).toThrow(
      `${own}: expected predicted[1] finite, got "2"`,
    )
    expect(() => score([1, 2], [1, 2], { weights: [1, -1] })).toThrow(
      `${own}: expected weights[1] finite and >= 0, got -1`,
    )
    expect(() => score([1, 2], [1, 2], { weights: [0, 0] })).toThrow(
      `${own}: expected weights with a finite sum > 0, got 0`,
    )
  })
})

test('what does not exist, and what is beyond the largest double', () => {
  expectPeer(() => r2Score([2, 2], [1, 2]), null)
  expectPeer(() => r2Score([2], [1]), null)
  expectPeer(() => explainedVariance([0.1, 0.1, 0.1], [1, 2, 3]), null)
  expectPeer(() => r2Score([1, 2], [1, 2], { weights: [1, 0] }), null)
  expectPeer(() => meanAbsolutePercentageError([0, 1], [1, 1]), null)
  expect(() => meanSquaredError([1e200], [-1e200])).toThrow(
    'meanSquaredError: expected a result below the largest double, got Infinity',
  )
  expect(() => r2Score([1e200, 0], [1, 2])).toThrow(
    'r2Score: expected squares between the least and the largest double, got NaN',
  )
  expect(() => medianAbsoluteError([1.7e308], [-1.7e308])).toThrow(
    'medianAbsoluteError: expected a result below the largest double, got Infinity',
  )
})

test.each<[string, () => unknown, string]>([
  ['δ', () => meanHuberLoss([1], [1], { delta: 0 }), 'meanHuberLoss: expected delta finite and > 0, got 0'],
  ['α', () => meanPinballLoss([1], [1], { alpha: 2 }), 'meanPinballLoss: expected alpha in [0, 1], got 2'],
  [
    'a power',
    () => meanTweedieDeviance([1], [1], 0.5),
    'meanTweedieDeviance: expected a power <= 0 or >= 1, got 0.5',
  ],
  [
    'a gamma 0',
    () => meanTweedieDeviance([0], [1], 2),
    'meanTweedieDeviance: expected truth and predicted in the range of power 2 in each row, got 0, 1',
  ],
])('%s: an error by name', (_, call, message) => {
  expect(call).toThrow(message)
})

test('kin', () => {
  const [y, p] = [
    [1, 2, 5, 0.5],
    [1.5, 2, 3, 1],
  ]
  expectNear(meanPinballLoss(y, p), meanAbsoluteError(y, p) / 2)
  expectNear(meanHuberLoss(y, p, { delta: 1e9 }), meanSquaredError(y, p) / 2)
  expectNear(meanTweedieDeviance(y, p, 0), meanSquaredError(y, p))
  expectNear(meanTweedieDeviance(y, p, 1), meanPoissonDeviance(y, p))
  expect(meanAbsoluteError(Int8Array.of(1), Float32Array.of(2))).toBe(1)
})

// How far probabilities are from frequencies: against numpy over scikit-learn's bins, and R.
import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, test } from 'vitest'
import { expectedCalibrationError } from '../src/expected-calibration-error.ts'
import { hosmerLemeshow } from '../src/hosmer-lemeshow.ts'
import { maximumCalibrationError } from '../src/maximum-calibration-error.ts'
import { spiegelhalter } from '../src/spiegelhalter.ts'
import { topKAccuracy } from '../src/top-k-accuracy.ts'
import { byR, expectPeer, judgements } from './judgements.ts'
import { expectNear, given } from './reference.ts'
import { repeated, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

describe.each(judgements.calibrations)('as numpy: $name', (peer) => {
  const { truth, probabilities, positive } = peer
  const common = { positive, weights: given(peer.weights) }

  test.each(peer.errors)('$options', ({ options, expected, maximum }) => {
    expectNear(expectedCalibrationError(truth, probabilities, { ...options, ...common }), expected)
    expectNear(maximumCalibrationError(truth, probabilities, { ...options, ...common }), maximum)
  })

  test('spiegelhalter', () => {
    expectPeer(() => spiegelhalter(truth, probabilities, common).z, peer.spiegelhalter)
    if (peer.spiegelhalter === null) return
    const { statistic, df } = spiegelhalter(truth, probabilities, common)
    expectNear(statistic, peer.spiegelhalter ** 2)
    expect(df).toBe(1)
  })
})

describe.each(judgements.topLabels)('of more classes: $name', (peer) => {
  const { truth, probabilities, classes } = peer
  const options = { classes, weights: given(peer.weights) }
  const n = truth.length

  test('the top label is judged, as numpy does', () => {
    expectNear(expectedCalibrationError(truth, probabilities, options), peer.expected)
    expectNear(maximumCalibrationError(truth, probabilities, options), peer.maximum)
    const matrix = ndarray(Float64Array.from(probabilities.flat()), [n, classes.length])
    expectNear(expectedCalibrationError(truth, matrix, options), peer.expected)
  })

  test.each(peer.topK)('topKAccuracy, $k', ({ k, value }) => {
    expectNear(topKAccuracy(truth, probabilities, { ...options, k }), value)
    const names = (label: number) => 'abcdefghij'[label]
    expectNear(
      topKAccuracy(truth.map(names), probabilities, { ...options, classes: classes.map(names), k }),
      value,
    )
  })
})

test('topKAccuracy: all classes are enough; equal scores are ranked in their order', () => {
  const scores = [
    [1, 1, 1],
    [1, 1, 1],
    [-Infinity, Infinity, 0],
  ]
  expect(topKAccuracy(['a', 'c', 'a'], scores, { classes: ['a', 'b', 'c'], k: 3 })).toBe(1)
  expect(topKAccuracy(['a', 'c', 'a'], scores, { classes: ['a', 'b', 'c'], k: 1 })).toBe(1 / 3)
  expect(topKAccuracy(['a', 'c', 'a'], scores, { classes: ['a', 'b', 'c'] })).toBe(1 / 3)
  expect(topKAccuracy(['b', 'c', 'c'], scores, { classes: ['a', 'b', 'c'] })).toBe(2 / 3)
  expect(() => topKAccuracy(['a', 'b'], scores.slice(1), { classes: ['a', 'b', 'c'], k: 0 })).toThrow(
    'topKAccuracy: expected k, a whole number > 0, got 0',
  )
  expect(() =>
    topKAccuracy(
      ['a', 'b'],
      [
        [0, NaN],
        [0, 1],
      ],
    ),
  ).toThrow('topKAccuracy: expected scores[0][1] to be a number, got NaN')
})

describe.each(byR.cases)('hosmerLemeshow as R: $name', ({ truth, probabilities, statistics }) => {
  test.each(statistics)('$groups groups', ({ groups, statistic, df }) => {
    const ours = hosmerLemeshow(truth, probabilities, { groups })
    expectNear(ours.statistic, statistic)
    expect(ours.df).toBe(df)
  })
})

test('hosmerLemeshow: sure and right is no distance, sure and wrong is infinite', () => {
  const p = [0, 0, 0.25, 0.5, 0.75, 1, 1]
  const options = { groups: 5, strategy: 'uniform' } as const
  const right = hosmerLemeshow([0, 0, 0, 1, 1, 1, 1], p, options)
  expect(right.df).toBe(3)
  // Groups {0, 0}, {0.25}, {0.5}, {0.75}, {1, 1}.
  expectNear(right.statistic, 0.0625 / 0.1875 + 1 + 0.0625 / 0.1875)
  expect(hosmerLemeshow([0, 1, 0, 1, 1, 1, 1], p, options).statistic).toBe(Infinity)
  expect(
    hosmerLemeshow([0, 0, 0, 1, 1, 1, 1], p, { ...options, weights: [1, 1, 2, 1, 1, 1, 1] }).statistic,
  ).toBe(hosmerLemeshow([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0.25, 0.25, 0.5, 0.75, 1, 1], options).statistic)
})

test('too few groups: an error by name', () => {
  expect(() => hosmerLemeshow([0, 1, 1], [0.5, 0.5, 0.5])).toThrow(
    expect.objectContaining({
      name: 'UndefinedMetricError',
      message: 'hosmerLemeshow: expected at least 3 groups with rows, got 1',
    }),
  )
})

test('errors are in [0, 1], the mean no more than the maximum; weights are repetitions; the order has no say', () => {
  const p = (drawn: Parameters<typeof scoresOf>[0]) => scoresOf(drawn).map((score) => (score + 6) / 12)
  fc.assert(
    fc.property(shuffledRows, fc.integer({ min: 1, max: 12 }), ([drawn, other], bins) => {
      const options = { bins, weights: weightsOf(drawn) }
      const mean = expectedCalibrationError(truthOf(drawn), p(drawn), options)
      const most = maximumCalibrationError(truthOf(drawn), p(drawn), options)
      expect(mean >= 0 && mean <= most + 1e-15 && most <= 1).toBe(true)
      const again = repeated(drawn)
      expectNear(expectedCalibrationError(truthOf(again), p(again), { bins }), mean)
      expectNear(
        expectedCalibrationError(truthOf(other), p(other), { bins, weights: weightsOf(other) }),
        mean,
      )
    }),
  )
})

test('top labels that are never right', () => {
  const rows = [
    [0.7, 0.3],
    [0.7, 0.3],
  ]
  expectNear(expectedCalibrationError(['b', 'b'], rows, { classes: ['a', 'b'] }), 0.7)
  expectNear(maximumCalibrationError(['a', 'a'], rows, { classes: ['a', 'b'] }), 0.3)
})

test('what cannot be meant is an error by name', () => {
  expect(() => spiegelhalter([0, 1], [0.5, 1])).toThrow(
    'spiegelhalter: expected a probability other than 0, 1/2 and 1, got 0',
  )
  expect(() => expectedCalibrationError([0, 1], [0.5, 1], { bins: 0 })).toThrow(
    'expectedCalibrationError: expected bins, a whole number > 0, got 0',
  )
  expect(() => maximumCalibrationError([0, 1], [0.5, 1.5])).toThrow(
    'maximumCalibrationError: expected probabilities[1] in [0, 1], got 1.5',
  )
})

// The nearest monotone function: against scikit-learn, and by the conditions that make it the nearest.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyIsotonic } from '../src/apply-isotonic.ts'
import { brierScore } from '../src/brier-score.ts'
import { fitIsotonic } from '../src/fit-isotonic.ts'
import { isotonicRegression } from '../src/isotonic-regression.ts'
import { judgements } from './judgements.ts'
import { expectNear, given } from './reference.ts'
import { repeated, rows, scoresOf, truthOf, weightsOf } from './rows.ts'

describe.each(judgements.isotonic)('as scikit-learn: $name', ({ x, y, weights, increasing, ...peer }) => {
  const map = isotonicRegression(x, y, { weights: given(weights), increasing })

  test('thresholds and values', () => {
    expectNear(map.thresholds, peer.thresholds)
    expectNear(map.values, peer.values)
  })

  test('between and beyond them', () => {
    expectNear(applyIsotonic(map, peer.at), peer.predicted)
    expectNear(applyIsotonic(JSON.parse(JSON.stringify(map)), peer.at), peer.predicted)
  })
})

const points = fc.array(
  fc.record({
    x: fc.integer({ min: 0, max: 12 }),
    y: fc.integer({ min: -20, max: 20 }),
    w: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 40 },
)

test('is monotone; each block is the mean of its rows, and no upper part of one lies above it: the KKT conditions', () => {
  fc.assert(
    fc.property(points, (drawn) => {
      const sorted = drawn.toSorted((a, b) => a.x - b.x)
      const [x, y, weights] = [sorted.map((p) => p.x), sorted.map((p) => p.y), sorted.map((p) => p.w)]
      const fit = applyIsotonic(isotonicRegression(x, y, { weights }), x)
      // λ, the multipliers of f(x_i) ≤ f(x_{i+1}): sums of w (f − y) from the left; ≤ 0 …
      let multiplier = 0
      for (let i = 0; i < x.length; i++) {
        if (i) expect(fit[i]).toBeGreaterThanOrEqual(fit[i - 1])
        multiplier += weights[i] * (fit[i] - y[i])
        if (x[i + 1] === x[i]) continue
        expect(multiplier).toBeLessThanOrEqual(1e-9)
        // … and 0 where the function rises, and at the end.
        if (!(fit[i + 1] - fit[i] <= 1e-9)) expect(Math.abs(multiplier)).toBeLessThanOrEqual(1e-9)
      }
    }),
  )
})

test('of its own values it is itself; of what falls, its mirror image', () => {
  fc.assert(
    fc.property(points, (drawn) => {
      const [x, y, weights] = [drawn.map((p) => p.x), drawn.map((p) => p.y), drawn.map((p) => p.w)]
      const map = isotonicRegression(x, y, { weights })
      const fit = applyIsotonic(map, x)
      expectNear(applyIsotonic(isotonicRegression(x, fit, { weights }), x), fit)
      const mirrored = isotonicRegression(
        x,
        y.map((each) => -each),
        { weights, increasing: false },
      )
      expect(mirrored.thresholds).toEqual(map.thresholds)
      expectNear(
        mirrored.values,
        map.values.map((value) => -value),
      )
    }),
  )
})

test('calibration: probabilities that no monotone map of the scores betters; weights are repetitions', () => {
  fc.assert(
    fc.property(rows, (drawn) => {
      const [truth, scores, weights] = [truthOf(drawn), scoresOf(drawn), weightsOf(drawn)]
      const map = fitIsotonic(truth, scores, { weights })
      expect(map.positive).toBe(1)
      const p = applyIsotonic(map, scores)
      expect(p.every((q) => q >= 0 && q <= 1)).toBe(true)
      const again = repeated(drawn)
      const other = fitIsotonic(truthOf(again), scoresOf(again))
      expectNear(applyIsotonic(other, scores), p)
      const best = brierScore(truth, p, { weights })
      const flat = brierScore(truth, new Float64Array(truth.length).fill(0.5), { weights })
      const slope = scores.map((score) => (score + 6) / 12)
      expect(best).toBeLessThanOrEqual(Math.min(flat, brierScore(truth, slope, { weights })) + 1e-12)
    }),
  )
})

test('labels of any kind; the order of the rows has no say; nothing is changed', () => {
  const truth = ['yes', 'no', 'yes', 'no']
  const scores = Object.freeze([2, -1, 0.5, 1])
  const map = fitIsotonic(truth, scores)
  expect(map).toEqual({
    kind: 'isotonic',
    positive: 'yes',
    thresholds: [-1, 0.5, 1, 2],
    values: [0, 0.5, 0.5, 1],
  })
  expect(fitIsotonic(truth.toReversed(), scores.toReversed())).toEqual(map)
  expect(applyIsotonic(map, [-Infinity, -0.25, 0.75, 1.5, Infinity])).toEqual(
    Float64Array.of(0, 0.25, 0.5, 0.75, 1),
  )
  expect(
    fitIsotonic(
      truth,
      scores.map((score) => -score),
      { positive: 'no' },
    ).values,
  ).toEqual(map.values)
})

test.each<[string, () => unknown, string]>([
  ['NaN', () => isotonicRegression([1, NaN], [0, 1]), 'isotonicRegression: expected x[1] finite, got NaN'],
  ['lengths', () => isotonicRegression([1, 2], [0]), 'isotonicRegression: expected y.length 2, got 1'],
  ['no rows', () => isotonicRegression([], []), 'isotonicRegression: expected x.length > 0, got 0'],
  [
    'weights',
    () => isotonicRegression([1], [1], { weights: [-1] }),
    'isotonicRegression: expected weights[0] finite and >= 0, got -1',
  ],
  [
    'weights',
    () => isotonicRegression([1], [1], { weights: [0] }),
    'isotonicRegression: expected a weight > 0, got 0',
  ],
  [
    'overflow',
    () => isotonicRegression([1, 1, 2], [1.7e308, 1.7e308, 0]),
    'isotonicRegression: expected sums below the largest double',
  ],
  ['one class', () => fitIsotonic(['a', 'a'], [1, 2]), 'fitIsotonic: expected rows of two classes, got "a"'],
  [
    'lengths',
    () => fitIsotonic(['a', 'b'], [1]),
    'fitIsotonic: expected scores.length 2 (rows of truth), got 1',
  ],
  [
    'a score',
    () => applyIsotonic({ thresholds: [0], values: [1] }, [NaN]),
    'applyIsotonic: expected scores[0] to be a number, got NaN',
  ],
])('%s: an error by name', (_, call, message) => {
  expect(call).toThrow(message)
})

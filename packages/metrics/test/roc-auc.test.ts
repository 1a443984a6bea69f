import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUndefinedMetric } from '../src/is-undefined-metric.ts'
import { rocAuc } from '../src/roc-auc.ts'
import { expectNear, given, proc, scikitLearn } from './reference.ts'
import { repeated, rows, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

describe('rocAuc', () => {
  test.each(scikitLearn.rankings)(
    'as scikit-learn: $name',
    ({ truth, scores, positive, weights, ...peer }) => {
      expectNear(rocAuc(truth, scores, { positive: given(positive), weights: given(weights) }), peer.rocAuc)
    },
  )

  test.each(Object.keys(proc.scores))('as pROC: aSAH, %s', (marker) => {
    expectNear(rocAuc(proc.outcome, proc.scores[marker], { positive: proc.positive }), proc.rocAuc[marker])
  })

  test('is the Mann–Whitney count, to the last bit', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const highs = drawn.filter((row) => row.label === 1)
        const lows = drawn.filter((row) => row.label === 0)
        let twice = 0
        for (const high of highs) for (const low of lows) twice += 1 + Math.sign(high.score - low.score)
        expect(rocAuc(truthOf(drawn), scoresOf(drawn))).toBe(twice / 2 / (highs.length * lows.length))
      }),
    )
  })

  test('does not change under an increasing map of the scores', () => {
    const maps = [(s: number) => s ** 3 + s, (s: number) => 2 * s - 7, (s: number) => 1 / (1 + Math.exp(-s))]
    fc.assert(
      fc.property(rows, fc.constantFrom(...maps), (drawn, map) => {
        const truth = truthOf(drawn)
        expect(rocAuc(truth, scoresOf(drawn).map(map))).toBe(rocAuc(truth, scoresOf(drawn)))
      }),
    )
  })

  test('turned round, it is one minus itself', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const [truth, scores] = [truthOf(drawn), scoresOf(drawn)]
        const area = rocAuc(truth, scores)
        expectNear(rocAuc(truth, scores, { positive: 0 }), 1 - area)
        expectNear(
          rocAuc(
            truth,
            scores.map((s) => -s),
          ),
          1 - area,
        )
      }),
    )
  })

  test('does not change with the order of the rows', () => {
    fc.assert(
      fc.property(shuffledRows, ([drawn, shuffled]) => {
        expect(rocAuc(truthOf(shuffled), scoresOf(shuffled))).toBe(rocAuc(truthOf(drawn), scoresOf(drawn)))
      }),
    )
  })

  test('a weight is how often the row is there', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const copies = repeated(drawn)
        expectNear(
          rocAuc(truthOf(drawn), scoresOf(drawn), { weights: weightsOf(drawn) }),
          rocAuc(truthOf(copies), scoresOf(copies)),
        )
      }),
    )
  })

  test('is never outside [0, 1], and 1 or 0 exactly where the order is perfect', () => {
    const weights = fc.array(fc.double({ min: 1e-300, max: 1e290, noNaN: true }), {
      minLength: 2,
      maxLength: 30,
    })
    fc.assert(
      fc.property(weights, (drawn) => {
        const truth = drawn.map((_, i) => i % 2)
        const options = { weights: drawn }
        expect(rocAuc(truth, truth, options)).toBe(1)
        expect(
          rocAuc(
            truth,
            truth.map((y) => 1 - y),
            options,
          ),
        ).toBe(0)
        const any = rocAuc(
          truth,
          drawn.map((_, i) => (i * 7) % 5),
          options,
        )
        expect(any >= 0 && any <= 1).toBe(true)
      }),
    )
  })

  test('infinite scores are in their order', () => {
    expect(rocAuc([0, 1, 0, 1], [-Infinity, Infinity, 0, 1])).toBe(1)
    expect(rocAuc([0, 1], [Infinity, Infinity])).toBe(0.5)
    expect(rocAuc([0, 1], [-Infinity, -Infinity])).toBe(0.5)
  })

  test('0 and −0 are tied, with weights too', () => {
    expect(rocAuc([0, 1], [-0, 0])).toBe(0.5)
    expect(rocAuc([0, 1], [0, -0], { weights: [1, 2] })).toBe(0.5)
  })

  test('inputs are not changed, and may be any arrays of floating-point numbers', () => {
    const truth = Uint8Array.of(1, 0, 1, 0)
    const scores = Float64Array.of(0.1, 0.9, 0.5, 0.3)
    expect(rocAuc(truth, scores)).toBe(0.25)
    expect([...truth, ...scores]).toEqual([1, 0, 1, 0, 0.1, 0.9, 0.5, 0.3])
    expect(rocAuc(Float64Array.from(truth), Float32Array.from(scores))).toBe(0.25)
  })

  test('a class that is absent is an error by name', () => {
    const errorOf = (call: () => unknown) => {
      try {
        call()
      } catch (error) {
        return error
      }
    }
    const error = errorOf(() => rocAuc(['a', 'a'], [1, 2]))
    expect(isUndefinedMetric(error)).toBe(true)
    expect(String(error)).toBe('UndefinedMetricError: rocAuc: expected rows of two classes, got "a"')
    expect(() => rocAuc([1, 1], [1, 2], { positive: 1 })).toThrow(
      'rocAuc: expected rows of class 1 and another, got 1',
    )
    expect(() => rocAuc([1, 0], [1, 2], { positive: 2 })).toThrow(
      'rocAuc: expected rows of class 2 and another, got 0, 1',
    )
    expect(() => rocAuc([1, 0, 1], [1, 2, 3], { weights: [1, 0, 1] })).toThrow(
      'rocAuc: expected rows of two classes, got 1',
    )
    expect(isUndefinedMetric(errorOf(() => rocAuc([0, 1], [1])))).toBe(false)
  })

  test('more than two classes need a positive one by name', () => {
    expect(() => rocAuc(['c', 'a', 'b'], [1, 2, 3])).toThrow(
      'rocAuc: expected the option positive, one of "a", "b", "c", got undefined',
    )
    expect(rocAuc(['c', 'a', 'b'], [1, 2, 3], { positive: 'b' })).toBe(1)
  })

  test('a score that is no number is an error that says where', () => {
    expect(() => rocAuc([0, 1, 1], [0, 1, NaN])).toThrow('rocAuc: expected scores[2] to be a number, got NaN')
    expect(() => rocAuc([0, 1], [0, '1'] as unknown as number[])).toThrow(
      'rocAuc: expected scores[1] to be a number, got "1"',
    )
    expect(() => rocAuc([0, 1, 1], [0, 1])).toThrow('rocAuc: expected scores.length 3 (rows of truth), got 2')
  })
})

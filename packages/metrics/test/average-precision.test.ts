import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { averagePrecision } from '../src/average-precision.ts'
import { precisionRecallCurve } from '../src/precision-recall-curve.ts'
import { expectNear, given, scikitLearn } from './reference.ts'
import { repeated, rows, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

describe('averagePrecision', () => {
  test.each(scikitLearn.rankings)(
    'as scikit-learn: $name',
    ({ truth, scores, positive, weights, ...peer }) => {
      const options = { positive: given(positive), weights: given(weights) }
      expectNear(averagePrecision(truth, scores, options), peer.averagePrecision)
    },
  )

  test('is the step sum of its curve, not the trapezoid', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const { precision, recall } = precisionRecallCurve(truthOf(drawn), scoresOf(drawn))
        let sum = 0
        for (let i = 1; i < recall.length; i++) sum += (recall[i - 1] - recall[i]) * precision[i - 1]
        expectNear(averagePrecision(truthOf(drawn), scoresOf(drawn)), sum)
      }),
    )
  })

  test('is the base rate where all scores are equal, and 1 exactly where the order is perfect', () => {
    expect(averagePrecision([1, 0, 0, 0], [2, 2, 2, 2])).toBe(0.25)
    const weights = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 60 })
    fc.assert(
      fc.property(weights, (drawn) => {
        const truth = drawn.map((_, i) => i % 2)
        const scores = truth.map((y, i) => y + i / 100)
        expect(averagePrecision(truth, scores)).toBe(1)
        expect(averagePrecision(truth, scores, { weights: drawn })).toBe(1)
      }),
    )
  })

  test('does not change when every row is doubled, or with the order of the rows', () => {
    fc.assert(
      fc.property(shuffledRows, ([drawn, shuffled]) => {
        const once = averagePrecision(truthOf(drawn), scoresOf(drawn))
        const twice = [...drawn, ...drawn]
        expectNear(averagePrecision(truthOf(twice), scoresOf(twice)), once)
        expect(averagePrecision(truthOf(shuffled), scoresOf(shuffled))).toBe(once)
      }),
    )
  })

  test('a weight is how often the row is there', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const copies = repeated(drawn)
        const options = { weights: weightsOf(drawn) }
        expectNear(
          averagePrecision(truthOf(drawn), scoresOf(drawn), options),
          averagePrecision(truthOf(copies), scoresOf(copies)),
        )
      }),
    )
  })

  test('a class that is absent is an error by name', () => {
    expect(() => averagePrecision(['no', 'no'], [1, 2], { positive: 'yes' })).toThrow(
      'averagePrecision: expected rows of class "yes" and another, got "no"',
    )
  })
})

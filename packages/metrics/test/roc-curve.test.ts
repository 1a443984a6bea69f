import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { area } from '../src/area.ts'
import { rocAuc } from '../src/roc-auc.ts'
import { rocCurve } from '../src/roc-curve.ts'
import { expectNear, given, scikitLearn } from './reference.ts'
import { repeated, rows, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

describe('rocCurve', () => {
  test.each(scikitLearn.rankings)('as scikit-learn: $name', ({ truth, scores, positive, weights, roc }) => {
    const curve = rocCurve(truth, scores, { positive: given(positive), weights: given(weights) })
    expectNear(curve.falsePositiveRate, roc.falsePositiveRate)
    expectNear(curve.truePositiveRate, roc.truePositiveRate)
    expect(curve.thresholds[0]).toBe(Infinity)
    expect([...curve.thresholds.slice(1)]).toEqual(roc.thresholdsAfterTheFirst)
  })

  test('point i is what calling a score ≥ thresholds[i] positive gives', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(truthOf(drawn), scoresOf(drawn))
        const rate = (label: number, threshold: number) => {
          const all = drawn.filter((row) => row.label === label)
          return all.filter((row) => row.score >= threshold).length / all.length
        }
        expect([...falsePositiveRate]).toEqual([...thresholds].map((t) => rate(0, t)))
        expect([...truePositiveRate]).toEqual([...thresholds].map((t) => rate(1, t)))
      }),
    )
  })

  test('goes from (0, 0) to (1, 1), never back; thresholds strictly descend', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (drawn, weighted) => {
        const weights = weighted ? weightsOf(drawn) : undefined
        const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(
          truthOf(drawn),
          scoresOf(drawn),
          { weights },
        )
        const last = thresholds.length - 1
        expect([falsePositiveRate[0], truePositiveRate[0], thresholds[0]]).toEqual([0, 0, Infinity])
        expect([falsePositiveRate[last], truePositiveRate[last]]).toEqual([1, 1])
        for (let i = 1; i <= last; i++) {
          expect(falsePositiveRate[i]).toBeGreaterThanOrEqual(falsePositiveRate[i - 1])
          expect(truePositiveRate[i]).toBeGreaterThanOrEqual(truePositiveRate[i - 1])
          expect(thresholds[i]).toBeLessThan(thresholds[i - 1])
        }
      }),
    )
  })

  test('the trapezoid under it is the AUC', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const { falsePositiveRate, truePositiveRate } = rocCurve(truthOf(drawn), scoresOf(drawn))
        expectNear(area(falsePositiveRate, truePositiveRate), rocAuc(truthOf(drawn), scoresOf(drawn)))
      }),
    )
  })

  test('the order of the rows changes nothing; a weight is how often the row is there', () => {
    fc.assert(
      fc.property(shuffledRows, ([drawn, shuffled]) => {
        const weighted = rocCurve(truthOf(drawn), scoresOf(drawn), { weights: weightsOf(drawn) })
        const again = rocCurve(truthOf(shuffled), scoresOf(shuffled), { weights: weightsOf(shuffled) })
        const copies = repeated(drawn)
        expect(again).toEqual(weighted)
        expect(rocCurve(truthOf(copies), scoresOf(copies))).toEqual(weighted)
      }),
    )
  })

  test('an infinite score is a threshold of its own', () => {
    const curve = rocCurve([1, 0, 1, 0], [Infinity, Infinity, -Infinity, 3])
    expect([...curve.thresholds]).toEqual([Infinity, Infinity, 3, -Infinity])
    expect([...curve.truePositiveRate]).toEqual([0, 0.5, 0.5, 1])
    expect([...curve.falsePositiveRate]).toEqual([0, 0.5, 1, 1])
  })

  test('0 and −0 are one threshold, 0', () => {
    for (const scores of [
      [-0, 0],
      [0, -0],
      [-0, -0],
    ])
      for (const weights of [undefined, [1, 2]])
        expect([...rocCurve([1, 0], scores, { weights }).thresholds]).toEqual([Infinity, 0])
  })

  test('one class only is an error by name', () => {
    expect(() => rocCurve([1, 1], [1, 2])).toThrow('rocCurve: expected rows of two classes, got 1')
  })
})

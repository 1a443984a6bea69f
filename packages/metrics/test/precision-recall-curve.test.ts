import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { precisionRecallCurve } from '../src/precision-recall-curve.ts'
import { expectNear, given, scikitLearn } from './reference.ts'
import { repeated, rows, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

describe('precisionRecallCurve', () => {
  test.each(scikitLearn.rankings)(
    'as scikit-learn: $name',
    ({ truth, scores, positive, weights, ...peer }) => {
      const curve = precisionRecallCurve(truth, scores, {
        positive: given(positive),
        weights: given(weights),
      })
      expectNear(curve.precision, peer.precisionRecall.precision)
      expectNear(curve.recall, peer.precisionRecall.recall)
      expect([...curve.thresholds]).toEqual(peer.precisionRecall.thresholds)
    },
  )

  test('point i is what calling a score ≥ thresholds[i] positive gives', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const { precision, recall, thresholds } = precisionRecallCurve(truthOf(drawn), scoresOf(drawn))
        const positives = drawn.filter((row) => row.label === 1).length
        for (const [i, threshold] of thresholds.entries()) {
          const said = drawn.filter((row) => row.score >= threshold)
          const hits = said.filter((row) => row.label === 1).length
          expect([precision[i], recall[i]]).toEqual([hits / said.length, hits / positives])
        }
      }),
    )
  })

  test('goes from recall 1 to (recall 0, precision 1), recall never rising; thresholds strictly ascend', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (drawn, weighted) => {
        const weights = weighted ? weightsOf(drawn) : undefined
        const { precision, recall, thresholds } = precisionRecallCurve(truthOf(drawn), scoresOf(drawn), {
          weights,
        })
        const last = thresholds.length
        expect([precision.length, recall.length]).toEqual([last + 1, last + 1])
        expect([recall[0], recall[last], precision[last]]).toEqual([1, 0, 1])
        for (let i = 1; i <= last; i++) expect(recall[i]).toBeLessThanOrEqual(recall[i - 1])
        for (let i = 1; i < last; i++) expect(thresholds[i]).toBeGreaterThan(thresholds[i - 1])
        for (const p of precision) expect(p >= 0 && p <= 1).toBe(true)
      }),
    )
  })

  test('the order of the rows changes nothing; a weight is how often the row is there', () => {
    fc.assert(
      fc.property(shuffledRows, ([drawn, shuffled]) => {
        const weighted = precisionRecallCurve(truthOf(drawn), scoresOf(drawn), { weights: weightsOf(drawn) })
        const again = precisionRecallCurve(truthOf(shuffled), scoresOf(shuffled), {
          weights: weightsOf(shuffled),
        })
        const copies = repeated(drawn)
        expect(again).toEqual(weighted)
        expect(precisionRecallCurve(truthOf(copies), scoresOf(copies))).toEqual(weighted)
      }),
    )
  })

  test('one class only is an error by name', () => {
    expect(() => precisionRecallCurve([1, 1], [1, 2], { positive: 1 })).toThrow(
      'precisionRecallCurve: expected rows of class 1 and another, got 1',
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detCurve } from '../src/det-curve.ts'
import { rocCurve } from '../src/roc-curve.ts'
import { curves } from './curve-reference.ts'
import { expectNear, given } from './reference.ts'
import { rows, scoresOf, truthOf, weightsOf } from './rows.ts'

describe('detCurve', () => {
  test.each(curves.rankings)(
    'holds every point of scikit-learn: $name',
    ({ truth, scores, positive, weights, det }) => {
      const curve = detCurve(truth, scores, { positive: given(positive), weights: given(weights) })
      const at = det.thresholds.map((threshold) => curve.thresholds.indexOf(threshold))
      expectNear(
        at.map((i) => curve.falsePositiveRate[i]),
        det.falsePositiveRate,
      )
      expectNear(
        at.map((i) => curve.falseNegativeRate[i]),
        det.falseNegativeRate,
      )
    },
  )

  test('is the ROC curve upside down, thinned too; it goes from (0, 1) to (1, 0), never back', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), fc.boolean(), (drawn, thin, weighted) => {
        const options = { thin, weights: weighted ? weightsOf(drawn) : undefined }
        const det = detCurve(truthOf(drawn), scoresOf(drawn), options)
        const roc = rocCurve(truthOf(drawn), scoresOf(drawn), options)
        expect(det.thresholds).toEqual(roc.thresholds)
        expect(det.falsePositiveRate).toEqual(roc.falsePositiveRate)
        expectNear(
          det.falseNegativeRate,
          roc.truePositiveRate.map((rate) => 1 - rate),
        )
        const last = det.thresholds.length - 1
        expect([det.falsePositiveRate[0], det.falseNegativeRate[0]]).toEqual([0, 1])
        expect([det.falsePositiveRate[last], det.falseNegativeRate[last]]).toEqual([1, 0])
        for (let i = 1; i <= last; i++)
          expect(det.falseNegativeRate[i]).toBeLessThanOrEqual(det.falseNegativeRate[i - 1])
      }),
    )
  })

  test('a small rate keeps its digits', () => {
    const truth = Array.from({ length: 100_000 }, (_, i) => +(i > 0))
    const scores = truth.map((y, i) => (i === 1 ? -1 : y))
    expect(detCurve(truth, scores).falseNegativeRate[1]).toBe(1 / 99_999)
  })
})

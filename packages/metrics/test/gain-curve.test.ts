import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gainCurve } from '../src/gain-curve.ts'
import { liftCurve } from '../src/lift-curve.ts'
import { curves } from './curve-reference.ts'
import { expectNear, given } from './reference.ts'
import { rows, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

describe('gainCurve and liftCurve', () => {
  test.each(curves.rankings)(
    'as the counts of scikit-learn: $name',
    ({ truth, scores, positive, weights, ...peer }) => {
      const options = { positive: given(positive), weights: given(weights) }
      const gain = gainCurve(truth, scores, options)
      expectNear(gain.fraction, peer.gain.fraction)
      expectNear(gain.gain, peer.gain.gain)
      const lift = liftCurve(truth, scores, options)
      expectNear(lift.fraction, peer.lift.fraction)
      expectNear(lift.lift, peer.lift.lift)
      expect(lift.thresholds).toEqual(gain.thresholds.slice(1))
    },
  )

  test('point i is what calling a score ≥ thresholds[i] positive gives', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const { fraction, gain, thresholds } = gainCurve(truthOf(drawn), scoresOf(drawn))
        const positives = drawn.filter((row) => row.label === 1)
        const share = (of: typeof drawn, threshold: number) =>
          of.filter((row) => row.score >= threshold).length / of.length
        expect([...fraction]).toEqual([...thresholds].map((t) => share(drawn, t)))
        expect([...gain]).toEqual([...thresholds].map((t) => share(positives, t)))
      }),
    )
  })

  test('lift is gain over fraction, and ends at 1', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const options = { weights: weightsOf(drawn) }
        const { fraction, gain } = gainCurve(truthOf(drawn), scoresOf(drawn), options)
        const { lift } = liftCurve(truthOf(drawn), scoresOf(drawn), options)
        expectNear(
          lift,
          gain.slice(1).map((g, i) => g / fraction[i + 1]),
        )
        expect(lift[lift.length - 1]).toBe(1)
      }),
    )
  })

  test('the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(shuffledRows, ([drawn, shuffled]) => {
        expect(gainCurve(truthOf(shuffled), scoresOf(shuffled))).toEqual(
          gainCurve(truthOf(drawn), scoresOf(drawn)),
        )
        expect(liftCurve(truthOf(shuffled), scoresOf(shuffled))).toEqual(
          liftCurve(truthOf(drawn), scoresOf(drawn)),
        )
      }),
    )
  })

  test('thinned, the gain keeps its ends and its area', () => {
    const truth = [1, 1, 1, 0, 0, 0]
    const thin = gainCurve(truth, [6, 5, 4, 3, 2, 1], { thin: true })
    expect([...thin.thresholds]).toEqual([Infinity, 4, 1])
    expect([...thin.fraction]).toEqual([0, 0.5, 1])
    expect([...thin.gain]).toEqual([0, 1, 1])
  })
})

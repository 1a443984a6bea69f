import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { partialAuc } from '../src/partial-auc.ts'
import { rocAuc } from '../src/roc-auc.ts'
import { asah, curves } from './curve-reference.ts'
import { expectNear, given, proc } from './reference.ts'
import { rows, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

describe('partialAuc', () => {
  test.each(curves.rankings)('as scikit-learn: $name', ({ truth, scores, positive, weights, partial }) => {
    for (const { from, to, raw, standardized } of partial) {
      const options = { from, to, positive: given(positive), weights: given(weights) }
      expectNear(partialAuc(truth, scores, { ...options, standardized: false }), raw)
      if (standardized !== null) expectNear(partialAuc(truth, scores, options), standardized)
    }
  })

  test.each(asah.partial)(
    'as pROC: aSAH, $marker, $from to $to',
    ({ marker, from, to, raw, standardized }) => {
      const options = { from, to, positive: proc.positive }
      expectNear(partialAuc(proc.outcome, proc.scores[marker], { ...options, standardized: false }), raw)
      expectNear(partialAuc(proc.outcome, proc.scores[marker], options), standardized)
    },
  )

  test('the parts are the whole', () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (drawn, cut) => {
        const part = (from: number, to: number) =>
          partialAuc(truthOf(drawn), scoresOf(drawn), {
            from,
            to,
            standardized: false,
            weights: weightsOf(drawn),
          })
        const whole = rocAuc(truthOf(drawn), scoresOf(drawn), { weights: weightsOf(drawn) })
        expectNear(part(0, cut) + part(cut, 1), whole)
        expectNear(part(0, 1), whole)
      }),
    )
  })

  test('standardized, the whole is the AUC, chance is ½ and a perfect order 1; the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(shuffledRows, ([drawn, shuffled]) => {
        expectNear(
          partialAuc(truthOf(drawn), scoresOf(drawn), { to: 1 }),
          rocAuc(truthOf(drawn), scoresOf(drawn)),
        )
        expect(partialAuc(truthOf(shuffled), scoresOf(shuffled), { to: 0.3 })).toBe(
          partialAuc(truthOf(drawn), scoresOf(drawn), { to: 0.3 }),
        )
      }),
    )
    expectNear(partialAuc([0, 1, 0], [5, 5, 5], { from: 0.2, to: 0.7 }), 0.5)
    expectNear(partialAuc([0, 1, 0], [4, 5, 4], { from: 0.2, to: 0.7 }), 1)
  })

  test('a range that is none is an error by name', () => {
    for (const [from, to] of [
      [0, 0],
      [0.5, 0.4],
      [-0.1, 0.5],
      [0, 1.1],
      [NaN, 1],
      [0, NaN],
    ])
      expect(() => partialAuc([0, 1], [0, 1], { from, to })).toThrow(
        `partialAuc: expected 0 <= from < to <= 1, got ${from}, ${to}`,
      )
    expect(() => partialAuc([1, 1], [0, 1], { to: 0.1 })).toThrow('partialAuc: expected rows of two classes')
  })
})

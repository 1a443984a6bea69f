import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baselineLogLoss } from '../src/baseline-log-loss.ts'
import { expectNear, given, scikitLearn } from './reference.ts'

describe('baselineLogLoss', () => {
  test.each(scikitLearn.matrices)('as scikit-learn: $name', ({ truth, weights, ...peer }) => {
    expectNear(baselineLogLoss(truth, { weights: given(weights) }), peer.baselineLogLoss)
  })

  test.each(scikitLearn.vectors)('as scikit-learn: $name', ({ truth, weights, ...peer }) => {
    expectNear(baselineLogLoss(truth, { weights: given(weights) }), peer.baselineLogLoss)
  })

  test.each([10, 100, 12340])('a base rate of 10 %% gives 0.325083 at any n: %i', (n) => {
    const truth = Array.from({ length: n }, (_, i) => i % 10 === 0)
    expectNear(baselineLogLoss(truth), 0.3250829733914482)
  })

  test('of one class is 0', () => {
    expect(baselineLogLoss(['a', 'a'])).toBe(0)
  })

  test('does not depend on the order of the rows', () => {
    const labels = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10 })
    fc.assert(
      fc.property(labels, (truth) => {
        expect(baselineLogLoss(truth.toReversed())).toBe(baselineLogLoss(truth))
        expect(baselineLogLoss(truth.toSorted())).toBe(baselineLogLoss(truth))
      }),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { accuracy } from '../src/accuracy.ts'
import { expectNear, given, scikitLearn } from './reference.ts'

describe('accuracy', () => {
  test.each(scikitLearn.decisions)('as scikit-learn: $name', ({ truth, predicted, weights, ...peer }) => {
    expectNear(accuracy(truth, predicted, { weights: given(weights) }), peer.accuracy)
  })

  test('of one class is defined', () => {
    expect(accuracy(['a'], ['a'])).toBe(1)
    expect(accuracy([1, 1], [0, 0])).toBe(0)
  })

  test('is 1 exactly where all is right, whatever the weights', () => {
    expect(accuracy([1, 2, 3], [1, 2, 3], { weights: [0.1, 0.2, 0.3] })).toBe(1)
  })
})

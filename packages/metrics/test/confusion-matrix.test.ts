import { describe, expect, test } from 'vitest'
import { confusionMatrix } from '../src/confusion-matrix.ts'
import { expectNear, given, scikitLearn } from './reference.ts'

describe('confusionMatrix', () => {
  test.each(scikitLearn.decisions)(
    'as scikit-learn: $name',
    ({ truth, predicted, labels, weights, ...peer }) => {
      const { labels: order, matrix } = confusionMatrix(truth, predicted, {
        labels: given(labels),
        weights: given(weights),
      })
      expect(order).toEqual(peer.classes)
      expectNear(matrix.flat(), peer.confusion.flat())
    },
  )

  test('rows are the truth, columns what was said', () => {
    expect(confusionMatrix(['a', 'a', 'b'], ['a', 'b', 'b'])).toEqual({
      labels: ['a', 'b'],
      matrix: [
        [1, 1],
        [0, 1],
      ],
    })
  })

  test('labels are sorted by value, numerically where all look like numbers, whatever the order of the rows', () => {
    expect(confusionMatrix([10, 9, 2], [2, 10, 9]).labels).toEqual([2, 9, 10])
    expect(confusionMatrix(['10', '9', '2'], ['2', '10', '9']).labels).toEqual(['2', '9', '10'])
    expect(confusionMatrix(['b', '10', '9'], ['b', '10', '9']).labels).toEqual(['10', '9', 'b'])
    expect(confusionMatrix([true, false], [true, true]).labels).toEqual([false, true])
  })

  test('a row of weight 0 is as if it were not there', () => {
    expect(confusionMatrix(['a', 'c', 'b'], ['b', 'c', 'b'], { weights: [1, 0, 2] })).toEqual({
      labels: ['a', 'b'],
      matrix: [
        [0, 1],
        [0, 2],
      ],
    })
  })

  test('labels that were given are kept in their order, also where nobody uses them', () => {
    const given: readonly string[] = Object.freeze(['z', 'b', 'a'])
    const { labels, matrix } = confusionMatrix(['a', 'b'], ['b', 'b'], { labels: given })
    expect(labels).toEqual(['z', 'b', 'a'])
    expect(labels).not.toBe(given)
    expect(matrix).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ])
  })

  test('labels that do not fit are errors by name', () => {
    expect(() => confusionMatrix(['a', 'c'], ['a', 'b'], { labels: ['a', 'b'] })).toThrow(
      'confusionMatrix: expected labels among "a", "b", got "c"',
    )
    expect(() => confusionMatrix([1, 0], [1, 0], { labels: ['0', '1'] })).toThrow(
      'confusionMatrix: expected labels among "0", "1", got 1',
    )
    expect(() => confusionMatrix(['a'], ['a'], { labels: ['a', 'a'] })).toThrow(
      'confusionMatrix: expected distinct classes, got "a", "a"',
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accuracy } from '../src/accuracy.ts'
import { f1 } from '../src/f1.ts'
import { isUndefinedMetric } from '../src/is-undefined-metric.ts'
import { precision } from '../src/precision.ts'
import { recall } from '../src/recall.ts'
import { expectNear, given, scikitLearn } from './reference.ts'

const ratios = { precision, recall, f1 }
const names = ['precision', 'recall', 'f1'] as const
const averages = ['binary', 'macro', 'micro', 'weighted'] as const

describe.each(names)('%s', (name) => {
  const ratio = ratios[name]

  // A class that neither truth nor prediction names does not exist for these functions.
  const cases = scikitLearn.decisions.filter(({ name }) => name !== 'a label that nobody uses')
  test.each(cases)('as scikit-learn: $name', ({ truth, predicted, weights, positive, averages: peer }) => {
    for (const average of averages) {
      const expected = peer[average]?.[name]
      if (expected === undefined) continue
      const options = {
        average,
        weights: given(weights),
        positive: average === 'binary' ? given(positive) : undefined,
      }
      if (expected === null)
        expect(() => ratio(truth, predicted, options)).toThrow(/expected rows of class .* got 0$/)
      else expectNear(ratio(truth, predicted, options), expected)
    }
  })

  test('averages stay in [0, 1]; micro is the accuracy', () => {
    const labels = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
    })
    fc.assert(
      fc.property(labels, (drawn) => {
        const [truth, predicted] = [drawn.map(([is]) => is), drawn.map(([, said]) => said)]
        expect(ratio(truth, predicted, { average: 'micro' })).toBe(accuracy(truth, predicted))
        for (const average of ['macro', 'weighted'] as const) {
          try {
            const value = ratio(truth, predicted, { average })
            expect(value >= 0 && value <= 1).toBe(true)
            const back = ratio(truth.toReversed(), predicted.toReversed(), { average })
            expect(back).toBe(value)
          } catch (error) {
            if (!isUndefinedMetric(error)) throw error
          }
        }
      }),
    )
  })

  test('the positive class is the last of the two sorted ones, never guessed from the order of the rows', () => {
    const truth = ['yes', 'no', 'yes', 'no', 'yes']
    const predicted = ['yes', 'yes', 'no', 'no', 'yes']
    const value = ratio(truth, predicted)
    expect(value).toBe(ratio(truth, predicted, { positive: 'yes' }))
    expect(value).not.toBe(ratio(truth, predicted, { positive: 'no' }))
    expect(ratio(truth.toReversed(), predicted.toReversed())).toBe(value)
  })

  test('what cannot be meant is an error by name', () => {
    const three = ['a', 'b', 'c']
    expect(() => ratio(three, three)).toThrow(
      `${name}: expected the option positive, one of "a", "b", "c", got undefined`,
    )
    expect(() => ratio(three, three, { positive: 'a', average: 'macro' })).toThrow(
      `${name}: expected the option positive with average 'binary' only, got "a"`,
    )
    for (const average of ['samples', 'toString'])
      expect(() => ratio(three, three, { average: average as 'macro' })).toThrow(
        `${name}: expected average 'binary', 'macro', 'micro' or 'weighted', got "${average}"`,
      )
    const six = ['f', 'e', 'd', 'c', 'b', 'a']
    expect(() => ratio(six, six)).toThrow('one of "a", "b", "c", "d", "e", …, got undefined')
    expect(ratio(three, three, { positive: 'a' })).toBe(1)
  })
})

test('micro is one division of two sums', () => {
  const truth = ['a', ...Array<string>(48).fill('b')]
  const predicted = Array<string>(49).fill('a')
  for (const name of names) expect(ratios[name](truth, predicted, { average: 'micro' })).toBe(1 / 49)
})

test('a ratio 0/0 is an error that names the class', () => {
  const attempt = (call: () => number) => {
    try {
      return call()
    } catch (error) {
      return isUndefinedMetric(error) ? error.message : error
    }
  }
  expect(attempt(() => precision(['a', 'b'], ['a', 'a']))).toBe(
    'precision: expected rows of class "b" among the predicted, got 0',
  )
  expect(attempt(() => recall(['a', 'a'], ['a', 'b']))).toBe(
    'recall: expected rows of class "b" in truth, got 0',
  )
  expect(attempt(() => f1(['a', 'b'], ['a', 'a']))).toBe(0)
  expect(attempt(() => f1(['a', 'b'], ['a', 'a'], { positive: 'c' }))).toBe(
    'f1: expected rows of class "c" and another, got "a", "b"',
  )
  expect(attempt(() => precision(['a', 'b'], ['a', 'a'], { average: 'macro' }))).toBe(
    'precision: expected rows of class "b" among the predicted, got 0',
  )
  expect(attempt(() => recall(['a', 'a'], ['a', 'b'], { average: 'weighted' }))).toBe(0.5)
})

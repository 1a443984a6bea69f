import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, test } from 'vitest'
import { averagePrecision } from '../src/average-precision.ts'
import { multiclassAverage } from '../src/multiclass-average.ts'
import { multilabelAverage } from '../src/multilabel-average.ts'
import { partialAuc } from '../src/partial-auc.ts'
import { rocAuc } from '../src/roc-auc.ts'
import { curves } from './curve-reference.ts'
import { expectNear, given } from './reference.ts'

describe('multiclassAverage', () => {
  describe.each(curves.multiclass)(
    'as scikit-learn: $name',
    ({ truth, probabilities, weights, classes, ...peer }) => {
      const options = { weights: given(weights) }
      test.each(['macro', 'micro', 'weighted'] as const)('one against the rest, %s', (average) => {
        expectNear(
          multiclassAverage(rocAuc, truth, probabilities, { ...options, average }),
          peer.ovr[average],
        )
        expectNear(
          multiclassAverage(averagePrecision, truth, probabilities, { ...options, average }),
          peer.averagePrecision[average],
        )
      })
      test.each(['macro', 'weighted'] as const)('pairs, %s', (average) => {
        const said = { ...options, average, multiClass: 'ovo', classes } as const
        expectNear(multiclassAverage(rocAuc, truth, probabilities, said), peer.ovo[average])
      })
    },
  )

  const rows = fc.array(fc.tuple(fc.nat(2), fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(3)), { maxLength: 30 })
  const everyClass = rows.map((drawn) => [...drawn, ...[0, 1, 2].map((k) => [k, k, 1, 2, 1] as const)])
  const averages = fc.constantFrom(
    { multiClass: 'ovr', average: 'macro' } as const,
    { multiClass: 'ovr', average: 'micro' } as const,
    { multiClass: 'ovr', average: 'weighted' } as const,
    { multiClass: 'ovo', average: 'macro' } as const,
    { multiClass: 'ovo', average: 'weighted' } as const,
  )
  const averaged = (drawn: readonly (readonly number[])[], options: object) =>
    multiclassAverage(
      rocAuc,
      drawn.map(([label]) => label),
      drawn.map(([, a, b, c]) => [a, b, c]),
      options,
    )

  test('the order of the rows changes nothing; a weight is how often a row is there', () => {
    fc.assert(
      fc.property(everyClass, averages, (drawn, options) => {
        expectNear(averaged(drawn.toReversed(), options), averaged(drawn, options))
        const weights = drawn.map((row) => row[4])
        const copies = drawn.flatMap((row) => Array(row[4]).fill(row))
        expectNear(averaged(drawn, { ...options, weights }), averaged(copies, options))
      }),
    )
  })

  test('of two classes with scores that say the same, every mean but micro is the AUC', () => {
    const truth = ['no', 'yes', 'yes', 'no', 'yes']
    const p = [0.2, 0.7, 0.4, 0.5, 0.9]
    const both = p.map((x) => [1 - x, x])
    for (const multiClass of ['ovr', 'ovo'] as const)
      for (const average of ['macro', 'weighted'] as const)
        expectNear(multiclassAverage(rocAuc, truth, both, { multiClass, average }), rocAuc(truth, p))
  })

  test('takes matrices of any stride, classes in any order, and other metrics', () => {
    const truth = ['a', 'b', 'c', 'b']
    const scores = [
      [3, 1, 0],
      [1, 2, 1],
      [0, 2, 4],
      [2, 3, 1],
    ]
    const value = multiclassAverage(rocAuc, truth, scores)
    const flat = ndarray(Float64Array.from([0, 1, 2].flatMap((k) => scores.map((row) => row[k]))), [3, 4])
    expect(multiclassAverage(rocAuc, truth, flat.transpose(1, 0))).toBe(value)
    expectNear(
      multiclassAverage(
        rocAuc,
        truth,
        scores.map((row) => row.toReversed()),
        { classes: ['c', 'b', 'a'] },
      ),
      value,
    )
    const part: typeof rocAuc = (y, s, options) => partialAuc(y, s, { ...options, to: 0.5 })
    expect(multiclassAverage(part, truth, scores)).toBeLessThanOrEqual(1)
  })

  test('a class without rows: no say in a weighted mean, else an error by name', () => {
    const truth = ['a', 'b', 'a']
    const scores = [
      [2, 1, 0],
      [0, 3, 1],
      [1, 1, 5],
    ]
    const classes = ['a', 'b', 'c']
    expectNear(multiclassAverage(rocAuc, truth, scores, { classes, average: 'weighted' }), 1)
    expect(() => multiclassAverage(rocAuc, truth, scores, { classes })).toThrow(
      'rocAuc: expected rows of class "c" and another',
    )
  })

  test('what does not fit is an error by name', () => {
    const call = (scores: number[][], options: object) => () =>
      multiclassAverage(rocAuc, ['a', 'b', 'c'], scores, options)
    const good = [
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]
    expect(call(good, { multiClass: 'ovo', average: 'micro' })).toThrow(
      `multiclassAverage: expected average 'macro' or 'weighted' with ovo, got "micro"`,
    )
    expect(call(good, { multiClass: 'raise' })).toThrow(
      `multiclassAverage: expected multiClass 'ovr' or 'ovo', got "raise"`,
    )
    expect(call(good, { average: 'samples' })).toThrow(
      `expected average 'macro', 'micro' or 'weighted' with ovr`,
    )
    expect(call(good.slice(1), {})).toThrow(
      'multiclassAverage: expected scores, 3 (rows of truth) by 3 (classes), got 2',
    )
    expect(call([[1, 2], ...good.slice(1)], {})).toThrow('expected scores[0].length 3 (classes), got 2')
    expect(call([[1, 2, NaN], ...good.slice(1)], {})).toThrow('expected scores[0][2] to be a number, got NaN')
    expect(call(good, { classes: ['a', 'b'] })).toThrow('expected labels among "a", "b", got "c"')
    expect(() => multiclassAverage(rocAuc, ['a', 'a'], [[1], [2]])).toThrow('expected at least two classes')
  })
})

describe('multilabelAverage', () => {
  test.each(curves.multilabel)('as scikit-learn: $name', ({ indicators, scores, weights, ...peer }) => {
    for (const average of ['macro', 'micro', 'weighted'] as const) {
      const options = { average, weights: given(weights) }
      expectNear(multilabelAverage(rocAuc, indicators, scores, options), peer.rocAuc[average])
      expectNear(
        multilabelAverage(averagePrecision, indicators, scores, options),
        peer.averagePrecision[average],
      )
    }
  })

  test('a label without rows: no say in a weighted mean, else an error by name', () => {
    const indicators = [
      [1, 0],
      [0, 0],
    ]
    const scores = [
      [2, 1],
      [1, 2],
    ]
    expect(multilabelAverage(rocAuc, indicators, scores, { average: 'weighted' })).toBe(1)
    expect(() => multilabelAverage(rocAuc, indicators, scores)).toThrow(
      'rocAuc: expected rows of class 1 and another',
    )
    const none = [
      [0, 0],
      [0, 0],
    ]
    expect(() => multilabelAverage(rocAuc, none, scores, { average: 'weighted' })).toThrow(
      'rocAuc: expected rows of class 1 and another',
    )
  })

  test('what does not fit is an error by name', () => {
    const scores = [
      [2, 1],
      [1, 2],
    ]
    const call = (indicators: number[][], options?: object) => () =>
      multilabelAverage(rocAuc, indicators, scores, options)
    expect(call([])).toThrow('multilabelAverage: expected indicators, rows by labels, got 0')
    expect(
      call([
        [1, 0],
        [0, 2],
      ]),
    ).toThrow('multilabelAverage: expected indicators[1][1] 0 or 1, got 2')
    expect(call([[1, 0]])).toThrow('expected scores, 1 (rows of truth) by 2 (classes), got 2')
    expect(call(scores, { average: 'samples' })).toThrow("expected average 'macro', 'micro' or 'weighted'")
  })
})

import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, test } from 'vitest'
import { baselineLogLoss } from '../src/baseline-log-loss.ts'
import { logLoss } from '../src/log-loss.ts'
import { expectNear, given, scikitLearn } from './reference.ts'

describe('logLoss', () => {
  test.each(scikitLearn.vectors)(
    'as scikit-learn, of a vector: $name',
    ({ truth, probabilities, positive, weights, ...peer }) => {
      expectNear(logLoss(truth, probabilities, { positive, weights: given(weights) }), peer.logLoss)
    },
  )

  test.each(scikitLearn.matrices)(
    'as scikit-learn, of a matrix: $name',
    ({ truth, probabilities, classes, weights, ...peer }) => {
      expectNear(logLoss(truth, probabilities, { classes, weights: given(weights) }), peer.logLoss)
    },
  )

  test('the clip is the double eps on either side', () => {
    const most = -Math.log(2 ** -52)
    expect(logLoss([1, 0], [0, 1])).toBe(most)
    expect(logLoss([1, 0], [1, 0])).toBeCloseTo(2 ** -52, 30)
    expect(
      logLoss(
        ['a', 'b'],
        [
          [0, 1],
          [0, 1],
        ],
      ),
    ).toBe((most - Math.log(1 - 2 ** -52)) / 2)
    expect(logLoss([1, 0], [0.01, 0], { clip: 0.25 })).toBeCloseTo(-(Math.log(0.25) + Math.log(0.75)) / 2, 14)
  })

  test('without a clip a certain error costs infinity, and what is certain and right nothing', () => {
    expect(logLoss([1, 0], [0, 0.5], { clip: 0 })).toBe(Infinity)
    expect(logLoss([1, 0], [1, 0], { clip: 0 })).toBe(0)
    expect(logLoss([1, 0, 0], [1, 1, 0], { clip: 0, weights: [1, 0, 1] })).toBe(0)
    expect(logLoss([0, 1], [1e-20, 1], { clip: 0 })).toBe(5e-21)
    expect(
      logLoss(
        ['a', 'b'],
        [
          [1, 0],
          [0, 1],
        ],
        { clip: 0 },
      ),
    ).toBe(0)
  })

  test('a clip below the double eps holds on both sides alike', () => {
    const most = -Math.log(1e-20)
    expect(logLoss([0, 1], [1, 0], { clip: 1e-20 })).toBe(most)
    expect(
      logLoss(
        [0, 1],
        [
          [0, 1],
          [1, 0],
        ],
        { clip: 1e-20 },
      ),
    ).toBe(most)
    expect(logLoss([0, 1], [1e-30, 1], { clip: 1e-20 })).toBe(1e-20)
  })

  test.each(scikitLearn.matrices)(
    'does not change with the order of the rows, beyond rounding: $name',
    ({ truth, probabilities, classes }) => {
      const value = logLoss(truth, probabilities, { classes })
      expectNear(logLoss(truth.toReversed(), probabilities.toReversed(), { classes }), value)
    },
  )

  test('predicting the class frequencies costs the baseline', () => {
    const labels = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1 })
    fc.assert(
      fc.property(labels, (truth) => {
        const classes = [...new Set(truth)].sort()
        const row = classes.map((label) => truth.filter((y) => y === label).length / truth.length)
        expectNear(
          logLoss(
            truth,
            truth.map(() => row),
          ),
          baselineLogLoss(truth),
        )
      }),
    )
  })

  test('a vector is the last column of two', () => {
    const p = [0.2, 0.7, 0.4]
    const truth = ['no', 'yes', 'yes']
    expectNear(
      logLoss(truth, p),
      logLoss(
        truth,
        p.map((q) => [1 - q, q]),
      ),
    )
    expectNear(
      logLoss(truth, p),
      logLoss(
        truth,
        p.map((q) => 1 - q),
        { positive: 'no' },
      ),
    )
    // The classes' own order has no say in which one is positive.
    expect(logLoss(truth, p, { classes: ['yes', 'no'] })).toBe(logLoss(truth, p))
    expectNear(
      logLoss(
        truth,
        p.map((q) => [q, 1 - q]),
        { classes: ['yes', 'no'] },
      ),
      logLoss(truth, p),
    )
  })

  test('one class only is judged where the classes are given', () => {
    expect(logLoss([1, 1], [0.5, 0.5], { classes: [0, 1] })).toBe(Math.log(2))
    expect(() => logLoss([1, 1], [0.5, 0.5])).toThrow('logLoss: expected rows of two classes, got 1')
  })

  test('any stride, real ndarrays and rows of any kind give the same; nothing is changed', () => {
    const { truth, probabilities, classes, logLoss: peer } = scikitLearn.matrices[0]
    const n = truth.length
    const flat = Float64Array.from(probabilities.flat())
    const before = flat.slice()
    const row = ndarray(flat, [n, 3])
    const value = logLoss(truth, probabilities)
    expectNear(value, peer)
    expect(logLoss(truth, row)).toBe(value)
    expect(logLoss(truth, { data: flat, shape: [n, 3], stride: [3, 1], offset: 0 })).toBe(value)
    expect(
      logLoss(
        truth,
        probabilities.map((p) => Float64Array.from(p)),
      ),
    ).toBe(value)

    const columns = Float64Array.from([0, 1, 2].flatMap((k) => probabilities.map((p) => p[k])))
    expect(logLoss(truth, ndarray(columns, [3, n]).transpose(1, 0))).toBe(value)
    expect(logLoss(truth.toReversed(), row.step(-1, 1))).toBeCloseTo(value, 14)
    expect(logLoss(truth, row.step(1, -1), { classes: classes.toReversed() })).toBe(value)
    const padded = ndarray(Float64Array.from(probabilities.flatMap((p) => [9, ...p, 9])), [n, 5])
    expect(logLoss(truth, padded.lo(0, 1).hi(n, 3))).toBe(value)
    expect(flat).toEqual(before)
  })

  const two = ['a', 'b']
  test.each<[string, () => number, string]>([
    ['above 1', () => logLoss(two, [0.5, 1.5]), 'logLoss: expected probabilities[1] in [0, 1], got 1.5'],
    ['below 0', () => logLoss(two, [-0.1, 0]), 'logLoss: expected probabilities[0] in [0, 1], got -0.1'],
    ['NaN', () => logLoss(two, [0.5, NaN]), 'logLoss: expected probabilities[1] in [0, 1], got NaN'],
    [
      'NaN at weight 0',
      () => logLoss([0, 1, 1], [0.5, 1, NaN], { weights: [1, 1, 0] }),
      'logLoss: expected probabilities[2] in [0, 1], got NaN',
    ],
    [
      'NaN in a row',
      () =>
        logLoss(two, [
          [1, 0],
          [0.5, NaN],
        ]),
      'logLoss: expected probabilities[1][1] in [0, 1], got NaN',
    ],
    [
      'a row that sums to less',
      () =>
        logLoss(two, [
          [1, 0],
          [0.5, 0.4],
        ]),
      'logLoss: expected row 1 of probabilities to sum to 1, got 0.9',
    ],
    [
      'a ragged row',
      () => logLoss(two, [[1, 0], [1]]),
      'logLoss: expected probabilities[1].length 2 (one for each of the classes "a", "b"), got 1',
    ],
    [
      'a hole',
      () => logLoss(two, [[1, 0], null] as unknown as number[][]),
      'logLoss: expected probabilities[1].length 2 (one for each of the classes "a", "b"), got undefined',
    ],
    [
      'too few columns',
      () =>
        logLoss(
          ['a', 'b', 'c'],
          [
            [1, 0],
            [0, 1],
            [0, 1],
          ],
        ),
      'logLoss: expected probabilities[0].length 3 (one for each of the classes "a", "b", "c"), got 2',
    ],
    [
      'rows of a matrix',
      () => logLoss(two, { data: [1, 0], shape: [1, 2], stride: [2, 1], offset: 0 }),
      'logLoss: expected a matrix of probabilities, 2 (rows of truth) by 2 (one for each of the classes "a", "b"), got 1, 2',
    ],
    [
      'a vector as a 1-d array',
      () => logLoss(two, { data: [1, 0], shape: [2], stride: [1], offset: 0 }),
      'logLoss: expected a matrix of probabilities, 2 (rows of truth) by 2 (one for each of the classes "a", "b"), got 2',
    ],
    [
      'a matrix beyond its data',
      () => logLoss(two, { data: [1, 0], shape: [2, 2], stride: [2, 1], offset: 0 }),
      'logLoss: expected probabilities[1][0] in [0, 1], got undefined',
    ],
    ['lengths', () => logLoss(two, [0.5]), 'logLoss: expected probabilities.length 2 (rows of truth), got 1'],
    [
      'no probabilities',
      () => logLoss(two, undefined as unknown as number[]),
      'logLoss: expected probabilities.length 2 (rows of truth), got undefined',
    ],
    [
      'labels for probabilities',
      () => logLoss(two, two as unknown as number[]),
      'logLoss: expected probabilities[0] in [0, 1], got "a"',
    ],
    [
      'an unknown label',
      () => logLoss(['a', 'c'], [0.5, 0.5], { classes: two }),
      'logLoss: expected labels among "a", "b", got "c"',
    ],
    [
      'classes twice',
      () => logLoss(two, [0.5, 0.5], { classes: ['a', 'b', 'b'] }),
      'logLoss: expected distinct classes, got "a", "b", "b"',
    ],
    [
      'three classes',
      () => logLoss(['a', 'b', 'c'], [0.5, 0.5, 0.5]),
      'logLoss: expected the option positive, one of "a", "b", "c", got undefined',
    ],
    [
      'a positive class of a matrix',
      () =>
        logLoss(
          two,
          [
            [1, 0],
            [0, 1],
          ],
          { positive: 'a' },
        ),
      'logLoss: expected the option positive with a vector of probabilities only, got "a"',
    ],
    [
      'a clip of a half',
      () => logLoss(two, [0.5, 0.5], { clip: 0.5 }),
      'logLoss: expected clip in [0, 0.5), got 0.5',
    ],
    [
      'a clip below 0',
      () => logLoss(two, [0.5, 0.5], { clip: -0.1 }),
      'logLoss: expected clip in [0, 0.5), got -0.1',
    ],
    [
      'text',
      () => logLoss(two, [0.5, '0.5'] as number[]),
      'logLoss: expected probabilities[1] in [0, 1], got "0.5"',
    ],
    [
      'null in a row',
      () =>
        logLoss(two, [
          [1, 0],
          [1, null],
        ] as number[][]),
      'logLoss: expected probabilities[1][1] in [0, 1], got null',
    ],
    [
      'a matrix without strides',
      () => logLoss(two, { data: [1, 0], shape: [2, 2] } as unknown as number[][]),
      'logLoss: expected a matrix of probabilities',
    ],
    [
      'a clip of NaN',
      () => logLoss(two, [0.5, 0.5], { clip: NaN }),
      'logLoss: expected clip in [0, 0.5), got NaN',
    ],
  ])('%s: an error by name', (_, call, message) => {
    expect(call).toThrow(message)
  })

  test('rows may be off by rounding', () => {
    expect(
      logLoss(two, [
        [1 - 5e-7, 0],
        [0, 1],
      ]),
    ).toBeGreaterThan(0)
    expect(logLoss(two, [Float32Array.of(0.1, 0.9), Float32Array.of(1 / 3, 2 / 3)])).toBeGreaterThan(0)
  })
})

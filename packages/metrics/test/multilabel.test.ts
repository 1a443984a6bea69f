// Rows of several labels: against scikit-learn, and by what has to hold.
import ndarray from 'ndarray'
import { describe, expect, test } from 'vitest'
import { confusionMatrix } from '../src/confusion-matrix.ts'
import { hammingLoss } from '../src/hamming-loss.ts'
import { multilabelConfusion } from '../src/multilabel-confusion.ts'
import { multilabelScores } from '../src/multilabel-scores.ts'
import { expectNumberOrNull, judgements } from './judgements.ts'
import { expectNear, given } from './reference.ts'

describe.each(judgements.multilabel)('as scikit-learn: $name', ({ truth, predicted, ...peer }) => {
  const weights = given(peer.weights)

  test('multilabelConfusion, hammingLoss', () => {
    expectNear(multilabelConfusion(truth, predicted, { weights }).flat(2), peer.confusion.flat(2))
    expectNear(hammingLoss(truth, predicted, { weights }), peer.hammingLoss)
  })

  test.each(['macro', 'micro', 'weighted', 'samples'] as const)('multilabelScores, %s', (average) => {
    const ours = multilabelScores(truth, predicted, { average, weights })
    const theirs = peer.averages[average]
    for (const score of ['precision', 'recall', 'f1', 'jaccard'] as const)
      expectNumberOrNull(ours[score], theirs[score])
    expect(ours.reason === null).toBe(!Object.values(theirs).includes(null))
  })

  test('any form of matrix is as good, and each label is a binary problem', () => {
    const flat = (matrix: number[][]) =>
      ndarray(Uint8Array.from(matrix.flat()), [truth.length, truth[0].length])
    const confusion = multilabelConfusion(truth, predicted)
    expect(multilabelConfusion(flat(truth), flat(predicted))).toEqual(confusion)
    expect(
      multilabelConfusion(
        truth.map((row) => Uint8Array.from(row)),
        predicted,
      ),
    ).toEqual(confusion)
    for (const [k, matrix] of confusion.entries()) {
      const column = (rows: number[][]) => rows.map((row) => row[k])
      expect(confusionMatrix(column(truth), column(predicted), { labels: [0, 1] }).matrix).toEqual(matrix)
    }
  })
})

test('a ratio 0/0 is null, with its reason', () => {
  const truth = [
    [1, 0],
    [0, 0],
  ]
  expect(
    multilabelScores(
      truth,
      [
        [0, 1],
        [0, 0],
      ],
      { average: 'samples' },
    ),
  ).toEqual({
    precision: null,
    recall: null,
    f1: null,
    jaccard: null,
    reason: 'precision of row 1 is 0/0; recall of row 1 is 0/0; f1 of row 1 is 0/0; jaccard of row 1 is 0/0',
  })
  expect(
    multilabelScores(truth, [
      [0, 1],
      [0, 0],
    ]),
  ).toEqual({
    precision: null,
    recall: null,
    f1: 0,
    jaccard: 0,
    reason: 'precision of label 0 is 0/0; recall of label 1 is 0/0',
  })
  expect(multilabelScores([[0, 0]], [[0, 0]], { average: 'weighted' }).reason).toBe(
    'precision: no label is ever true; recall: no label is ever true; f1: no label is ever true; jaccard: no label is ever true',
  )
  expect(multilabelScores([[0, 0]], [[0, 0]], { average: 'micro' }).reason).toMatch(
    /^precision of all labels is 0\/0; /,
  )
})

test.each<[string, () => unknown, string]>([
  ['two', () => hammingLoss([[0, 2]], [[0, 1]]), 'hammingLoss: expected truth[0][1] 0 or 1, got 2'],
  [
    'shapes',
    () => hammingLoss([[0, 1]], [[0]]),
    'hammingLoss: expected predicted[0].length 2 (classes), got 1',
  ],
  [
    'rows',
    () => hammingLoss([[0, 1]], []),
    'hammingLoss: expected predicted, 1 (rows of truth) by 2 (classes), got 0',
  ],
  ['no rows', () => hammingLoss([], []), 'hammingLoss: expected truth, rows by labels, got 0, undefined'],
  [
    'weights',
    () => multilabelConfusion([[1]], [[1]], { weights: [NaN] }),
    'multilabelConfusion: expected weights[0] finite and >= 0, got NaN',
  ],
  [
    'weights',
    () => multilabelConfusion([[1]], [[1]], { weights: [0] }),
    'multilabelConfusion: expected weights with a sum in (0, 1e300], got 0',
  ],
  [
    'weights',
    () => multilabelScores([[1]], [[1]], { weights: [1, 1] }),
    'multilabelScores: expected weights.length 1 (rows of truth), got 2',
  ],
  [
    'average',
    () => multilabelScores([[1]], [[1]], { average: 'binary' as 'macro' }),
    "multilabelScores: expected average 'macro', 'micro', 'weighted' or 'samples', got \"binary\"",
  ],
])('%s: an error by name', (_, call, message) => {
  expect(call).toThrow(message)
})

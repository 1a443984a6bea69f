// The scores of decisions that are one number: against scikit-learn, and by what has to hold for any of them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accuracy } from '../src/accuracy.ts'
import { balancedAccuracy } from '../src/balanced-accuracy.ts'
import { cohenKappa } from '../src/cohen-kappa.ts'
import { confusionMatrix } from '../src/confusion-matrix.ts'
import { fBeta } from '../src/f-beta.ts'
import { f1 } from '../src/f1.ts'
import { isUndefinedMetric } from '../src/is-undefined-metric.ts'
import { jaccard } from '../src/jaccard.ts'
import type { Label } from '../src/label.ts'
import { matthewsCorrelation } from '../src/matthews-correlation.ts'
import { meanCost } from '../src/mean-cost.ts'
import { precision } from '../src/precision.ts'
import { recall } from '../src/recall.ts'
import { specificity } from '../src/specificity.ts'
import { youdenJ } from '../src/youden-j.ts'
import { zeroOneLoss } from '../src/zero-one-loss.ts'
import { expectPeer, judgements } from './judgements.ts'
import { expectNear, given } from './reference.ts'

describe.each(judgements.decisions)('as scikit-learn: $name', ({ truth, predicted, ...peer }) => {
  const weights = given(peer.weights)
  const positive = given(peer.positive)

  test('balancedAccuracy', () => {
    expectNear(balancedAccuracy(truth, predicted, { weights }), peer.balancedAccuracy)
    expectPeer(
      () => balancedAccuracy(truth, predicted, { weights, adjusted: true }),
      peer.balancedAccuracyAdjusted,
    )
  })

  test('matthewsCorrelation', () => {
    expectPeer(() => matthewsCorrelation(truth, predicted, { weights }), peer.matthewsCorrelation)
  })

  test.each(['none', 'linear', 'quadratic'] as const)('cohenKappa, %s', (weighting) => {
    expectPeer(() => cohenKappa(truth, predicted, { weights, weighting }), peer.cohenKappa[weighting])
  })

  test('zeroOneLoss', () => {
    expectNear(zeroOneLoss(truth, predicted, { weights }), peer.zeroOneLoss)
    expectNear(zeroOneLoss(truth, predicted, { weights, reduction: 'sum' }), peer.misses)
  })

  test.each(['true', 'pred', 'all'] as const)('confusionMatrix, normalized by %s', (normalize) => {
    const theirs = peer.normalized[normalize]
    const ours = () => confusionMatrix(truth, predicted, { weights, normalize })
    if (theirs === null) expect(ours).toThrow(expect.objectContaining({ name: 'UndefinedMetricError' }))
    else expectNear(ours().matrix.flat(), theirs.flat())
  })

  test('meanCost', () => {
    const costs = peer.classes.map((_, i) => peer.classes.map((_, j) => (i - j) ** 2 + +(i > j)))
    expectNear(meanCost(truth, predicted, costs, { weights }), peer.meanCost)
  })

  test.each(['binary', 'macro', 'micro', 'weighted'] as const)(
    'jaccard, fBeta, specificity: %s',
    (average) => {
      const theirs = peer.averages[average]
      if (!theirs) return
      const options = { average, weights, positive: average === 'binary' ? positive : undefined }
      expectNear(jaccard(truth, predicted, options), theirs.jaccard)
      expectPeer(() => specificity(truth, predicted, options), theirs.specificity)
      for (const [beta, value] of Object.entries(theirs.fBeta))
        expectPeer(() => fBeta(truth, predicted, Number(beta), options), value)
    },
  )

  test('youdenJ', () => {
    if (positive !== undefined)
      expectPeer(() => youdenJ(truth, predicted, { weights, positive }), peer.youdenJ)
  })
})

const pairs = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
  { minLength: 1, maxLength: 30 },
)
type Pair = [is: number, said: number, weight: number]
const is = (drawn: Pair[]) => drawn.map(([each]) => each)
const said = (drawn: Pair[]) => drawn.map(([, each]) => each)
const weightsOf = (drawn: Pair[]) => drawn.map(([, , each]) => each)

/** The value, or the name of the error that says there is none. */
function outcome(metric: () => number): number | string {
  try {
    return metric()
  } catch (error) {
    if (!isUndefinedMetric(error)) throw error
    return error.name
  }
}
function expectSame(one: () => number, other: () => number): void {
  const [a, b] = [outcome(one), outcome(other)]
  if (typeof a === 'string' || typeof b === 'string') expect(a).toBe(b)
  else expectNear(a, b)
}

type Options = { weights?: number[] }
type Metric = (truth: Label[], predicted: Label[], options: Options) => number
const averaged = { average: 'macro' } as const
const metrics: Record<string, [Metric, least: number]> = {
  balancedAccuracy: [balancedAccuracy, 0],
  'balancedAccuracy, adjusted': [(t, p, o) => balancedAccuracy(t, p, { adjusted: true, ...o }), -1],
  matthewsCorrelation: [matthewsCorrelation, -1],
  cohenKappa: [cohenKappa, -1],
  'cohenKappa, linear': [(t, p, o) => cohenKappa(t, p, { weighting: 'linear', ...o }), -Infinity],
  'cohenKappa, quadratic': [(t, p, o) => cohenKappa(t, p, { weighting: 'quadratic', ...o }), -1],
  zeroOneLoss: [zeroOneLoss, 0],
  jaccard: [(t, p, o) => jaccard(t, p, { ...averaged, ...o }), 0],
  specificity: [(t, p, o) => specificity(t, p, { ...averaged, ...o }), 0],
  'specificity, micro': [(t, p, o) => specificity(t, p, { average: 'micro', ...o }), 0],
  fBeta: [(t, p, o) => fBeta(t, p, 2, { ...averaged, ...o }), 0],
}

describe.each(Object.entries(metrics))('%s', (_, [metric, least]) => {
  test('is within its bounds, never NaN', () => {
    fc.assert(
      fc.property(pairs, (drawn) => {
        const value = outcome(() => metric(is(drawn), said(drawn), {}))
        expect(typeof value === 'string' || (value >= least - 1e-12 && value <= 1 + 1e-12)).toBe(true)
      }),
    )
  })

  test('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(pairs, (drawn) => {
        const other = drawn.toSorted((a, b) => a[1] - b[1] || a[0] - b[0])
        expectSame(
          () => metric(is(drawn), said(drawn), {}),
          () => metric(is(other), said(other), {}),
        )
      }),
    )
  })

  test('weights are repetitions', () => {
    fc.assert(
      fc.property(pairs, (drawn) => {
        const rows: Pair[] = [[0, 1, 1], [1, 1, 2], ...drawn]
        const repeated = rows.flatMap((row) => Array<Pair>(row[2]).fill(row))
        expectSame(
          () => metric(is(rows), said(rows), { weights: weightsOf(rows) }),
          () => metric(is(repeated), said(repeated), {}),
        )
      }),
    )
  })
})

describe.each<[string, Metric]>([
  ['matthewsCorrelation', matthewsCorrelation],
  ['cohenKappa', cohenKappa],
  ['cohenKappa, quadratic', (t, p) => cohenKappa(t, p, { weighting: 'quadratic' })],
])('%s', (name, metric) => {
  test('is symmetric', () => {
    fc.assert(
      fc.property(pairs, (drawn) => {
        expectSame(
          () => metric(is(drawn), said(drawn), {}),
          () => metric(said(drawn), is(drawn), {}),
        )
      }),
    )
  })

  if (!name.includes('quadratic'))
    test('does not mind what the classes are called', () => {
      const names = ['d', 'a', 'c', 'b']
      fc.assert(
        fc.property(pairs, (drawn) => {
          expectSame(
            () => metric(is(drawn), said(drawn), {}),
            () =>
              metric(
                is(drawn).map((k) => names[k]),
                said(drawn).map((k) => names[k]),
                {},
              ),
          )
        }),
      )
    })
})

test('what is one number under two names', () => {
  const truth = ['a', 'b', 'b', 'a', 'b', 'a', 'a']
  const predicted = ['a', 'b', 'a', 'a', 'b', 'b', 'a']
  expectNear(zeroOneLoss(truth, predicted), 1 - accuracy(truth, predicted))
  expectNear(fBeta(truth, predicted, 1), f1(truth, predicted))
  expectNear(fBeta(truth, predicted, 0), precision(truth, predicted))
  expectNear(fBeta(truth, predicted, 1e6), recall(truth, predicted))
  expectNear(specificity(truth, predicted), recall(truth, predicted, { positive: 'a' }))
  expectNear(youdenJ(truth, predicted), recall(truth, predicted) + specificity(truth, predicted) - 1)
  expectNear(youdenJ(truth, predicted), balancedAccuracy(truth, predicted, { adjusted: true }))
  expectNear(jaccard(truth, predicted), f1(truth, predicted) / (2 - f1(truth, predicted)))
  expectNear(
    meanCost(truth, predicted, [
      [0, 1],
      [1, 0],
    ]),
    zeroOneLoss(truth, predicted),
  )
})

test('the distances of κ follow the order that is given', () => {
  const truth = ['low', 'mid', 'high', 'low', 'high']
  const predicted = ['mid', 'mid', 'high', 'low', 'low']
  const ordered = { weighting: 'linear', labels: ['low', 'mid', 'high'] } as const
  const numbers = (labels: string[]) => labels.map((label) => ordered.labels.indexOf(label as 'low'))
  expectNear(
    cohenKappa(truth, predicted, ordered),
    cohenKappa(numbers(truth), numbers(predicted), { weighting: 'linear' }),
  )
  expect(cohenKappa(truth, predicted, ordered)).not.toBe(
    cohenKappa(truth, predicted, { weighting: 'linear' }),
  )
})

test('weights near the largest double', () => {
  const weights = [2e299, 1e299, 3e299, 1e299]
  const [truth, predicted] = [
    ['a', 'a', 'b', 'b'],
    ['a', 'b', 'b', 'a'],
  ]
  const small = [2, 1, 3, 1]
  expectNear(
    matthewsCorrelation(truth, predicted, { weights }),
    matthewsCorrelation(truth, predicted, { weights: small }),
  )
  expectNear(cohenKappa(truth, predicted, { weights }), cohenKappa(truth, predicted, { weights: small }))
})

test('tiny weights do not vanish', () => {
  const weights = [1, 1e-170, 1e-170]
  expectNear(matthewsCorrelation(['a', 'b', 'b'], ['a', 'b', 'b'], { weights }), 1)
})

test('MCC of one odd row among many is exact', () => {
  const n = 1_000_000
  const truth = new Uint8Array(n)
  const predicted = new Uint8Array(n)
  truth[0] = predicted[0] = 1
  expect(matthewsCorrelation(truth, predicted)).toBe(1)
  predicted[1] = 1
  // (1·(n − 2) − 1·0) / √(2 · 1 · (n − 1)(n − 2))
  expectNear(matthewsCorrelation(truth, predicted), Math.sqrt((n - 2) / (2 * (n - 1))))
})

test.each<[string, () => unknown, string]>([
  ['β', () => fBeta([0, 1], [0, 1], -1), 'fBeta: expected beta in [0, 1e6], got -1'],
  ['β', () => fBeta([0, 1], [0, 1], NaN), 'fBeta: expected beta in [0, 1e6], got NaN'],
  [
    'weighting',
    () => cohenKappa([0, 1], [0, 1], { weighting: 'cubic' as 'none' }),
    `cohenKappa: expected weighting 'none', 'linear' or 'quadratic', got "cubic"`,
  ],
  [
    'normalize',
    () => confusionMatrix([0, 1], [0, 1], { normalize: 'rows' as 'all' }),
    `confusionMatrix: expected normalize 'true', 'pred' or 'all', got "rows"`,
  ],
  [
    'a class never predicted',
    () => confusionMatrix(['a', 'b'], ['a', 'a'], { normalize: 'pred' }),
    'confusionMatrix: expected rows of class "b" to normalize, got 0',
  ],
  [
    'κ of nothing',
    () => cohenKappa(['a'], ['a']),
    'cohenKappa: expected rows of two classes in truth or predicted, got "a"',
  ],
  [
    'MCC of one class',
    () => matthewsCorrelation(['a', 'b'], ['a', 'a']),
    'matthewsCorrelation: expected two classes in both columns, got "a", "b"',
  ],
  [
    'J of one class',
    () => youdenJ(['a', 'a'], ['a', 'b']),
    'youdenJ: expected positives and negatives in truth, got 0, 2',
  ],
  [
    'specificity of all',
    () => specificity(['a', 'a'], ['a', 'a'], { average: 'micro' }),
    'specificity: expected rows of a class to be missing somewhere in truth, got 0',
  ],
  [
    'costs too few',
    () => meanCost(['a', 'b'], ['a', 'a'], [[0, 1]]),
    'meanCost: expected costs.length 2 (classes), got 1',
  ],
  [
    'a cost that is none',
    () =>
      meanCost(
        ['a', 'b'],
        ['a', 'a'],
        [
          [0, NaN],
          [1, 0],
        ],
      ),
    'meanCost: expected costs[0][1] within ±1e150, got NaN',
  ],
])('%s: an error by name', (_, call, message) => {
  expect(call).toThrow(message)
})

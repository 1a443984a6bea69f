// The threshold that is chosen is the best of all, found here by trying each.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseThreshold, type ThresholdGoal } from '../src/choose-threshold.ts'
import { decideByCost } from '../src/decide-by-cost.ts'
import { decideByThreshold } from '../src/decide-by-threshold.ts'
import { fBeta } from '../src/f-beta.ts'
import { isUndefinedMetric } from '../src/is-undefined-metric.ts'
import { meanCost } from '../src/mean-cost.ts'
import { precision } from '../src/precision.ts'
import { recall } from '../src/recall.ts'
import { specificity } from '../src/specificity.ts'
import { youdenJ } from '../src/youden-j.ts'
import { expectNear } from './reference.ts'
import { repeated, rows, scoresOf, truthOf, weightsOf } from './rows.ts'

const cost = [
  [-1, 3],
  [10, 0],
]
type Judge = (truth: number[], predicted: number[], weights: number[]) => number
const positive = 1
/** What a threshold is worth by the metrics themselves; −Infinity where it does not qualify. */
const goals: [ThresholdGoal, Judge][] = [
  [{ fBeta: 1 }, (t, p, weights) => fBeta(t, p, 1, { weights, positive })],
  [{ fBeta: 0.5 }, (t, p, weights) => fBeta(t, p, 0.5, { weights, positive })],
  [{ youden: true }, (t, p, weights) => youdenJ(t, p, { weights, positive })],
  [{ cost }, (t, p, weights) => -meanCost(t, p, cost, { weights, labels: [0, 1] })],
  [
    { recall: 0.5 },
    (t, p, weights) =>
      recall(t, p, { weights, positive }) >= 0.5 ? precision(t, p, { weights, positive }) : -Infinity,
  ],
  [
    { precision: 0.4 },
    (t, p, weights) =>
      precision(t, p, { weights, positive }) >= 0.4 ? recall(t, p, { weights, positive }) : -Infinity,
  ],
]

describe.each(goals)('%j', (goal, judge) => {
  test('is the best threshold there is, and the largest of those; the rates are those of its decisions', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const [truth, scores, weights] = [truthOf(drawn), scoresOf(drawn), weightsOf(drawn)]
        const counted = scores.filter((_, i) => weights[i])
        const candidates = [Infinity, ...new Set(counted)].sort((a, b) => b - a)
        const decisions = (threshold: number) => decideByThreshold(scores, threshold, [0, 1])
        const worth = candidates.map((threshold) => {
          try {
            return judge(truth, decisions(threshold), weights)
          } catch (error) {
            if (!isUndefinedMetric(error)) throw error
            return -Infinity
          }
        })
        const best = Math.max(...worth)
        if (best === -Infinity) {
          expect(() => chooseThreshold(truth, scores, goal, { weights })).toThrow(
            expect.objectContaining({ name: 'UndefinedMetricError' }),
          )
          return
        }
        const chosen = chooseThreshold(truth, scores, goal, { weights })
        expectNear('cost' in goal ? -chosen.value : chosen.value, best)
        // Equal up to rounding counts as equal.
        const own = worth[candidates.indexOf(chosen.threshold)]
        expectNear(own, best)
        expect(candidates.findIndex((_, c) => worth[c] >= best - 1e-12)).toBe(
          candidates.indexOf(chosen.threshold),
        )
        const predicted = decisions(chosen.threshold)
        expectNear(chosen.recall, recall(truth, predicted, { weights, positive }))
        expectNear(chosen.specificity, specificity(truth, predicted, { weights, positive }))
        if (chosen.threshold === Infinity) expect(chosen.precision).toBeNull()
        else expectNear(chosen.precision ?? NaN, precision(truth, predicted, { weights, positive }))
        const again = repeated(drawn)
        expect(chooseThreshold(truthOf(again), scoresOf(again), goal).threshold).toBe(chosen.threshold)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

test('nothing positive, where every alarm is dear', () => {
  const dear = [
    [0, 100],
    [1, 0],
  ]
  expect(chooseThreshold([0, 1, 0, 1], [0.9, 0.6, 0.4, 0.1], { cost: dear })).toEqual({
    threshold: Infinity,
    value: 0.5,
    recall: 0,
    precision: null,
    specificity: 1,
  })
})

test('labels of any kind, one of them positive', () => {
  const truth = ['no', 'yes', 'yes', 'no']
  const scores = [0.1, 0.9, 0.4, 0.3]
  expect(chooseThreshold(truth, scores, { youden: true })).toEqual({
    threshold: 0.4,
    value: 1,
    recall: 1,
    precision: 1,
    specificity: 1,
  })
  const against = scores.map((score) => -score)
  expect(chooseThreshold(truth, against, { fBeta: 1 }, { positive: 'no' }).threshold).toBe(-0.3)
})

test.each<[string, () => unknown, string]>([
  [
    'no goal',
    () => chooseThreshold([0, 1], [0, 1], {} as { recall: number }),
    'chooseThreshold: expected one goal: fBeta, cost, youden, recall or precision, got ',
  ],
  [
    'two goals',
    () => chooseThreshold([0, 1], [0, 1], { recall: 1, precision: 1 }),
    'chooseThreshold: expected one goal: fBeta, cost, youden, recall or precision, got "recall", "precision"',
  ],
  [
    'no goal at all',
    () => chooseThreshold([0, 1], [0, 1], undefined as unknown as { recall: number }),
    'chooseThreshold: expected one goal',
  ],
  [
    'β',
    () => chooseThreshold([0, 1], [0, 1], { fBeta: NaN }),
    'chooseThreshold: expected fBeta in [0, 1000000], got NaN',
  ],
  [
    'recall',
    () => chooseThreshold([0, 1], [0, 1], { recall: 1.1 }),
    'chooseThreshold: expected recall in [0, 1], got 1.1',
  ],
  [
    'a precision out of reach',
    () => chooseThreshold([0, 1, 0], [0.2, 0.2, 0.3], { precision: 0.9 }),
    'chooseThreshold: expected a threshold with precision >= 0.9, got "none"',
  ],
  [
    'costs',
    () => chooseThreshold([0, 1], [0, 1], { cost: [[0, 1]] }),
    'chooseThreshold: expected costs.length 2 (classes), got 1',
  ],
  [
    'one class',
    () => chooseThreshold([1, 1], [0, 1], { youden: true }),
    'chooseThreshold: expected rows of two classes, got 1',
  ],
  [
    'NaN',
    () => decideByThreshold([0.5, NaN], 0.5, [0, 1]),
    'decideByThreshold: expected scores[1] to be a number, got NaN',
  ],
  [
    'NaN',
    () => decideByThreshold([0.5], NaN, [0, 1]),
    'decideByThreshold: expected threshold to be a number, got NaN',
  ],
])('%s: an error by name', (_, call, message) => {
  expect(call).toThrow(message)
})

test('a score at the threshold is positive', () => {
  expect(decideByThreshold([0.5, 0.4999, 1], 0.5, ['no', 'yes'])).toEqual(['yes', 'no', 'yes'])
  expect(decideByThreshold(Float32Array.of(1, 0), Infinity, [false, true])).toEqual([false, false])
})

describe('decideByCost', () => {
  const classes = ['a', 'b', 'c']
  const share = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 3, maxLength: 3 })
  const forecasts = fc
    .array(share, { minLength: 1, maxLength: 10 })
    .map((drawn) => drawn.map((row) => [row[0] + 1, row[1], row[2]]))
    .map((drawn) => drawn.map((row) => row.map((x) => x / (row[0] + row[1] + row[2]))))

  test('with one cost for every mistake it is the likeliest class, the first of equal ones', () => {
    const same = [
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ]
    expect(decideByCost([[0.2, 0.5, 0.3]], same, classes)).toEqual(['b'])
    expect(
      decideByCost(
        [
          [0.25, 0.375, 0.375],
          [1 / 3, 1 / 3, 1 / 3],
        ],
        same,
        classes,
      ),
    ).toEqual(['b', 'a'])
  })

  test('no other decision is expected to cost less', () => {
    const costs = fc.array(fc.array(fc.integer({ min: -3, max: 9 }), { minLength: 3, maxLength: 3 }), {
      minLength: 3,
      maxLength: 3,
    })
    fc.assert(
      fc.property(forecasts, costs, (p, each) => {
        for (const [i, label] of decideByCost(p, each, classes).entries()) {
          const expected = (j: number) => p[i][0] * each[0][j] + p[i][1] * each[1][j] + p[i][2] * each[2][j]
          const least = Math.min(...[0, 1, 2].map(expected))
          expect(expected(classes.indexOf(label))).toBe(least)
          expect([0, 1, 2].findIndex((j) => expected(j) === least)).toBe(classes.indexOf(label))
        }
      }),
    )
  })

  test('of two classes it is the threshold (c01 − c00) / (c01 − c00 + c10 − c11) (Elkan)', () => {
    // (3 + 1) / (3 + 1 + 10)
    const threshold = 4 / 14
    const p = [0.28, 0.2857, 0.286, 0.9]
    const both = p.map((q) => [1 - q, q])
    expect(decideByCost(both, cost, ['no', 'yes'])).toEqual(decideByThreshold(p, threshold, ['no', 'yes']))
  })

  test.each<[string, () => unknown, string]>([
    [
      'a row',
      () => decideByCost([[0.5, 0.4]], cost, [0, 1]),
      'decideByCost: expected row 0 of probabilities to sum to 1, got 0.9',
    ],
    [
      'a probability',
      () => decideByCost([[1.5, -0.5]], cost, [0, 1]),
      'decideByCost: expected probabilities[0][0] in [0, 1], got 1.5',
    ],
    [
      'costs',
      () => decideByCost([[1, 0]], [[0, 1], [1]], [0, 1]),
      'decideByCost: expected costs[1].length 2 (classes), got 1',
    ],
    [
      'columns',
      () => decideByCost([[1, 0, 0]], cost, [0, 1]),
      'decideByCost: expected probabilities[0].length 2 (classes), got 3',
    ],
    ['no classes', () => decideByCost([[]], [], []), 'decideByCost: expected costs.length'],
  ])('%s: an error by name', (_, call, message) => {
    expect(call).toThrow(message)
  })
})

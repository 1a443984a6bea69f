import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { delong } from '../src/delong.ts'
import { delongDifference } from '../src/delong-difference.ts'
import { delongInterval } from '../src/delong-interval.ts'
import { isUndefinedMetric } from '../src/is-undefined-metric.ts'
import { rocAuc } from '../src/roc-auc.ts'
import { asah } from './curve-reference.ts'
import { expectNear, proc } from './reference.ts'

const markers = Object.keys(proc.scores)
const vectors = markers.map((marker) => proc.scores[marker])
const result = delong(proc.outcome, vectors, { positive: proc.positive })

/** Two positives and two negatives at least, and two scores of each row. */
const judged = fc
  .array(fc.tuple(fc.nat(1), fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })), {
    maxLength: 25,
  })
  .map((drawn) => [...drawn, [0, 1, 2], [1, 2, 0], [0, -1, 1], [1, 1, 1]])

describe('delong', () => {
  test('as pROC: aSAH, areas, variances and covariances', () => {
    for (const [k, marker] of markers.entries()) {
      expectNear(result.areas[k], proc.rocAuc[marker])
      expectNear(result.covariance[k][k], asah.variance[marker])
    }
    for (const { first, second, covariance } of asah.pairs) {
      const [a, b] = [markers.indexOf(first), markers.indexOf(second)]
      expectNear(result.covariance[a][b], covariance)
      expectNear(result.covariance[b][a], covariance)
    }
  })

  test.each(asah.intervals)('as pROC: aSAH, interval of $marker at z = $z', ({ marker, z, lower, upper }) => {
    const interval = delongInterval(result, z, markers.indexOf(marker))
    expectNear([interval.lower, interval.upper], [lower, upper])
  })

  test.each(asah.pairs)('as pROC: aSAH, $first against $second', ({ first, second, statistic }) => {
    const found = delongDifference(result, markers.indexOf(first), markers.indexOf(second))
    expectNear(found.statistic, statistic)
    expectNear(found.difference, proc.rocAuc[first] - proc.rocAuc[second])
    expectNear(found.difference / found.standardError, statistic)
  })

  test('is the covariance of what every row adds, counted pair by pair', () => {
    fc.assert(
      fc.property(judged, (drawn) => {
        const highs = drawn.filter(([label]) => label === 1)
        const lows = drawn.filter(([label]) => label === 0)
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
        const above = (high: number, low: number) => (1 + Math.sign(high - low)) / 2
        const ofHighs = [1, 2].map((k) => highs.map((h) => mean(lows.map((l) => above(h[k], l[k])))))
        const ofLows = [1, 2].map((k) => lows.map((l) => mean(highs.map((h) => above(h[k], l[k])))))
        const covariance = (a: number[], b: number[]) =>
          a.reduce((sum, value, i) => sum + (value - mean(a)) * (b[i] - mean(b)), 0) / (a.length - 1)
        const found = delong(
          drawn.map(([label]) => label),
          [1, 2].map((k) => drawn.map((row) => row[k])),
        )
        expectNear(found.areas, [mean(ofHighs[0]), mean(ofHighs[1])])
        for (const a of [0, 1])
          for (const b of [0, 1])
            expectNear(
              found.covariance[a][b],
              covariance(ofHighs[a], ofHighs[b]) / highs.length +
                covariance(ofLows[a], ofLows[b]) / lows.length,
            )
      }),
    )
  })

  test('the areas are the AUC to the last bit; neither changes under an increasing map or another order of the rows', () => {
    fc.assert(
      fc.property(judged, (drawn) => {
        const truth = drawn.map(([label]) => label)
        const scores = drawn.map(([, score]) => score)
        const found = delong(truth, [scores])
        expect(found.areas[0]).toBe(rocAuc(truth, scores))
        expect(delong(truth, [scores.map((s) => s ** 3 - 2)])).toEqual(found)
        const turned = delong(truth.toReversed(), [scores.toReversed()])
        expect(turned.areas).toEqual(found.areas)
        expectNear(turned.covariance[0], found.covariance[0])
        // The other class positive and the scores turned round: the same question.
        const mirrored = delong(truth, [scores.map((s) => -s)], { positive: 0 })
        expectNear(mirrored.areas, found.areas)
        expectNear(mirrored.covariance[0], found.covariance[0])
      }),
    )
  })

  test('a perfect order has no variance, and its difference from itself none', () => {
    const perfect = delong(
      [0, 0, 1, 1],
      [
        [1, 2, 3, 4],
        [1, 2, 8, 9],
        [-Infinity, 0, 1, Infinity],
      ],
    )
    expect(perfect.areas).toEqual([1, 1, 1])
    expect(perfect.covariance.flat().every((value) => value === 0)).toBe(true)
    expect(delongInterval(perfect, 1.96)).toEqual({ lower: 1, upper: 1 })
    expect(() => delongDifference(perfect)).toThrow('delongDifference: expected a difference that varies')
    const same = delong(
      [0, 1, 0, 1, 1],
      [
        [3, 1, 2, 5, 2],
        [3, 1, 2, 5, 2],
      ],
    )
    expect(() => delongDifference(same)).toThrow('delongDifference: expected a difference that varies')
  })

  test('fewer than two of a class: an error by name', () => {
    let caught: unknown
    try {
      delong([0, 1, 0], [[1, 2, 3]])
    } catch (error) {
      caught = error
    }
    expect(isUndefinedMetric(caught)).toBe(true)
    expect(String(caught)).toContain('delong: expected at least two positive and two negative rows, got 1, 2')
    expect(() => delong([1, 1], [[1, 2]])).toThrow('delong: expected rows of two classes, got 1')
  })

  test('what does not fit is an error by name', () => {
    const truth = ['a', 'b', 'a', 'b']
    expect(() => delong(truth, [])).toThrow('delong: expected scores, a list of vectors')
    expect(() => delong(truth, [1, 2, 3, 4] as unknown as number[][])).toThrow(
      'delong: expected scores[0].length 4',
    )
    expect(() =>
      delong(truth, [
        [1, 2, 3, 4],
        [1, 2, 3],
      ]),
    ).toThrow('delong: expected scores[1].length 4 (rows of truth), got 3')
    expect(() => delong(truth, [[1, 2, NaN, 4]])).toThrow(
      'delong: expected scores[0][2] to be a number, got NaN',
    )
    expect(() => delong(truth, [[1, 2, 3, 4]], { positive: 'c' })).toThrow(
      'delong: expected rows of class "c" and another, got "a", "b"',
    )
    expect(() => delongInterval(result, -1)).toThrow('delongInterval: expected z finite and >= 0, got -1')
    expect(() => delongInterval(result, NaN)).toThrow('delongInterval: expected z finite and >= 0, got NaN')
    expect(() => delongInterval(result, 1, 3)).toThrow('delongInterval: expected an index of 3 areas, got 3')
    expect(() => delongDifference(result, 0, 3)).toThrow(
      'delongDifference: expected an index of 3 areas, got 3',
    )
  })
})

// What all ranking functions share: the sort that is passed in, thinning, weights, many rows.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { area } from '../src/area.ts'
import { averagePrecision } from '../src/average-precision.ts'
import { bucketSort } from '../src/bucket-sort.ts'
import { costCurve } from '../src/cost-curve.ts'
import type { CurveOptions } from '../src/cumulative-counts.ts'
import { delong } from '../src/delong.ts'
import { detCurve } from '../src/det-curve.ts'
import { gainCurve } from '../src/gain-curve.ts'
import type { Label, Scores, Truth } from '../src/label.ts'
import { liftCurve } from '../src/lift-curve.ts'
import { partialAuc } from '../src/partial-auc.ts'
import { placeOf } from '../src/place-of.ts'
import { precisionRecallCurve } from '../src/precision-recall-curve.ts'
import { rocAuc } from '../src/roc-auc.ts'
import { rocCurve } from '../src/roc-curve.ts'
import { uniform } from '../src/xoshiro128.ts'
import { curves } from './curve-reference.ts'
import { expectNear, given } from './reference.ts'
import { rows, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

type Ranking = (truth: Truth, scores: Scores, options?: CurveOptions) => unknown

const rankings: Record<string, Ranking> = {
  rocAuc,
  averagePrecision,
  rocCurve,
  precisionRecallCurve,
  detCurve,
  gainCurve,
  liftCurve,
  costCurve,
  partialAuc: (truth, scores, options) => partialAuc(truth, scores, { ...options, to: 0.4 }),
}

describe.each(Object.entries(rankings))('%s', (name, ranking) => {
  test('sorts by the sort that is passed in, each class once, without a difference', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (drawn, weighted) => {
        const weights = weighted ? weightsOf(drawn) : undefined
        const sorted: number[] = []
        const sort = (keys: Float64Array) => {
          sorted.push(keys.length)
          bucketSort(keys)
        }
        const said = ranking(truthOf(drawn), scoresOf(drawn), { weights, sort })
        expect(said).toEqual(ranking(truthOf(drawn), scoresOf(drawn), { weights }))
        const there = drawn.filter((row) => !weighted || row.weight > 0)
        expect(sorted.length).toBe(2)
        expect(sorted[0] + sorted[1]).toBe(there.length)
      }),
    )
  })

  test('no NaN leaves, whatever the scores and weights', () => {
    const judged = fc.array(
      fc.tuple(
        fc.double({ noNaN: true }),
        fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e290, noNaN: true })),
      ),
      { minLength: 4, maxLength: 30 },
    )
    fc.assert(
      fc.property(judged, fc.boolean(), (drawn, weighted) => {
        const truth = drawn.map((_, i) => i % 2)
        const weights = weighted ? drawn.map(([, weight], i) => (i < 2 ? 1 : weight)) : undefined
        const scores = drawn.map(([score]) => score)
        const said = ranking(truth, scores, { weights, thin: true })
        const numbers =
          typeof said === 'number' ? [said] : Object.values(said as object).flatMap((c) => [...c])
        expect(numbers.some(Number.isNaN)).toBe(false)
      }),
    )
  })

  test('the order of the rows, and an increasing map of the scores, change nothing but the thresholds', () => {
    const without = (said: unknown) =>
      typeof said === 'number' ? said : { ...(said as object), thresholds: null }
    fc.assert(
      fc.property(shuffledRows, ([drawn, shuffled]) => {
        const said = ranking(truthOf(drawn), scoresOf(drawn))
        expect(ranking(truthOf(shuffled), scoresOf(shuffled))).toEqual(said)
        const mapped = scoresOf(drawn).map((score) => Math.atan(score) - 3)
        expect(without(ranking(truthOf(drawn), mapped))).toEqual(without(said))
      }),
    )
  })

  test('each row twice, or every weight doubled, changes nothing', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const twice = [...drawn, ...drawn]
        const said = ranking(truthOf(drawn), scoresOf(drawn))
        expect(ranking(truthOf(twice), scoresOf(twice))).toEqual(said)
        expect(ranking(truthOf(drawn), scoresOf(drawn), { weights: drawn.map(() => 2) })).toEqual(
          ranking(truthOf(drawn), scoresOf(drawn), { weights: drawn.map(() => 1) }),
        )
      }),
    )
  })

  test('two labels of any kind say the same as their codes', () => {
    const kinds: ((y: number) => Label)[] = [
      (y) => y === 1,
      (y) => (y ? 'yes' : 'no'),
      (y) => (y ? 'a longer name than others, made of parts: '.concat(`${y}`) : ''),
      (y) => 2 * y - 1,
      (y) => y * 1e9 + 0.5,
      (y) => (y ? 1 : -0),
    ]
    fc.assert(
      fc.property(rows, fc.constantFrom(...kinds), fc.boolean(), (drawn, kind, weighted) => {
        const options = { weights: weighted ? weightsOf(drawn) : undefined }
        const said = ranking(truthOf(drawn), scoresOf(drawn), options)
        const named = truthOf(drawn).map(kind)
        expect(ranking(named, scoresOf(drawn), { ...options, positive: kind(1) })).toEqual(said)
        expect(ranking(Uint8Array.from(truthOf(drawn)), scoresOf(drawn), options)).toEqual(said)
        expect(ranking(Float64Array.from(truthOf(drawn)), scoresOf(drawn), options)).toEqual(said)
      }),
    )
  })

  test('keeps nothing of memory that a sort lends, and takes what is in it for nothing', () => {
    let calls = 0
    const lend = <Result>(n: number, use: (keys: Float64Array) => Result): Result => {
      calls++
      const keys = new Float64Array(n + 3).fill(NaN)
      const result = use(keys)
      keys.fill(NaN)
      return result
    }
    const sort = Object.assign((keys: Float64Array) => keys.sort(), { lend })
    fc.assert(
      fc.property(rows, fc.boolean(), fc.boolean(), (drawn, weighted, thin) => {
        const options = { thin, weights: weighted ? weightsOf(drawn) : undefined }
        const said = ranking(truthOf(drawn), scoresOf(drawn), { ...options, sort })
        expect(said).toEqual(ranking(truthOf(drawn), scoresOf(drawn), options))
      }),
    )
    expect(calls).toBeGreaterThan(0)
  })

  test('a third label is found late: one class against the others', () => {
    const truth = ['a', 'b', 'a', 'b', 'b', 'c', 'a']
    const scores = [3, 1, 2, 5, 4, 4, 0]
    const merged = (positive: string) => truth.map((label) => +(label === positive))
    for (const positive of ['a', 'b', 'c'])
      expect(ranking(truth, scores, { positive })).toEqual(ranking(merged(positive), scores))
    expect(() => ranking(truth, scores)).toThrow(
      `${name}: expected the option positive, one of "a", "b", "c"`,
    )
    expect(() => ranking([0, 1, 0, NaN], [1, 2, 3, 4], { positive: 1 })).toThrow(
      `${name}: expected truth[3] like all labels`,
    )
    expect(() => ranking([1, Infinity], [1, 2], { positive: 1 })).toThrow(
      `${name}: expected truth[1] like all labels`,
    )
    expect(() => ranking([1, 0, 1], [1, 2, 3], { positive: 2 })).toThrow(
      `${name}: expected rows of class 2 and another, got 0, 1`,
    )
  })

  test('a sort may ask for a ranking itself', () => {
    const [truth, scores] = [
      [1, 0, 1, 0, 1, 0],
      [3, 1, 2, 4, 4, 5],
    ]
    const sort = (keys: Float64Array) => {
      ranking([1, 0, 0, 1], [4, 3, 2, 1])
      keys.sort()
    }
    expect(ranking(truth, scores, { sort })).toEqual(ranking(truth, scores))
  })

  test('changes no input', () => {
    const truth = Object.freeze([1, 0, 1, 0])
    const scores = Float64Array.of(3, 1, 2, 4)
    const weights = Object.freeze([1, 2, 3, 4])
    ranking(truth, scores, { weights, thin: true })
    expect(scores).toEqual(Float64Array.of(3, 1, 2, 4))
  })

  test('what does not fit is an error by its name', () => {
    expect(() => ranking([0, 1], [1, NaN])).toThrow(`${name}: expected scores[1] to be a number, got NaN`)
    expect(() => ranking([0, 1], [1])).toThrow(`${name}: expected scores.length 2 (rows of truth), got 1`)
    expect(() => ranking([1, 1], [1, 2])).toThrow(`${name}: expected rows of two classes, got 1`)
    expect(() => ranking([0, 1], [1, 2], { weights: [1, -1] })).toThrow(`${name}: expected weights[1] finite`)
    expect(() => ranking([0, NaN], [1, 2])).toThrow(`${name}: expected truth[1] like all labels`)
    expect(() => ranking([], [])).toThrow(`${name}: expected truth.length > 0, got 0`)
  })
})

describe('thin', () => {
  test.each(curves.rankings)('keeps the corners, and no more: $name', (ranking) => {
    const { truth, scores, positive, weights, corners, recallCorners, dropIntermediate } = ranking
    const options = { positive: given(positive), weights: given(weights), thin: true }
    const roc = rocCurve(truth, scores, options)
    expectNear(roc.falsePositiveRate, corners.falsePositiveRate)
    expectNear(roc.truePositiveRate, corners.truePositiveRate)
    expect([...roc.thresholds.slice(1)]).toEqual(corners.thresholdsAfterTheFirst)
    // Where no scores are tied and no row weighs more than another, scikit-learn leaves out the same, but never the highest score.
    const distinct = new Set(scores).size === scores.length
    if (distinct && weights === null)
      expect(new Set([Math.max(...scores), ...roc.thresholds.slice(1)])).toEqual(new Set(dropIntermediate))
    const pr = precisionRecallCurve(truth, scores, options)
    expect([...pr.thresholds].reverse()).toEqual(recallCorners)
  })

  test('while points are counted, or from weights of 1 afterwards: the same', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const weights = drawn.map(() => 1)
        for (const curve of [rocCurve, detCurve, gainCurve, precisionRecallCurve])
          expect(curve(truthOf(drawn), scoresOf(drawn), { thin: true })).toEqual(
            curve(truthOf(drawn), scoresOf(drawn), { thin: true, weights }),
          )
      }),
    )
  })

  test('loses no corner: the area and every kept point are those of the whole curve', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (drawn, weighted) => {
        const options = { weights: weighted ? weightsOf(drawn) : undefined }
        const whole = rocCurve(truthOf(drawn), scoresOf(drawn), options)
        const thin = rocCurve(truthOf(drawn), scoresOf(drawn), { ...options, thin: true })
        expectNear(
          area(thin.falsePositiveRate, thin.truePositiveRate),
          area(whole.falsePositiveRate, whole.truePositiveRate),
        )
        const points = (curve: typeof whole) =>
          [...curve.thresholds].map(
            (t, i) => `${t} ${curve.falsePositiveRate[i]} ${curve.truePositiveRate[i]}`,
          )
        expect(points(whole)).toEqual(expect.arrayContaining(points(thin)))
        // Each point left out lies between two kept ones that share a rate with it.
        for (const [i, threshold] of whole.thresholds.entries()) {
          if (thin.thresholds.includes(threshold)) continue
          const after = thin.thresholds.findIndex((t) => t < threshold)
          const shares = (rate: 'falsePositiveRate' | 'truePositiveRate') =>
            thin[rate][after - 1] === whole[rate][i] && whole[rate][i] === thin[rate][after]
          expect(shares('falsePositiveRate') || shares('truePositiveRate')).toBe(true)
        }
      }),
    )
  })

  test('of a precision–recall curve, what is left out has the recall of both kept neighbours', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const whole = precisionRecallCurve(truthOf(drawn), scoresOf(drawn))
        const thin = precisionRecallCurve(truthOf(drawn), scoresOf(drawn), { thin: true })
        expect([thin.precision.at(-1), thin.recall.at(-1), thin.recall[0]]).toEqual([1, 0, 1])
        for (const [i, threshold] of whole.thresholds.entries()) {
          // The last point has no threshold.
          const at = [...thin.thresholds, Infinity].findIndex((t) => t >= threshold)
          if (thin.thresholds[at] === threshold)
            expect([thin.recall[at], thin.precision[at]]).toEqual([whole.recall[i], whole.precision[i]])
          else expect([thin.recall[at - 1], thin.recall[at]]).toEqual([whole.recall[i], whole.recall[i]])
        }
      }),
    )
  })
})

describe('placeOf', () => {
  test('finds every key, ascending and descending, infinite and crowded', () => {
    const lists = fc.uniqueArray(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -9, max: 9 })), {
      minLength: 1,
      maxLength: 60,
      comparator: (a, b) => a === b,
    })
    fc.assert(
      fc.property(lists, fc.boolean(), (drawn, down) => {
        const keys = Float64Array.from(drawn).sort()
        if (down) keys.reverse()
        const place = placeOf(keys)
        for (const [i, key] of keys.entries()) expect(place(key)).toBe(i)
      }),
    )
  })

  test('no range is too wide', () => {
    for (const keys of [
      [-1.7e308, 0, 1.7e308],
      [-Infinity, 0, 5, Infinity],
      [0, 5e-324, 1e-323],
    ]) {
      const place = placeOf(Float64Array.from(keys))
      expect(keys.map(place)).toEqual([...keys.keys()])
    }
  })
})

test('300 000 rows: all of them agree with each other, with either sort', () => {
  const random = uniform(11)
  const truth = Uint8Array.from({ length: 300_000 }, () => (random() < 0.2 ? 1 : 0))
  const scores = Float64Array.from(truth, (y) => random() + random() + y / 3)
  const weights = scores.map(() => random())
  const once = rocAuc(truth, scores)
  expect(rocAuc(truth, scores, { sort: bucketSort })).toBe(once)
  expect(delong(truth, [scores], { sort: bucketSort }).areas[0]).toBe(once)
  // What was given out stays as it was when the memory of the keys serves again.
  const curve = rocCurve(truth, scores, { sort: bucketSort })
  const copy = structuredClone(curve)
  rocAuc(truth, scores.slice().reverse(), { sort: bucketSort })
  expect(curve).toEqual(copy)
  const { falsePositiveRate, truePositiveRate } = rocCurve(truth, scores, { sort: bucketSort })
  expectNear(area(falsePositiveRate, truePositiveRate), once)
  const thin = rocCurve(truth, scores, { thin: true })
  expectNear(area(thin.falsePositiveRate, thin.truePositiveRate), once)
  const weighted = rocCurve(truth, scores, { weights })
  expectNear(
    area(weighted.falsePositiveRate, weighted.truePositiveRate),
    rocAuc(truth, scores, { weights, sort: bucketSort }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calibrationCurve } from '../src/calibration-curve.ts'
import { curves } from './curve-reference.ts'
import { expectNear, given } from './reference.ts'

const forecasts = fc
  .array(fc.tuple(fc.nat(1), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3 })), {
    maxLength: 40,
  })
  .map((drawn) => [...drawn, [0, 3, 1], [1, 17, 2]].map(([y, p, w]) => ({ y, p: p / 20, w })))

describe('calibrationCurve', () => {
  test.each(curves.calibration)(
    'as scikit-learn, or its definition: $name',
    ({ name, truth, probabilities, weights, options, ...peer }) => {
      const found = calibrationCurve(truth, probabilities, { ...options, weights: given(weights) })
      for (const key of ['predicted', 'observed', 'mass', 'lower', 'upper'] as const)
        expectNear(found[key], peer[key])
    },
  )

  test('every row is in the bin that the convention says', () => {
    fc.assert(
      fc.property(
        forecasts,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('right', 'left'),
        (drawn, bins, closed) => {
          const truth = drawn.map(({ y }) => y)
          const p = drawn.map((row) => row.p)
          const found = calibrationCurve(truth, p, { bins, closed })
          for (const [b, lower] of found.lower.entries()) {
            const upper = found.upper[b]
            const inside = drawn.filter((row) =>
              closed === 'right'
                ? (row.p > lower || (lower === 0 && row.p === 0)) && row.p <= upper
                : row.p >= lower && (row.p < upper || (upper === 1 && row.p === 1)),
            )
            expect(found.mass[b]).toBe(inside.length)
            expectNear(found.observed[b], inside.filter(({ y }) => y).length / inside.length)
            expectNear(found.predicted[b], inside.reduce((sum, row) => sum + row.p, 0) / inside.length)
          }
          expect(found.mass.reduce((sum, m) => sum + m, 0)).toBe(drawn.length)
        },
      ),
    )
  })

  test('a weight is how often the row is there; the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(forecasts, fc.constantFrom('uniform', 'quantile'), (drawn, strategy) => {
        const columns = (of: typeof drawn) => [of.map(({ y }) => y), of.map(({ p }) => p)] as const
        const plain = calibrationCurve(...columns(drawn), { strategy })
        const turned = calibrationCurve(...columns(drawn.toReversed()), { strategy })
        for (const key of ['predicted', 'observed', 'mass', 'lower', 'upper'] as const)
          expectNear(turned[key], plain[key])
        const copies = drawn.flatMap((row) => Array<typeof row>(row.w).fill(row))
        const weighted = calibrationCurve(...columns(drawn), { weights: drawn.map(({ w }) => w) })
        const repeated = calibrationCurve(...columns(copies))
        for (const key of ['predicted', 'observed', 'mass', 'lower', 'upper'] as const)
          expectNear(weighted[key], repeated[key])
      }),
    )
  })

  test('quantiles that are rows are edges exactly', () => {
    const p = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    const truth = [0, 0, 1, 0, 1, 1, 1]
    const right = calibrationCurve(truth, p, { bins: 3, strategy: 'quantile' })
    expect([...right.lower, ...right.upper]).toEqual([0.1, 0.3, 0.5, 0.3, 0.5, 0.7])
    expect([...right.mass]).toEqual([3, 2, 2])
    const left = calibrationCurve(truth, p, { bins: 3, strategy: 'quantile', closed: 'left' })
    expect([...left.mass]).toEqual([2, 2, 3])
  })

  test('bins without rows are left out; equal probabilities are one bin', () => {
    const found = calibrationCurve([0, 1, 1], [0.3, 0.3, 0.3])
    expect(found.mass).toEqual(Float64Array.of(3))
    expect(calibrationCurve([0, 1, 1], [0.3, 0.3, 0.3], { strategy: 'quantile' }).mass).toEqual(
      Float64Array.of(3),
    )
  })

  test('strings, and one class alone where it is named', () => {
    const found = calibrationCurve(['b', 'a'], [0.05, 0.95], { positive: 'a', bins: 2 })
    expect([...found.observed]).toEqual([0, 1])
    expect([...calibrationCurve([1, 1], [0.2, 0.9], { positive: 1, bins: 1 }).observed]).toEqual([1])
  })

  test('what does not fit is an error by name', () => {
    const call =
      (options: object, p = [0.1, 0.9]) =>
      () =>
        calibrationCurve([0, 1], p, options)
    expect(call({}, [0.1, 1.1])).toThrow('calibrationCurve: expected probabilities[1] in [0, 1], got 1.1')
    expect(call({}, [NaN, 1])).toThrow('calibrationCurve: expected probabilities[0] in [0, 1], got NaN')
    expect(call({}, [1])).toThrow('calibrationCurve: expected probabilities.length 2 (rows of truth), got 1')
    for (const bins of [0, 1.5, NaN, -1])
      expect(call({ bins })).toThrow(`calibrationCurve: expected bins, a whole number > 0, got ${bins}`)
    expect(call({ strategy: 'kmeans' })).toThrow("expected strategy 'uniform' or 'quantile', got")
    expect(call({ closed: 'both' })).toThrow("expected closed 'right' or 'left', got")
    expect(call({ strategy: 'quantile', weights: [1, 1] })).toThrow(
      `calibrationCurve: expected weights with strategy 'uniform' only, got "quantile"`,
    )
    expect(() => calibrationCurve([0, 1, 2], [0, 0, 1])).toThrow(
      'expected the option positive, one of 0, 1, 2',
    )
    expect(() => calibrationCurve([1, 1], [0, 1])).toThrow('expected rows of two classes')
  })
})

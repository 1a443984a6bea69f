// Maps from scores to probabilities, against scikit-learn, scipy and 40 digits.
import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, it } from 'vitest'
import {
  applyPlatt,
  applyTemperature,
  fitLogistic,
  fitPlatt,
  fitTemperature,
  type PlattMap,
  type TemperatureMap,
} from '../src/index.ts'
import { json } from './tables.ts'

interface Fixture {
  platt: { truth: number[]; scores: number[]; weights: number[] | null; sklearn: number[]; exact: string[] }[]
  temperature: {
    truth: number[]
    logits: number[] | number[][]
    weights: number[]
    scipy: number
    exact: string
  }[]
}
const fixture = json<Fixture>('calibration')

describe('Platt', () => {
  it.each(fixture.platt)('$sklearn', ({ truth, scores, weights, sklearn, exact }) => {
    const map = fitPlatt(truth, scores, { weights: weights ?? undefined })
    ;[map.slope, map.intercept].forEach((v, j) => {
      expect(Math.abs(v / Number(exact[j]) - 1)).toBeLessThan(1e-12)
      // Its BFGS stops at a gradient of 1e-5.
      expect(Math.abs(v / sklearn[j] - 1)).toBeLessThan(1e-6)
    })
    const p = applyPlatt(map, scores)
    scores.forEach((f, i) => {
      expect(p[i]).toBeCloseTo(1 / (1 + Math.exp(-sklearn[0] * f - sklearn[1])), 7)
    })
    expect(applyPlatt(JSON.parse(JSON.stringify(map)) as PlattMap, scores)).toEqual(p)
  })

  it('labels of any kind; the positive class can be named, and turns the map round', () => {
    const { truth, scores } = fixture.platt[0]
    const words = truth.map((t) => (t ? 'yes' : 'no'))
    const map = fitPlatt(words, scores)
    expect(map).toEqual({ ...fitPlatt(truth, scores), positive: 'yes' })
    const other = fitPlatt(words, scores, { positive: 'no' })
    expect(other.slope).toBeCloseTo(-map.slope, 12)
    expect(applyPlatt(other, [0.3])[0]).toBeCloseTo(1 - applyPlatt(map, [0.3])[0], 12)
  })

  it('is finite where the scores separate the classes, and where they say nothing', () => {
    const apart = fitPlatt([0, 0, 1, 1], [-2, -1, 1, 2])
    expect(apart.slope).toBeGreaterThan(0)
    // At the edges the targets themselves: 1/4 and 3/4 for two rows each.
    const flat = fitPlatt([0, 0, 1, 1], [5, 5, 5, 5])
    expect(flat.slope).toBe(0)
    expect(applyPlatt(flat, [5])[0]).toBeCloseTo(0.5, 15)
    const two = fitPlatt([0, 0, 1, 1], [0, 0, 1, 1])
    expect([...applyPlatt(two, [0, 1])].map((v) => Math.round(v * 1e12) / 1e12)).toEqual([0.25, 0.75])
  })

  it('a weight is a count, and the scale of the scores does not matter', () => {
    const { truth, scores } = fixture.platt[0]
    const counts = truth.map((_, i) => i % 3)
    const repeat = <T>(of: T[]) => of.flatMap((v, i) => Array.from({ length: counts[i] }, () => v))
    const weighted = fitPlatt(truth, scores, { weights: counts })
    const repeated = fitPlatt(repeat(truth), repeat(scores))
    expect(weighted.slope).toBeCloseTo(repeated.slope, 11)
    expect(weighted.intercept).toBeCloseTo(repeated.intercept, 11)
    for (const unit of [1e-100, 1e100])
      expect(
        fitPlatt(
          truth,
          scores.map((s) => s * unit),
        ).slope * unit,
      ).toBeCloseTo(fitPlatt(truth, scores).slope, 11)
  })

  it('its gradient is 0 on any scores', () => {
    const row = fc.tuple(fc.boolean(), fc.double({ min: -50, max: 50, noNaN: true }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), (rows) => {
        const up = rows.filter(([t]) => t).length
        const down = rows.length - up
        fc.pre(up > 0 && down > 0)
        const scores = rows.map(([, s]) => s)
        fc.pre(Math.max(...scores) - Math.min(...scores) > 1e-6)
        const map = fitPlatt(
          rows.map(([t]) => t),
          scores,
        )
        const p = applyPlatt(map, scores)
        const residual = rows.map(([t], i) => p[i] - (t ? (up + 1) / (up + 2) : 1 / (down + 2)))
        const mean = scores.reduce((a, b) => a + b) / scores.length
        const sum = (of: number[]) => Math.abs(of.reduce((a, b) => a + b, 0))
        expect(sum(residual)).toBeLessThan(1e-9)
        expect(sum(residual.map((r, i) => r * (scores[i] - mean)))).toBeLessThan(1e-7)
      }),
      { numRuns: 200, seed: 20_261_121 },
    )
  })

  it('mistakes are named', () => {
    const wrong: [() => unknown, string][] = [
      [() => fitPlatt([0, 1], [1]), 'fitPlatt: expected scores.length 2, got 1'],
      [() => fitPlatt([0, 1], [1, Number.NaN]), 'fitPlatt: expected scores[1] finite, got NaN'],
      [() => fitPlatt([0, 1, 2], [1, 2, 3]), 'fitPlatt: expected two classes in truth, got 3'],
      [() => fitPlatt([1, 1], [1, 2]), 'fitPlatt: expected at least two classes'],
      [
        () => fitPlatt([0, 1], [1, 2], { positive: 2 }),
        'fitPlatt: expected positive to be one of [0,1], got 2',
      ],
      [
        () => fitPlatt([0, 1], [1, 2], { weights: [1, 0] }),
        'fitPlatt: expected weight on both classes, got 1 and 0',
      ],
      [
        () => fitPlatt([0, 1], [1, 2], { weights: [1, -1] }),
        'fitPlatt: expected weights[1] finite and ≥ 0, got -1',
      ],
      [() => fitPlatt([0, 1], [1e300, -1e300]), 'fitPlatt: expected scores whose squares are doubles'],
      [
        () => applyPlatt(fitPlatt([0, 1], [0, 1]), [Infinity]),
        'applyPlatt: expected scores[0] finite, got Infinity',
      ],
    ]
    for (const [act, message] of wrong) expect(act).toThrow(message)
  })
})

describe('temperature', () => {
  it.each(fixture.temperature)('$scipy', ({ truth, logits, weights, scipy, exact }) => {
    const map = fitTemperature(truth, logits, { weights })
    expect(Math.abs(map.temperature / Number(exact) - 1)).toBeLessThan(1e-13)
    // Golden section sees a minimum to half the digits.
    expect(Math.abs(map.temperature / scipy - 1)).toBeLessThan(1e-6)
    const back = JSON.parse(JSON.stringify(map)) as TemperatureMap
    if (typeof logits[0] === 'number') {
      const p = applyTemperature(back, logits as number[])
      expect(p[4]).toBeCloseTo(1 / (1 + Math.exp(-(logits[4] as number) / map.temperature)), 15)
    } else {
      const rows = logits as number[][]
      const K = rows[0].length
      const p = applyTemperature(back, rows)
      expect(p.shape).toEqual([rows.length, K])
      const top = (row: ArrayLike<number>) => Array.from(row).indexOf(Math.max(...Array.from(row)))
      rows.forEach((row, i) => {
        const mine = p.data.subarray(i * K, (i + 1) * K)
        expect(mine.reduce((a, b) => a + b)).toBeCloseTo(1, 14)
        expect(top(mine)).toBe(top(row))
      })
      // A view in another order of memory.
      const transposed = ndarray(
        Float64Array.from(
          { length: rows.length * K },
          (_, q) => rows[q % rows.length][Math.floor(q / rows.length)],
        ),
        [K, rows.length],
      ).transpose(1, 0)
      expect(fitTemperature(truth, transposed, { weights })).toEqual(map)
      expect(applyTemperature(map, transposed)).toEqual(p)
    }
  })

  it('one column is two with zeros before it', () => {
    const { truth, logits, weights } = fixture.temperature[0]
    const two = (logits as number[]).map((z) => [0, z])
    expect(fitTemperature(truth, two, { weights })).toEqual(fitTemperature(truth, logits, { weights }))
  })

  it('of logits that are calibrated on the same rows it is 1: maximum likelihood leaves no slope along η', () => {
    const { truth, logits } = fixture.temperature[0]
    const X = (logits as number[]).map((z) => [z])
    const model = fitLogistic(X, truth, { tolerance: 1e-13 })
    const eta = X.map(([z]) => model.coefficients[0][0] * z + model.intercepts[0])
    expect(fitTemperature(truth, eta).temperature).toBeCloseTo(1, 10)
    expect(
      fitTemperature(
        truth,
        eta.map((z) => 1e200 * z),
      ).temperature / 1e200,
    ).toBeCloseTo(1, 10)
  })

  it('columns follow the classes that are named, and a class may be missing in the rows', () => {
    const logits = [
      [2, 0, 1],
      [0, 1, 3],
      [3, 0, 0],
      [1, 0, 2],
    ]
    const classes = ['c', 'b', 'a']
    const map = fitTemperature(['c', 'c', 'c', 'a'], logits, { classes })
    expect(map.classes).toEqual(classes)
    expect(map.temperature).toBeGreaterThan(0)
    expect(() => fitTemperature(['c', 'a', 'c', 'a'], logits)).toThrow(
      'fitTemperature: expected 3 classes (columns of logits), got 2',
    )
  })

  it('mistakes, and problems without an answer, are named', () => {
    const wrong: [() => unknown, string][] = [
      [() => fitTemperature([0, 1], [1]), 'fitTemperature: expected 2 rows of logits, got 1'],
      [() => fitTemperature([0, 1], [1, Number.NaN]), 'fitTemperature: expected logits[1] finite, got NaN'],
      [
        () => fitTemperature([0, 1], [[1], [2]]),
        'fitTemperature: expected n log-odds, or logits of two columns or more, got 1 column',
      ],
      [
        () => fitTemperature([0, 2], [1, 2], { classes: [0, 1] }),
        'fitTemperature: expected labels among [0,1], got 2',
      ],
      [
        () => fitTemperature([0, 1], [-1, 1]),
        'fitTemperature: expected logits that are wrong in some row, got none',
      ],
      [
        () => fitTemperature([0, 1], [1, -1]),
        'fitTemperature: expected logits that speak for the true class on the whole',
      ],
      [
        () => fitTemperature([0, 1], [1, 2], { weights: [0, 0] }),
        'fitTemperature: expected weights with a positive sum, got 0',
      ],
      [
        () => applyTemperature({ kind: 'temperature', classes: ['a', 'b'], temperature: 2 }, [[1, 2, 3]]),
        'applyTemperature: expected 2 columns of logits, got 3',
      ],
    ]
    for (const [act, message] of wrong) expect(act).toThrow(message)
  })
})

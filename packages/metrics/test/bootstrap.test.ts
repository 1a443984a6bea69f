import { describe, expect, test } from 'vitest'
import { bootstrap, type Column } from '../src/bootstrap.ts'
import { delong } from '../src/delong.ts'
import { isUndefinedMetric } from '../src/is-undefined-metric.ts'
import { logLoss } from '../src/log-loss.ts'
import { rocAuc } from '../src/roc-auc.ts'
import { uniform, xoshiro128 } from '../src/xoshiro128.ts'
import { curves } from './curve-reference.ts'
import { expectNear, proc } from './reference.ts'

const { outcome } = proc
const { s100b } = proc.scores
const auc = (truth: readonly string[], scores: readonly number[]) =>
  rocAuc(truth, scores, { positive: 'Poor' })

describe('bootstrap', () => {
  test('draws whole rows, each column in its own kind', () => {
    const seen: Column[][] = []
    const truth = ['a', 'b', 'c', 'd']
    const scores = Float32Array.of(0, 1, 2, 3)
    const rows = [[0], [1], [2], [3]]
    const draws = [0.99, 0, 0.5, 0.26, 0, 0, 0.25, 0.999]
    bootstrap(
      (...columns: Column[]) => {
        seen.push(columns)
        return 1
      },
      [truth, scores, rows],
      { replicates: 2, random: () => draws.shift() ?? 2 },
    )
    expect(seen).toEqual([
      [truth, scores, rows],
      [['d', 'a', 'c', 'b'], Float32Array.of(3, 0, 2, 1), [[3], [0], [2], [1]]],
      [['a', 'a', 'b', 'd'], Float32Array.of(0, 0, 1, 3), [[0], [0], [1], [3]]],
    ])
    expect(draws).toEqual([])
    expect(truth).toEqual(['a', 'b', 'c', 'd'])
  })

  test('stratified, every class has as many rows as it had', () => {
    const truth = ['a', 'b', 'b', 'c', 'b', 'a']
    const found = bootstrap(
      (drawn, rows) => {
        expect(drawn.toSorted()).toEqual(truth.toSorted())
        expect(drawn).toEqual(rows.map((row) => truth[row]))
        return rows[0]
      },
      [truth, [0, 1, 2, 3, 4, 5]],
      { stratified: true, replicates: 50 },
    )
    expect(new Set(found.values)).toEqual(new Set([0, 5]))
  })

  test('the same seed gives the same, another another', () => {
    const options = { replicates: 20, stratified: true }
    const first = bootstrap(auc, [outcome, s100b], options)
    expect(bootstrap(auc, [outcome, s100b], { ...options, seed: 0 })).toEqual(first)
    expect(bootstrap(auc, [outcome, s100b], { ...options, seed: 1 }).values).not.toEqual(first.values)
    expect(first.estimate).toBe(auc(outcome, s100b))
    expect(first.values.length).toBe(20)
  })

  test('standard error and quantiles are those of numpy', () => {
    const { values, standardError, intervals } = curves.quantiles
    for (const { level, bounds } of intervals) {
      const queue = [0, ...values]
      const found = bootstrap((_: number[]) => queue.shift() as number, [[1]], {
        replicates: values.length,
        level,
      })
      expect([...found.values]).toEqual(values)
      expectNear(found.standardError as number, standardError)
      expectNear([found.lower, found.upper], bounds)
    }
  })

  test('agrees with DeLong about the AUC of aSAH', () => {
    const found = bootstrap(auc, [outcome, s100b], { replicates: 4000, stratified: true, seed: 7 })
    const { covariance } = delong(outcome, [s100b], { positive: 'Poor' })
    // The bootstrap's own error here is about 1 % of the standard error, and 1/√4000 of it for the mean.
    const ratio = (found.standardError as number) / Math.sqrt(covariance[0][0])
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05)
    expect(found.lower).toBeLessThan(found.estimate)
    expect(found.upper).toBeGreaterThan(found.estimate)
  })

  test('of a mean it is the variance divided by n', () => {
    const values = Array.from({ length: 60 }, (_, i) => Math.sin(i))
    const mean = (drawn: readonly number[]) => drawn.reduce((sum, v) => sum + v, 0) / drawn.length
    const centre = mean(values)
    const variance = mean(values.map((v) => (v - centre) ** 2)) / values.length
    const found = bootstrap(mean, [values], { replicates: 20_000, seed: 3 })
    expect(Math.abs((found.standardError as number) / Math.sqrt(variance) - 1)).toBeLessThan(0.02)
    expect(Math.abs(mean([...found.values]) - centre)).toBeLessThan(4 * Math.sqrt(variance / 20_000))
  })

  test('samples without the metric are counted and left out', () => {
    const truth = [0, 0, 0, 1]
    const found = bootstrap(rocAuc, [truth, [1, 2, 4, 3]], { replicates: 1000 })
    expect(found.values.length + found.undefinedCount).toBe(1000)
    // (3/4)⁴ of the samples have no positive, (1/4)⁴ no negative.
    const share = (81 + 1) / 256
    expect(Math.abs(found.undefinedCount / 1000 - share)).toBeLessThan(
      4 * Math.sqrt((share * (1 - share)) / 1000),
    )
    expect(bootstrap(rocAuc, [truth, [1, 2, 4, 3]], { stratified: true, replicates: 9 }).undefinedCount).toBe(
      0,
    )
  })

  test('no sample with the metric, or one only', () => {
    const call = (draws: number) => () =>
      bootstrap(
        rocAuc,
        [
          [0, 1],
          [1, 2],
        ],
        { replicates: 1, random: () => draws },
      )
    let caught: unknown
    try {
      call(0)()
    } catch (error) {
      caught = error
    }
    expect(isUndefinedMetric(caught)).toBe(true)
    expect(String(caught)).toContain('bootstrap: expected a sample that has the metric, got 1')
    const one = bootstrap((_: number[]) => 3, [[1]], { replicates: 1 })
    expect(one).toEqual({
      estimate: 3,
      standardError: null,
      lower: 3,
      upper: 3,
      values: Float64Array.of(3),
      undefinedCount: 0,
    })
  })

  test('weights and rows of probabilities are columns like others', () => {
    const p = [
      [0.9, 0.1],
      [0.2, 0.8],
      [0.6, 0.4],
      [0.5, 0.5],
    ]
    const loss = (y: readonly number[], said: readonly (readonly number[])[], weights: readonly number[]) =>
      logLoss(y, said, { weights, classes: [0, 1] })
    const found = bootstrap(loss, [[0, 1, 0, 1], p, [1, 2, 1, 3]], { replicates: 100 })
    expect(found.undefinedCount).toBe(0)
    expect(found.estimate).toBe(logLoss([0, 1, 0, 1], p, { weights: [1, 2, 1, 3] }))
  })

  test('what cannot be is an error by name', () => {
    const call =
      (
        options: object,
        columns: number[][] = [
          [0, 1],
          [1, 2],
        ],
      ) =>
      () =>
        bootstrap((...drawn: number[][]) => drawn.length, columns, options)
    expect(call({}, [[]])).toThrow('bootstrap: expected columns[0].length > 0, got 0')
    expect(call({}, [])).toThrow('bootstrap: expected columns[0].length > 0, got undefined')
    expect(call({}, [[1], [1, 2]])).toThrow('bootstrap: expected columns[1].length 1')
    for (const replicates of [0, 1.5, NaN])
      expect(call({ replicates })).toThrow(
        `bootstrap: expected replicates, a whole number > 0, got ${replicates}`,
      )
    for (const seed of [-1, 0.5, NaN, 2 ** 53])
      expect(call({ seed })).toThrow(`bootstrap: expected seed, a whole number in [0, 2⁵³), got ${seed}`)
    for (const level of [0, 1, NaN])
      expect(call({ level })).toThrow(`bootstrap: expected level in (0, 1), got ${level}`)
    expect(call({ random: () => 1 })).toThrow('bootstrap: expected random() in [0, 1), got 1')
    expect(call({ random: () => NaN })).toThrow('bootstrap: expected random() in [0, 1), got NaN')
    expect(() => bootstrap((_: number[]) => NaN, [[1]])).toThrow(
      'bootstrap: expected a metric that is finite, got NaN',
    )
    expect(() => bootstrap((y) => 1 / (y[0] - 1), [[2, 1]])).toThrow(/a metric that is finite for sample \d+/)
    expect(() => bootstrap(rocAuc, [[0, 1], [1]])).toThrow('bootstrap: expected columns[1].length 2')
    const broken = (_: number[]) => {
      throw new TypeError('mine')
    }
    expect(() => bootstrap(broken, [[1]])).toThrow('mine')
  })
})

describe('xoshiro128++', () => {
  test('as PHP 8.2 tests it: from the state 1, 2, 3, 4, after 102400 calls', () => {
    const next = xoshiro128(Uint32Array.of(1, 2, 3, 4))
    for (let i = 0; i < 102_400; i++) next()
    expect(next()).toBe(0x2c873cfa)
  })

  test('uniform: in [0, 1), of even spread, and a sequence for each seed', () => {
    for (const seed of [0, 1, 2 ** 32, 2 ** 53 - 1]) {
      const random = uniform(seed)
      const counts = new Float64Array(16)
      for (let i = 0; i < 16_000; i++) counts[Math.floor(random() * 16)]++
      // χ² with 15 degrees of freedom: beyond 50 once in 10⁵.
      expect(counts.reduce((sum, c) => sum + (c - 1000) ** 2 / 1000, 0)).toBeLessThan(50)
    }
    const firsts = [0, 1, 2, 2 ** 32, 2 ** 32 + 1].map((seed) => uniform(seed)())
    expect(new Set(firsts).size).toBe(5)
  })
})

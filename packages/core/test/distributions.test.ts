import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossEntropy } from '../src/cross-entropy.ts'
import { entropy, entropyGradient } from '../src/entropy.ts'
import { jensenShannonDivergence, jensenShannonDivergenceGradient } from '../src/jensen-shannon-divergence.ts'
import { klDivergence, klDivergenceGradient } from '../src/kl-divergence.ts'
import { expectClose } from './reference.ts'

type Result = [value: number, term: number]
type Divergence = 'crossEntropy' | 'klDivergence' | 'jensenShannonDivergence'
type Gradient = 'klDivergenceGradient' | 'jensenShannonDivergenceGradient'

/** See fixtures/distributions.py. */
const fixtures: ({ p: number[]; q: number[]; entropy: Result; entropyGradient: number[] } & Record<
  Divergence,
  Result
> &
  Record<Gradient, number[]>)[] = JSON.parse(
  readFileSync(new URL('./fixtures/distributions.json', import.meta.url), 'utf8'),
  (_, value) => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value),
)

const divergences = { crossEntropy, klDivergence, jensenShannonDivergence }
const gradients = { klDivergenceGradient, jensenShannonDivergenceGradient }
const slopes = [
  ['klDivergence', klDivergence, klDivergenceGradient],
  ['crossEntropy', crossEntropy, klDivergenceGradient],
  ['jensenShannonDivergence', jensenShannonDivergence, jensenShannonDivergenceGradient],
] as const

const scaled = (raw: number[]) => raw.map((x) => x / raw.reduce((a, b) => a + b))
const positive = (K: number) =>
  fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: K, maxLength: K }).map(scaled)
/** Two distributions on 1 to 6 outcomes, some impossible. */
const pair = fc.integer({ min: 1, max: 6 }).chain((K) => {
  const entry = fc.oneof(fc.constant(0), fc.double({ min: 1e-200, max: 1, noNaN: true }))
  const one = fc
    .array(entry, { minLength: K, maxLength: K })
    .filter((raw) => raw.some((x) => x > 1e-3))
    .map(scaled)
  return fc.tuple(one, one)
})

describe('against the reference, 4 ε of the largest term', () => {
  test('entropy and its gradient', () => {
    for (const { p, entropy: expected, entropyGradient: slope } of fixtures) {
      expectClose(entropy(p), expected[0], `entropy(${p})`, expected[1])
      entropyGradient(p).forEach((g, k) => {
        expectClose(g, slope[k], `entropyGradient(${p})[${k}]`, 1 + Math.abs(slope[k]))
      })
    }
  })

  test.each(Object.keys(divergences) as Divergence[])('%s', (name) => {
    expect(fixtures.length).toBeGreaterThan(50)
    for (const row of fixtures) {
      const [value, term] = row[name]
      expectClose(divergences[name](row.p, row.q), value, `${name}(${row.p}; ${row.q})`, term)
    }
  })

  test.each(Object.keys(gradients) as Gradient[])('%s', (name) => {
    for (const { p, q, [name]: expected } of fixtures) {
      gradients[name](p, q).forEach((g, k) => {
        expectClose(g, expected[k], `${name}(${p}; ${q})[${k}]`)
      })
    }
  })
})

describe('what they are', () => {
  test('entropy: from 0 to log K', () => {
    expect(entropy([0, 1, 0])).toBe(0)
    expect(entropy([0.25, 0.25, 0.25, 0.25])).toBe(Math.log(4))
    fc.assert(
      fc.property(pair, ([p]) => {
        expect(entropy(p)).toBeGreaterThanOrEqual(0)
        expect(entropy(p)).toBeLessThanOrEqual(Math.log(p.length) + 1e-15)
      }),
    )
  })

  test('Gibbs: KL ≥ 0, 0 for p = q; cross-entropy is entropy plus KL', () => {
    fc.assert(
      fc.property(pair, ([p, q]) => {
        expect(klDivergence(p, q)).toBeGreaterThanOrEqual(-1e-15)
        expect(klDivergence(p, p)).toBe(0)
        const sum = entropy(p) + klDivergence(p, q)
        if (sum === Infinity) expect(crossEntropy(p, q)).toBe(Infinity)
        else expect(Math.abs(crossEntropy(p, q) - sum)).toBeLessThanOrEqual(1e-14 * (1 + sum))
      }),
    )
    expect(klDivergence([0.5, 0.5], [1, 0])).toBe(Infinity)
    expect(klDivergence([1, 0], [0.5, 0.5])).toBe(Math.LN2)
    expect(crossEntropy([1, 0], [1, 0])).toBe(0)
  })

  test('Jensen–Shannon: symmetric, from 0 to log 2, never negative; ½ KL to the middle, twice; its root a metric', () => {
    fc.assert(
      fc.property(pair, ([p, q]) => {
        const js = jensenShannonDivergence(p, q)
        expect(js).toBeGreaterThanOrEqual(0)
        expect(js).toBeLessThanOrEqual(Math.LN2 + 2e-16)
        expect(jensenShannonDivergence(q, p)).toBe(js)
        expect(jensenShannonDivergence(p, p)).toBe(0)
        const m = p.map((x, k) => (x + q[k]) / 2)
        expect(Math.abs(js - (klDivergence(p, m) + klDivergence(q, m)) / 2)).toBeLessThan(1e-15)
        const far = p.map((_, k) => +(k === 0))
        const d = (a: number[], b: number[]) => Math.sqrt(jensenShannonDivergence(a, b))
        expect(d(p, q)).toBeLessThanOrEqual(d(p, far) + d(far, q) + 1e-8)
      }),
    )
    expect(jensenShannonDivergence([1, 0], [0, 1])).toBe(Math.LN2)
  })

  test.each(slopes)('the gradient of %s in q, by central differences along the simplex', (_, f, gradient) => {
    const h = 1e-6
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }).chain((K) => fc.tuple(positive(K), positive(K))),
        ([p, q]) => {
          fc.pre(Math.min(...q) > 1e-3)
          const g = gradient(p, q)
          for (let k = 1; k < q.length; k++) {
            const moved = (by: number) => q.map((x, j) => (j === 0 ? x - by : j === k ? x + by : x))
            const slope = (f(p, moved(h)) - f(p, moved(-h))) / (2 * h)
            expect(Math.abs(slope - (g[k] - g[0]))).toBeLessThan(1e-4 * (1 + Math.abs(slope)))
          }
        },
      ),
      { seed: 1 },
    )
  })

  test('the gradient of the entropy, by central differences along the simplex', () => {
    const h = 1e-6
    fc.assert(
      fc.property(positive(4), (p) => {
        const g = entropyGradient(p)
        const moved = (by: number) => [p[0] - by, p[1] + by, p[2], p[3]]
        const slope = (entropy(moved(h)) - entropy(moved(-h))) / (2 * h)
        expect(Math.abs(slope - (g[1] - g[0]))).toBeLessThan(1e-6)
      }),
      { seed: 1 },
    )
  })

  test('at impossible outcomes: the limit', () => {
    expect([...entropyGradient([1, 0])]).toEqual([-1, Infinity])
    expect([...klDivergenceGradient([1, 0, 0], [0.5, 0.5, 0])]).toEqual([-2, 0, 0])
    expect(klDivergenceGradient([0.5, 0.5], [1, 0])[1]).toBe(-Infinity)
    const js = jensenShannonDivergenceGradient([1, 0, 0], [0, 1, 0])
    expect([...js]).toEqual([-Infinity, Math.LN2 / 2, Math.LN2 / 2])
  })
})

describe('arrays', () => {
  test('nothing is mutated; the result may go where p or q was', () => {
    const [p, q] = [Float64Array.of(0.25, 0.75), Float64Array.of(0.5, 0.5)]
    for (const [, f, gradient] of slopes) {
      f(p, q)
      const expected = gradient(p, q)
      expect([...p, ...q]).toEqual([0.25, 0.75, 0.5, 0.5])
      for (const place of [0, 1]) {
        const copies = [p.slice(), q.slice()]
        expect(gradient(copies[0], copies[1], copies[place])).toBe(copies[place])
        expect(copies[place]).toEqual(expected)
      }
    }
    const expected = entropyGradient(p)
    expect(entropyGradient(p, p)).toBe(p)
    expect(p).toEqual(expected)
  })

  test('what is no distribution is refused, by name', () => {
    for (const f of [
      klDivergence,
      crossEntropy,
      jensenShannonDivergence,
      klDivergenceGradient,
      jensenShannonDivergenceGradient,
    ]) {
      expect(() => f([1], [0.5, 0.5])).toThrow(RangeError(`${f.name}: expected q.length 1, got 2`))
      expect(() => f([1, 0], [1.5, -0.5])).toThrow(RangeError(`${f.name}: expected q[1] >= 0, got -0.5`))
    }
    for (const f of [entropy, entropyGradient]) {
      expect(() => f([0.5, NaN])).toThrow(RangeError(`${f.name}: expected p[1] >= 0, got NaN`))
      expect(() => f([0.5, 0.4])).toThrow(RangeError(`${f.name}: expected p to sum to 1, got 0.9`))
      expect(() => f([])).toThrow(RangeError(`${f.name}: expected p to sum to 1, got 0`))
      expect(() => f([Infinity])).toThrow(RangeError(`${f.name}: expected p to sum to 1, got Infinity`))
    }
    // What single precision leaves of a distribution is one.
    expect(entropy(Float32Array.of(0.1, 0.2, 0.7))).toBeCloseTo(0.8018185525433372, 6)
    expect(() => entropyGradient([1], new Float64Array(2))).toThrow(RangeError)
    expect(() => klDivergenceGradient([1], [1], new Float64Array(2))).toThrow(RangeError)
    expect(() => jensenShannonDivergenceGradient([1], [1], new Float64Array(2))).toThrow(RangeError)
  })
})

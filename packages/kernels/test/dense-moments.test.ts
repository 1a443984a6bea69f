// Moments and fingerprints of dense designs: against sums that carry their rounding errors along, and against linear's; whatever the weights, scales,
// shapes, kinds of numbers and threads.
import { dense as plainDense } from '@logodds/linear'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { engage } from '../src/crew.ts'
import { dense, matrix, threads } from '../src/index.ts'
import { wrongMoments } from './moments.ts'
import { numbers, uniform } from './random.ts'

afterAll(() => {
  threads(1)
})

const of = (data: Float64Array | Float32Array, n: number, p: number) => ({
  data,
  shape: [n, p],
  stride: [p, 1],
  offset: 0,
})

/** Σ with the errors of all additions carried along: Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen (1974). */
function exactSum(terms: Iterable<number>): number {
  let sum = 0
  let lost = 0
  for (const term of terms) {
    const next = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  return sum + lost
}

/** Two passes about the first number that has weight. */
function exactMoments(x: Float64Array, n: number, p: number, weights: Float64Array) {
  const rows = Array.from({ length: n }, (_, i) => i)
  const mass = exactSum(weights)
  const pivot = weights.findIndex(Boolean)
  const mean = new Float64Array(p)
  const deviation = new Float64Array(p)
  for (let j = 0; j < p; j++) {
    const first = x[pivot * p + j]
    const rough = exactSum(rows.map((i) => weights[i] * (x[i * p + j] - first))) / mass
    const away = rows.map((i) => x[i * p + j] - first - rough)
    const left = exactSum(away.map((d, i) => weights[i] * d)) / mass
    const squares = exactSum(away.map((d, i) => weights[i] * d * d)) / mass
    mean[j] = first + (rough + left)
    deviation[j] = Math.sqrt(Math.max(0, squares - left * left))
  }
  return { mean, deviation }
}

const WEIGHTS: Record<string, (n: number, random: () => number) => Float64Array> = {
  even: (n) => new Float64Array(n).fill(1 / n),
  'some 0': (n, random) => numbers(n, random).map((v, i) => (i % 3 ? Math.abs(v) / n : 0)),
  'from 1e-6 to 1': (n, random) => numbers(n, random).map((v) => 10 ** (-3 + 3 * v)),
  // Blocks that weigh as much as all before them.
  rising: (n) => Float64Array.from({ length: n }, (_, i) => 2 ** (i / 4 - n / 4)),
}

describe.each([1, 3, 7, 17, 129])('%i columns', (p) => {
  it.each(Object.keys(WEIGHTS))('moments are right; weights: %s', (kind) => {
    for (const n of [1, 7, 8, 9, 16, 17, 64, 333]) {
      const random = uniform(n * p)
      const x = numbers(n * p, random)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < p; j++) {
          // Far from 0, large, small; far out in the first row, which may weigh next to nothing; constant; constant where there is weight.
          const at = i * p + j
          if (j % 8 === 1) x[at] += 1e6
          if (j % 8 === 2) x[at] *= 1e140
          if (j % 8 === 3) x[at] *= 1e-130
          if (j % 8 === 4 && i === 0) x[at] = 1e9
          if (j % 8 === 5) x[at] = 0.1
          if (j % 8 === 6) x[at] = i % 3 ? 0.3 : x[at]
        }
      const weights = WEIGHTS[kind](n, random)
      if (!weights.some(Boolean)) weights.fill(1)
      const { mean, deviation } = exactMoments(x, n, p, weights)
      const ours = dense(of(x, n, p)).moments(weights)
      for (let j = 0; j < p; j++) {
        const isConstant = j % 8 === 5 || (j % 8 === 6 && kind === 'some 0')
        if (isConstant) expect(ours.deviation[j]).toBe(0)
        // A number far out that weighs nearly nothing is where updates begin.
        if (isConstant || (j % 8 === 4 && kind === 'from 1e-6 to 1')) continue
        // The condition number: Chan, Golub & LeVeque (1983), §2.
        const size = Math.max(...x.filter((_, q) => q % p === j).map(Math.abs))
        const condition = deviation[j] && Math.hypot(1, size / deviation[j])
        expect(Math.abs(ours.mean[j] - mean[j])).toBeLessThanOrEqual(4e-15 * size)
        expect(Math.abs(ours.deviation[j] - deviation[j])).toBeLessThanOrEqual(
          (1e-12 + 20 * Number.EPSILON * condition) * deviation[j],
        )
      }
      expect(wrongMoments(ours, plainDense(of(x, n, p)).moments(weights))).toEqual([])
    }
  })

  it('are the same for any number of threads, in pieces, and for numbers of single precision that are doubles too', () => {
    const n = Math.ceil(300_000 / p) + 3
    const random = uniform(p)
    const single = Float32Array.from(numbers(n * p, random))
    const x = Float64Array.from(single)
    const weights = numbers(n, random).map((v, i) => (i % 64 ? Math.abs(v) : 0))
    threads(1)
    const expected = dense(of(x, n, p)).moments(weights)
    expect(wrongMoments(expected, plainDense(of(x, n, p)).moments(weights))).toEqual([])
    for (const X of [of(x, n, p), of(single, n, p)]) {
      expect(dense(X, { stream: true }).moments(weights)).toEqual(expected)
      for (const count of [1, 2, 3]) {
        threads(count)
        const design = dense(X)
        engage()
        expect(design.moments(weights)).toEqual(expected)
      }
      threads(1)
    }
  }, 20_000)
})

it('squares that leave the doubles are no deviation', () => {
  for (const scale of [1e-145, 1e-160, 1e-300, 5e-324, 1e160, 1e300]) {
    const data = Float64Array.from({ length: 80 }, (_, q) => (q % 2 ? 1 : scale * (1 + ((q / 2) % 3))))
    const design = dense(of(data, 40, 2))
    for (const weights of [
      new Float64Array(40).fill(1 / 40),
      Float64Array.from({ length: 40 }, (_, i) => (i + 1) / 820),
    ]) {
      const { mean, deviation } = design.moments(weights)
      expect(deviation[0] < Number.POSITIVE_INFINITY).toBe(false)
      expect([mean[1], deviation[1]]).toEqual([1, 0])
    }
  }
})

describe('a fingerprint', () => {
  const hashOf = (x: Float64Array, n: number, p: number) => {
    const weights = new Float64Array(n).fill(1 / n)
    const { hash } = dense(of(x, n, p)).moments(weights)
    expect(plainDense(of(x, n, p)).moments(weights).hash).toBe(hash)
    return hash
  }

  it('is one of the numbers and their order, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(
          fc.oneof(fc.constantFrom(0, -0, 1, 2, -1), fc.double({ noNaN: true, noDefaultInfinity: true })),
          {
            minLength: 2,
            maxLength: 200,
          },
        ),
        fc.nat(),
        fc.nat(),
        (p, given, a, b) => {
          const n = Math.max(1, Math.floor(given.length / p))
          const x = Float64Array.from({ length: n * p }, (_, q) => given[q % given.length])
          const hash = hashOf(x, n, p)
          expect(
            dense(of(x, n, p)).moments(Float64Array.from({ length: n }, (_, i) => +(i === 0))).hash,
          ).toBe(hash)
          const other = x.slice()
          const [i, j] = [a % x.length, b % x.length]
          other[i] = x[j]
          other[j] = x[i]
          expect(hashOf(other, n, p) === hash).toBe(Object.is(x[i], x[j]))
          other.set(x)
          other[i] = Object.is(x[i], 2) ? -0 : 2
          expect(hashOf(other, n, p)).not.toBe(hash)
        },
      ),
      { seed: 3, numRuns: 300 },
    )
  })

  it('changes when numbers of few bits change places, near and far', () => {
    const n = 1100
    const x = Float64Array.from({ length: n }, (_, i) => [0, 2, 1, -0][(i * i) % 4])
    for (const [a, b] of [
      [0, 2],
      [1, 0],
      [0, -0],
      [2 ** -1022, 0],
      [2 ** 512, 2 ** -512],
    ])
      for (let away = 1; away < n; away += away < 40 ? 1 : 97)
        for (const from of [0, 3, 8]) {
          if (from + away >= n) continue
          x[from] = a
          x[from + away] = b
          const hash = hashOf(x, n, 1)
          x[from] = b
          x[from + away] = a
          expect(hashOf(x, n, 1)).not.toBe(hash)
        }
  })

  it('tells rows of zeros', () => {
    const hashes = Array.from({ length: 30 }, (_, n) => hashOf(new Float64Array(n + 1), n + 1, 1))
    expect(new Set(hashes).size).toBe(30)
  })
})

it('wide rows leave memory behind them alone', () => {
  const p = 20_001
  const own = matrix(24, p)
  own.data.set(numbers(24 * p, uniform(2)))
  const weights = new Float64Array(24).fill(1 / 24)
  expect(wrongMoments(dense(own).moments(weights), plainDense(own).moments(weights))).toEqual([])
})

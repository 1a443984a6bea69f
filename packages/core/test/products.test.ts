// Products with the Jacobians of softmax, logSoftmax and sparsemax.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { categoricalCrossEntropy } from '../src/categorical-cross-entropy.ts'
import { logSoftmax } from '../src/log-softmax.ts'
import { logSoftmaxJvp, logSoftmaxVjp } from '../src/log-softmax-products.ts'
import { softmax } from '../src/softmax.ts'
import { softmaxJvp, softmaxVjp } from '../src/softmax-products.ts'
import { sparsemax } from '../src/sparsemax.ts'
import { sparsemaxJvp, sparsemaxVjp } from '../src/sparsemax-products.ts'
import { activations } from './activation-reference.ts'
import { expectClose } from './reference.ts'

const all = [
  { name: 'softmaxJvp', product: softmaxJvp, shares: softmax, key: 'softmax' },
  { name: 'softmaxVjp', product: softmaxVjp, shares: softmax, key: 'softmax' },
  { name: 'logSoftmaxJvp', product: logSoftmaxJvp, shares: softmax, key: 'logSoftmaxJvp' },
  { name: 'logSoftmaxVjp', product: logSoftmaxVjp, shares: softmax, key: 'logSoftmaxVjp' },
  { name: 'sparsemaxJvp', product: sparsemaxJvp, shares: sparsemax, key: 'sparsemax' },
  { name: 'sparsemaxVjp', product: sparsemaxVjp, shares: sparsemax, key: 'sparsemax' },
] as const

describe.each(all)('$name', ({ name, product, shares, key }) => {
  test('the reference, from z on: every entry within 4 ε of the largest term', () => {
    let compared = 0
    for (const { z, products } of activations.vectors) {
      for (const { v, [key]: expected } of products) {
        if (expected === undefined) continue
        const found = product(shares(z), v)
        // A subnormal p has been rounded by half a step, which v multiplies; and each of the K terms may be rounded by one.
        const steps = 2 + z.length + 2 * Math.max(...v.map(Math.abs))
        expected.forEach(([value, scale], k) => {
          expectClose(found[k], value, `of (${z}) and (${v}), entry ${k}`, scale, steps)
        })
        compared++
      }
    }
    expect(compared).toBeGreaterThan(250)
  })

  test('into a new array, another, p or v; nothing else is written', () => {
    const p = shares([0.2, 0.7, -0.4])
    const v = Float64Array.of(1, -2, 0.5)
    const before = [p.slice(), v.slice()]
    const fresh = product(p, v)
    expect([p, v]).toEqual(before)
    const out = new Float64Array(3)
    expect(product(p, v, out)).toBe(out)
    expect(out).toEqual(fresh)
    const [p2, v2] = [p.slice(), v.slice()]
    expect(product(p2, v, p2)).toBe(p2)
    expect(p2).toEqual(fresh)
    expect(product(p, v2, v2)).toBe(v2)
    expect(v2).toEqual(fresh)
  })

  test('refuses other lengths; a NaN stays one', () => {
    expect(() => product([0.5, 0.5], [1])).toThrow(
      new RangeError(`${name}: expected v.length 2 (length of p), got 1`),
    )
    expect(() => product([0.5, 0.5], [1, 2], new Float64Array(3))).toThrow(
      new RangeError(`${name}: expected out.length 2 (length of p), got 3`),
    )
    expect([...product(shares([NaN, 1]), [1, 2])]).toEqual([NaN, NaN])
  })
})

const size = fc.integer({ min: 1, max: 6 })
const numbers = (K: number, max: number) =>
  fc.array(fc.double({ min: -max, max, noNaN: true }), { minLength: K, maxLength: K })
const cases = size.chain((K) => fc.tuple(numbers(K, 5), numbers(K, 2), numbers(K, 2)))
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((s, x, k) => s + x * b[k], 0)

describe.each([
  { name: 'softmax', f: softmax, shares: softmax, jvp: softmaxJvp, vjp: softmaxVjp },
  { name: 'logSoftmax', f: logSoftmax, shares: softmax, jvp: logSoftmaxJvp, vjp: logSoftmaxVjp },
  { name: 'sparsemax', f: sparsemax, shares: sparsemax, jvp: sparsemaxJvp, vjp: sparsemaxVjp },
])('$name', ({ name, f, shares, jvp, vjp }) => {
  test('Jv is its derivative along v, by central differences', () => {
    const h = 1e-5
    const move = (z: number[], v: number[], t: number) => f(z.map((x, k) => x + t * v[k]))
    fc.assert(
      fc.property(cases, ([z, v]) => {
        const [plus, minus] = [move(z, v, h), move(z, v, -h)]
        // Between two kinks sparsemax is affine: the same classes have a share on both sides.
        if (name === 'sparsemax') fc.pre(plus.every((x, k) => x > 0 === minus[k] > 0))
        const product = jvp(shares(z), v)
        for (let k = 0; k < z.length; k++) {
          expect(Math.abs((plus[k] - minus[k]) / (2 * h) - product[k])).toBeLessThan(1e-8)
        }
      }),
    )
  })

  test('uᵀ(Jv) = (uᵀJ)v', () => {
    fc.assert(
      fc.property(cases, ([z, v, u]) => {
        const p = shares(z)
        expect(Math.abs(dot(u, jvp(p, v)) - dot(vjp(p, u), v))).toBeLessThan(1e-13)
      }),
    )
  })
})

test('a confident row keeps its digits: 1 − p is the sum of the others', () => {
  const p = softmax([40, 0, 0])
  const rest = p[1] + p[2]
  expectClose(softmaxVjp(p, [1, 0, 0])[0], p[0] * rest, 'softmax')
  expectClose(logSoftmaxJvp(p, [1, 0, 0])[0], rest, 'logSoftmax, forwards')
  expectClose(logSoftmaxVjp(p, [1, 0, 0])[0], rest, 'logSoftmax, backwards')
})

test('the cross-entropy, through −log softmax: its gradient is that of the loss', () => {
  fc.assert(
    fc.property(numbers(4, 40), fc.nat(3), (z, y) => {
      const backwards = logSoftmaxVjp(
        softmax(z),
        z.map((_, k) => (k === y ? -1 : 0)),
      )
      categoricalCrossEntropy.gradient(z, y).forEach((g, k) => {
        expectClose(backwards[k], g, `entry ${k} of (${z}), ${y}`)
      })
    }),
  )
})

test('softmax: no difference of two numbers overflows', () => {
  expect([...softmaxJvp([0.5, 0.5], [1.7e308, -1.7e308])]).toEqual([0.85e308, -0.85e308])
})

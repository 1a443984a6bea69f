// The design of the kernels against the plain one: the same products to rounding, the same moments up to rounding.
import { type Design, dense as plainDense } from '@logodds/linear'
import { describe, expect, it } from 'vitest'
import { dense } from '../src/index.ts'
import { wrongMoments } from './moments.ts'
import { matrixOf, numbers, uniform, views } from './random.ts'

/** Every product of every block, one after the other, and what each may be off by: rounding of the sum of sizes of its terms. */
function products(design: Design, K: number, random: () => number): Record<string, number[]> {
  const { rows: n, columns: p, blockRows } = design
  const w = numbers(p * K, random)
  const r = numbers((n + 4) * K, random)
  const s = numbers((n + 4) * K * K, random)
  const transposed = new Float64Array(p * K)
  const gram = new Float64Array((p * K) ** 2)
  const eta: number[] = []
  const reader = design.reader()
  // Blocks of the smaller of the two designs' sizes are blocks of both.
  const step = Math.min(16, blockRows)
  for (let first = 0; first < n; first += step) {
    const rows = Math.min(step, n - first)
    const out = new Float64Array((rows + 4) * K)
    reader.read(first, rows)
    reader.multiply(w, K, out)
    eta.push(...out.subarray(0, rows * K))
    const here = new Float64Array((rows + 4) * K)
    here.set(r.subarray(first * K, (first + rows) * K))
    reader.multiplyTransposed(here, K, transposed)
    const symmetric = new Float64Array((rows + 4) * K * K)
    for (let i = 0; i < rows; i++)
      for (let a = 0; a < K; a++)
        for (let b = 0; b < K; b++)
          symmetric[(i * K + a) * K + b] = s[((first + i) * K + Math.max(a, b)) * K + Math.min(a, b)]
    reader.gram(symmetric, K, gram)
  }
  return { eta, transposed: [...transposed], gram: [...gram] }
}

const shapes = [
  [1, 1],
  [5, 3],
  [37, 7],
  [100, 17],
  [33, 129],
  [700, 2],
  [1, 40],
  [513, 4],
] as const

describe.each(shapes)('%i × %i', (n, p) => {
  for (const view of views)
    for (const K of [1, 3])
      it(`${view}, K = ${K}: products agree to rounding`, () => {
        const X = matrixOf(n, p, view, uniform(n * p))
        const before = Float64Array.from(X.data)
        const random = uniform(7)
        const centre = numbers(p, random).map((v, j) => (j % 3 === 2 ? 1e4 * v : v))
        const scale = numbers(p, random).map((v) => 0.1 + Math.abs(v))
        const keep = Int32Array.from({ length: p }, (_, j) => j).filter((j) => j % 4 !== 1 || p < 3)
        for (const change of [
          (design: Design) => design,
          (design: Design) => design.withIntercept(),
          (design: Design) => design.rescaled(centre, scale, keep).withIntercept(),
          (design: Design) =>
            design.rescaled(
              centre.map((v) => v / 1e4),
              scale,
              keep,
            ),
        ]) {
          const plain = products(change(plainDense(X)), K, uniform(3))
          const fast = products(change(dense(X)), K, uniform(3))
          for (const [name, expected] of Object.entries(plain)) {
            const largest = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 1)
            const off = expected.reduce((most, v, q) => Math.max(most, Math.abs(v - fast[name][q])), 0)
            expect(fast[name].length).toBe(expected.length)
            expect(off <= 1e-13 * n * largest, `${name}: ${off}`).toBe(true)
          }
        }
        expect(X.data).toEqual(before)
      })

  it('moments are the same up to rounding, and the fingerprint to the bit', () => {
    const random = uniform(n + p)
    const X = matrixOf(n, p, 'column-major', random)
    const weights = numbers(n, random).map((v, i) => (i % 5 === 4 ? 0 : Math.abs(v)))
    expect(wrongMoments(dense(X).moments(weights), plainDense(X).moments(weights))).toEqual([])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cholesky, choleskySolve } from '../src/cholesky.ts'
import { spectrum, uniform } from './bank.ts'

/** B Bᵀ + diagonal, from uniform numbers. */
function positive(n: number, seed: number): Float64Array {
  const random = uniform(seed)
  const b = Float64Array.from({ length: n * n }, random)
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    let sum = i === j ? 0.1 : 0
    for (let k = 0; k < n; k++) sum += b[i * n + k]! * b[j * n + k]!
    return sum
  })
}

describe('cholesky', () => {
  it('agrees with a worked example', () => {
    // Wikipedia, Cholesky decomposition: L = [[2, 0, 0], [6, 1, 0], [−8, 5, 3]].
    const a = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98)
    expect(cholesky(a, 3)).toBe(true)
    expect([a[0], a[3], a[4], a[6], a[7], a[8]]).toEqual([2, 6, 1, -8, 5, 3])
  })

  it('multiplies back to the matrix, and leaves the upper triangle alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer(), (n, seed) => {
        const a = positive(n, seed)
        const l = a.slice()
        expect(cholesky(l, n)).toBe(true)
        for (let i = 0; i < n; i++)
          for (let j = 0; j <= i; j++) {
            let sum = 0
            for (let k = 0; k <= j; k++) sum += l[i * n + k]! * l[j * n + k]!
            expect(Math.abs(sum - a[i * n + j]!)).toBeLessThan(1e-14 * n)
            if (j < i) expect(l[j * n + i]).toBe(a[j * n + i])
          }
      }),
    )
  })

  it('solves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer(), (n, seed) => {
        const a = positive(n, seed)
        const x = Float64Array.from({ length: n }, uniform(seed + 1))
        const b = x.map((_, i) => x.reduce((sum, v, k) => sum + a[i * n + k]! * v, 0))
        cholesky(a, n)
        choleskySolve(a, n, b)
        for (let j = 0; j < n; j++) expect(Math.abs(b[j]! - x[j]!)).toBeLessThan(1e-11)
      }),
    )
  })

  it('accepts a matrix as hard as 1e13 and refuses a singular one, in any units', () => {
    for (const unit of [1, 1e-150, 1e150]) {
      const times = (a: Float64Array) => a.map((v) => v * unit)
      expect(cholesky(times(spectrum([1e-13, 1, 1, 1], true)), 4)).toBe(true)
      expect(cholesky(times(spectrum([0, 1, 1, 1], true)), 4)).toBe(false)
      expect(cholesky(times(spectrum([-1e-9, 1, 1, 1], true)), 4)).toBe(false)
    }
    expect(cholesky(Float64Array.of(1, 0, 0, 1e-200), 2)).toBe(true)
    expect(cholesky(Float64Array.of(1, 0, 0, 0), 2)).toBe(false)
  })

  it('refuses a matrix of rank one, also where rounding leaves a positive pivot', () => {
    const number = fc.double({ min: 0.1, max: 10, noNaN: true })
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 5 }), (v) => {
        const n = v.length
        expect(
          cholesky(
            Float64Array.from({ length: n * n }, (_, at) => v[Math.floor(at / n)]! * v[at % n]!),
            n,
          ),
        ).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([NaN, Infinity, -Infinity])('refuses %d', (v) => {
    for (let at = 0; at < 4; at++) {
      const a = Float64Array.of(2, 1, 1, 2)
      a[at] = v
      // The upper triangle is not read.
      expect(cholesky(a, 2)).toBe(at === 1)
    }
  })
})

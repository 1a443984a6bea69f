// M⁻¹ of sparse designs against Gaussian elimination in plain TypeScript.
import { type Design, csr as plainCsr } from '@logodds/linear'
import { cholesky, choleskySolve } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { inverseOf } from '../src/cholesky.ts'
import { csr } from '../src/index.ts'
import { numbers, uniform } from './random.ts'
import { sparse } from './sparse-data.ts'

/** Σ c xxᵀ + diag(ridge) by the reader of a plain design. */
function hessian(design: Design, c: Float64Array, ridge: Float64Array): Float64Array {
  const { rows: n, columns: p, blockRows } = design
  const M = new Float64Array(p * p)
  const reader = design.reader()
  for (let first = 0; first < n; first += blockRows) {
    reader.read(first, Math.min(blockRows, n - first))
    reader.gram(c.subarray(first), 1, M)
  }
  for (let j = 0; j < p; j++) M[j * p + j] += ridge[j]
  return M
}

const changes: [string, (design: Design) => Design][] = [
  ['as it is', (design) => design],
  ['with ones', (design) => design.withIntercept()],
  [
    'centred and scaled',
    (design) => {
      const p = design.columns
      const random = uniform(2)
      return design
        .rescaled(
          numbers(p, random),
          numbers(p, random).map((v) => 0.2 + Math.abs(v)),
          Int32Array.from({ length: p }, (_, j) => j),
        )
        .withIntercept()
    },
  ],
]

describe.each(changes)('%s', (_, change) => {
  it.each([
    [200, 1],
    [200, 3],
    [300, 7],
    [400, 17],
    [2000, 130],
  ])('%i × %i: M⁻¹v to the condition of M', (n, p) => {
    const random = uniform(n + p)
    const given = sparse(n, p, 0.3, 0, random)
    // A sample: every other stretch of ten rows.
    const c = numbers(n, random).map((v, i) => (i % 20 < 10 ? Math.abs(v) : 0))
    const fast = change(csr(given))
    const ridge = numbers(fast.columns, random).map((v) => 0.5 + Math.abs(v))
    const v = numbers(fast.columns, random)
    const solve = fast.preconditioner!(c, ridge)
    // Whatever is asked of the design later.
    fast.preconditioner!(
      c.map((one) => 3 * one),
      ridge,
    )(v, v.slice())
    const out = v.slice()
    const before = v.slice()
    solve(v, out)
    expect(v).toEqual(before)
    const M = hessian(change(plainCsr(given)), c, ridge)
    expect(cholesky(M, v.length)).toBe(true)
    choleskySolve(M, v.length, v)
    const largest = v.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    out.forEach((x, j) => {
      expect(Math.abs(x - v[j])).toBeLessThanOrEqual(1e-11 * largest)
    })
  })

  it('beyond 2048 columns: the diagonal', () => {
    const [n, p] = [60, 2100]
    const random = uniform(5)
    const given = sparse(n, p, 0.05, 0, random)
    const c = numbers(n, random).map((v, i) => (i % 3 ? Math.abs(v) : 0))
    const fast = change(csr(given))
    const ridge = numbers(fast.columns, random).map((v, j) => (j % 10 ? Math.abs(v) : 0))
    const v = numbers(fast.columns, random)
    const out = v.slice()
    fast.preconditioner!(c, ridge)(v, out)
    const M = hessian(change(plainCsr(given)), c, ridge)
    out.forEach((x, j) => {
      const entry = M[j * (v.length + 1)] || 1
      expect(Math.abs(x * entry - v[j])).toBeLessThanOrEqual(1e-12 * Math.abs(v[j]))
    })
  })
})

describe('inverseOf', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 17, 61, 130])('p = %i: M M⁻¹ v = v', (p) => {
    const random = uniform(p)
    const A = numbers(p * p, random)
    const M = (j: number, l: number) => {
      let sum = j === l ? 1 : 0
      for (let k = 0; k < p; k++) sum += A[j * p + k] * A[l * p + k]
      return sum
    }
    const v = numbers(p, random)
    const out = new Float64Array(p)
    inverseOf(p, M)(v, out)
    for (let j = 0; j < p; j++) {
      let sum = 0
      for (let l = 0; l < p; l++) sum += M(j, l) * out[l]
      expect(Math.abs(sum - v[j])).toBeLessThan(1e-12)
    }
  })

  it('what is not positive definite is made so by a share of its diagonal, and 1 where that is 0', () => {
    const out = new Float64Array(3)
    // The third column is the sum of the others.
    const singular = [
      [1, 0, 1],
      [0, 4, 4],
      [1, 4, 5],
    ]
    inverseOf(3, (j, l) => singular[j][l])(Float64Array.of(1, 2, 3), out)
    for (let j = 0; j < 3; j++)
      expect(singular[j].reduce((sum, m, l) => sum + m * out[l], 0)).toBeCloseTo([1, 2, 3][j], 5)
    inverseOf(3, (j, l) => (j === l && j < 2 ? 4 : 0))(Float64Array.of(1, 2, 3), out)
    expect([...out]).toEqual([0.25, 0.5, 3])
    inverseOf(
      2,
      (j, l) =>
        [
          [1, 0],
          [3, 1],
        ][j][l],
    )(Float64Array.of(1, 2), out)
    expect(out.every(Number.isFinite)).toBe(true)
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY])
      for (const [row, column] of [
        [1, 0],
        [1, 1],
      ]) {
        inverseOf(3, (j, l) => (j === row && l === column ? wrong : j === l ? 4 : 1))(
          Float64Array.of(4, 4, 4),
          out,
        )
        // 4 / (4 (1 + 10⁶)), or of 4 1 1, 1 1 1, 1 1 4.
        expect(out[2]).toBeCloseTo(row === column ? 0 : 1e-6, 9)
        expect(out.every(Number.isFinite)).toBe(true)
      }
  })
})

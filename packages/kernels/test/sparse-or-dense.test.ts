// Zeros are left out where that pays, and the design is that of the numbers.
import { type Design, fitLogistic, type MatrixLike, dense as plainDense } from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { free, matrix, sparseOrDense } from '../src/index.ts'
import { uniform } from './random.ts'

const isSparse = (design: Design) => design.entries !== undefined

/** n × p numbers of which the first `filled` of each row are not zero. */
const rows = (n: number, p: number, filled: number, random = uniform(n + p)) =>
  Array.from({ length: n }, () => Array.from({ length: p }, (_, j) => (j < filled ? random() || 1 : 0)))

/** X wᵀ and Xᵀ r, to be compared. */
function products(X: Design): number[] {
  const random = uniform(6)
  const w = Float64Array.from({ length: X.columns }, random)
  const reader = X.reader()
  const eta: number[] = []
  const out = new Float64Array(X.columns)
  const step = Math.min(4, X.blockRows)
  for (let first = 0; first < X.rows; first += step) {
    const count = Math.min(step, X.rows - first)
    const block = new Float64Array(step + 4)
    reader.read(first, count)
    reader.multiply(w, 1, block)
    eta.push(...block.subarray(0, count))
    reader.multiplyTransposed(block, 1, out)
  }
  return [...eta, ...out]
}

function expectSame(design: Design, X: MatrixLike) {
  const expected = products(plainDense(X))
  const got = products(design)
  const largest = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 1)
  expect(got.length).toBe(expected.length)
  got.forEach((v, q) => {
    expect(Math.abs(v - expected[q])).toBeLessThanOrEqual(1e-13 * largest)
  })
}

describe('sparseOrDense', () => {
  it.each([
    [0, 40, true],
    [4, 40, true],
    [5, 40, false],
    [28, 100, true],
    [29, 100, false],
    [0, 30, true],
    [1, 30, false],
    [0, 29, false],
    [3590, 9005, true],
    [3591, 9005, false],
  ])('%i entries in each row of %i: without the zeros: %s', (filled, p, expected) => {
    const X = rows(7, p, filled)
    const design = sparseOrDense(X)
    expect(isSparse(design)).toBe(expected)
    expect([design.rows, design.columns]).toEqual([7, p])
    expectSame(design, X)
    free(design)
  })

  it('any strides, both precisions, and matrices of the kernels', () => {
    const X = rows(50, 70, 9)
    const flat = X.flat()
    const turned = Float64Array.from({ length: 3500 }, (_, q) => X[q % 50][Math.floor(q / 50)])
    const own = matrix(50, 70)
    own.data.set(flat)
    for (const form of [
      X,
      { data: flat, shape: [50, 70], stride: [70, 1], offset: 0 },
      { data: Float64Array.from(flat), shape: [50, 70], stride: [70, 1], offset: 0 },
      { data: turned, shape: [50, 70], stride: [1, 50], offset: 0 },
      { data: Float64Array.from([...flat].reverse()), shape: [50, 70], stride: [-70, -1], offset: 3499 },
      { data: Float64Array.from(flat), shape: [20, 70], stride: [140, 1], offset: 70 },
      { data: Float32Array.from(flat), shape: [50, 70], stride: [70, 1], offset: 0 },
      own,
    ]) {
      const before = Array.isArray(form) ? structuredClone(form) : { ...form, data: [...form.data] }
      const design = sparseOrDense(form)
      expect(isSparse(design)).toBe(true)
      expectSame(design, form)
      expect(Array.isArray(form) ? form : { ...form, data: [...form.data] }).toEqual(before)
    }
  })

  it('a fit is that of the dense matrix', () => {
    const random = uniform(3)
    const X = Array.from({ length: 300 }, () =>
      Array.from({ length: 60 }, () => (random() > 0.8 ? random() : 0)),
    )
    const y = X.map((row) => row[0] + row[1] - row[2] + random() > 0)
    const options = { penalty: l2(0.01) }
    const expected = fitLogistic(X, y, options)
    const design = sparseOrDense(X)
    expect(isSparse(design)).toBe(true)
    const fitted = fitLogistic(design, y, options)
    expect(fitted.fit.status).toBe('converged')
    fitted.coefficients[0].forEach((w, j) => {
      expect(Math.abs(w - expected.coefficients[0][j])).toBeLessThan(1e-9)
    })
    expect(fitted.fit.dataHash.slice(8)).toBe(expected.fit.dataHash.slice(8))
  })

  it('what is wrong with X is named', () => {
    const X = rows(3, 50, 2)
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, '1' as unknown as number]) {
      const bad = X.map((row, i) => row.map((v, j) => (i === 1 && j === 44 ? wrong : v)))
      expect(() => sparseOrDense(bad)).toThrow(
        new RangeError(
          `sparseOrDense: expected finite numbers in X, got ${typeof wrong === 'string' ? 'string' : wrong} in row 1, column 44 (x44)`,
        ),
      )
    }
    expect(() => sparseOrDense([[1, 2], [3]])).toThrow(
      'sparseOrDense: expected 2 numbers in row 1 of X, got 1',
    )
    expect(() => sparseOrDense(undefined as never)).toThrow(
      'sparseOrDense: expected X as rows or a 2-d ndarray',
    )
  })
})

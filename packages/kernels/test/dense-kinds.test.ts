// Matrices of single precision, and such that are read in pieces: what is said about the same numbers as doubles in memory, to the bit.
import { binaryCrossEntropy, binaryCrossEntropyBlocks, huber } from '@logodds/core'
import {
  type Design,
  decision,
  fitLogistic,
  type Matrix,
  objective,
  dense as plainDense,
  standardized,
} from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { afterEach, describe, expect, it } from 'vitest'
import { engage } from '../src/crew.ts'
import { dense, matrix, threads } from '../src/index.ts'
import { wrongMoments } from './moments.ts'
import { matrixOf, numbers, uniform, views } from './random.ts'

const logistic = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }
const rounded = (X: Matrix): Matrix => ({ ...X, data: Float32Array.from(X.data) })
const asDoubles = (X: Matrix): Matrix => ({ ...X, data: Float64Array.from(X.data) })

/** All that a design is asked. */
function said(design: Design) {
  const { rows: n, columns: p } = design
  const random = uniform(n + p)
  const weights = numbers(n, random).map((v, i) => (i % 5 === 4 && n > 4 ? 0 : 0.1 + Math.abs(v)))
  const y = numbers(n, random).map((v) => +(v > 0))
  const all: unknown[] = [design.moments(weights)]
  const centre = numbers(p, random).map((v, j) => (j % 3 === 2 ? 100 * v : v))
  const scale = numbers(p, random).map((v) => 0.1 + Math.abs(v))
  const keep = Int32Array.from({ length: p }, (_, j) => j).filter((j) => j % 4 !== 1 || p < 3)
  for (const inner of [design.withIntercept(), design.rescaled(centre, scale, keep).withIntercept()])
    for (const loss of [logistic, huber()]) {
      const oracle = objective({ design: inner, loss, y, weights, offset: n % 2 ? y : undefined })
      const size = inner.columns
      const at = numbers(size, random)
      const gradient = new Float64Array(size)
      const hessian = new Float64Array(size * size)
      const product = new Float64Array(size)
      all.push(oracle({ ask: 'value', at }), oracle({ ask: 'gradient', at, gradient }), gradient)
      oracle({ ask: 'curvature', at, along: gradient, product })
      all.push(product)
      if (size < 200) all.push(oracle({ ask: 'hessian', at, gradient: gradient.slice(), hessian }), hessian)
    }
  return all
}

// The last two are more than one chunk, and more than a window.
const shapes = [
  [1, 1],
  [5, 3],
  [37, 7],
  [101, 17],
  [33, 129],
  [7, 600],
  [1, 2100],
  [3001, 33],
  [12000, 7],
] as const

describe.each(shapes)('%i × %i', (n, p) => {
  const view = views[(n + p) % 4]
  const X = matrixOf(n, p, view, uniform(n * p))
  const X32 = rounded(X)
  const expected = said(dense(asDoubles(X32)))
  const sameAs = (got: unknown[], wanted: unknown[]) => {
    got.forEach((v, q) => {
      expect(v, `${q}`).toEqual(wanted[q])
    })
    expect(got.length).toBe(wanted.length)
  }

  it(`${view}: a Float32Array as the doubles that it holds`, () => {
    sameAs(said(dense(X32)), expected)
    sameAs(said(dense(X32, { dtype: 'float64' })), expected)
  })

  it('doubles rounded to single precision as those', () => {
    sameAs(said(dense(X, { dtype: 'float32' })), expected)
  })

  it('a matrix of single precision that is filled in', () => {
    const own = matrix(n, p, { dtype: 'float32' })
    expect(own.data).toBeInstanceOf(Float32Array)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < p; j++)
        own.data[i * p + j] = Number(X.data[X.offset + i * X.stride[0] + j * X.stride[1]])
    const design = dense(own)
    sameAs(said(design), expected)
    // It is that memory, not a copy, and not what was read of it before.
    own.data.fill(0)
    expect(dense(own).moments(new Float64Array(n).fill(1)).mean).toEqual(new Float64Array(p))
    expect(design.moments(new Float64Array(n).fill(1)).mean).toEqual(new Float64Array(p))
  })

  it('in pieces as in memory', () => {
    sameAs(said(dense(X, { stream: true })), said(dense(X)))
    sameAs(said(dense(X32, { stream: true })), expected)
    sameAs(said(dense(X, { stream: true, dtype: 'float32' })), expected)
    sameAs(said(dense(X32, { stream: true, dtype: 'float64' })), expected)
  })

  it('rows in pieces as rows in memory', () => {
    const rows = Array.from({ length: n }, (_, i) =>
      Float32Array.from({ length: p }, (_, j) => X.data[X.offset + i * X.stride[0] + j * X.stride[1]]),
    )
    sameAs(said(dense(rows, { stream: true })), expected)
    sameAs(said(dense(rows.map((row) => [...row]))), expected)
  })

  it('moments are the plain ones up to rounding, with the same fingerprint', () => {
    const weights = new Float64Array(n).fill(1 / n)
    expect(wrongMoments(dense(X32).moments(weights), plainDense(X32).moments(weights))).toEqual([])
    expect(dense(X, { stream: true }).moments(weights)).toEqual(dense(X).moments(weights))
  })
})

describe('threads', () => {
  afterEach(() => {
    threads(1)
  })

  it('of single precision: several give the bits of one', () => {
    const X = rounded(matrixOf(8000, 33, 'row-major', uniform(4)))
    threads(1)
    const expected = said(dense(X))
    threads(3)
    const team = engage({ limit: 60_000, idle: 60_000 })
    const design = dense(X)
    for (let k = 0; k < 50 && !team?.helped(); k++) expect(said(design)).toEqual(expected)
    expect(team?.helped()).toBeGreaterThan(0)
    expect(said(design)).toEqual(expected)
  })
})

describe('readers', () => {
  const X = matrixOf(100, 9, 'row-major', uniform(8))

  it.each([
    ['of single precision', rounded(X), {}],
    ['in pieces', X, { stream: true }],
  ])('two of one matrix %s do not disturb each other', (_, given, options) => {
    const design = dense(given, options)
    const [a, b, plain] = [design.reader(), design.reader(), plainDense(given).reader()]
    const w = numbers(9, uniform(1))
    const out = new Float64Array(16)
    const expected = new Float64Array(16)
    a.read(0, 16)
    b.read(50, 16)
    design.moments(new Float64Array(100).fill(1))
    a.multiply(w, 1, out)
    plain.read(0, 16)
    plain.multiply(w, 1, expected)
    out.forEach((v, i) => {
      expect(Math.abs(v - expected[i])).toBeLessThan(1e-14)
    })
  })
})

describe('more columns than there is room for Gram matrices of', () => {
  it('Hessians are the plain ones', () => {
    const n = 3
    const p = 2100
    const X = matrixOf(n, p, 'row-major', uniform(5))
    const hessians = [plainDense(X), dense(X), dense(X, { stream: true })].map((design) => {
      const inner = design.withIntercept()
      const size = p + 1
      const at = numbers(size, uniform(2))
      const hessian = new Float64Array(size * size)
      const oracle = objective({ design: inner, loss: logistic, y: [1, 0, 1] })
      const gradient = new Float64Array(size)
      const value = oracle({ ask: 'hessian', at, gradient, hessian })
      expect(Math.abs(value - oracle({ ask: 'gradient', at, gradient }))).toBeLessThan(1e-13)
      return hessian
    })
    for (const hessian of hessians)
      expect(hessian.every((v, q) => Math.abs(v - hessians[0][q]) < 1e-14)).toBe(true)
  })
})

describe('a fit', () => {
  const n = 4000
  const p = 21
  const X = matrixOf(n, p, 'column-major', uniform(21))
  const random = uniform(6)
  const y = Array.from({ length: n }, (_, i) => (Number(X.data[i]) + random() > 0 ? 'yes' : 'no'))
  const options = { penalty: l2(1e-3), offset: numbers(n, random) }

  it('in pieces is that in memory, to the bit', () => {
    expect(fitLogistic(dense(X, { stream: true }), y, options)).toEqual(fitLogistic(dense(X), y, options))
    const X32 = rounded(X)
    const expected = fitLogistic(dense(asDoubles(X32)), y, options)
    expect(fitLogistic(dense(X32), y, options)).toEqual(expected)
    expect(fitLogistic(dense(X32, { stream: true }), y, options)).toEqual(expected)
    expect(fitLogistic(dense(X, { dtype: 'float32' }), y, options)).toEqual(expected)
  })
})

describe('nothing', () => {
  it.each([
    [0, 3, {}],
    [2, 0, {}],
    [0, 0, { stream: true }],
    [2, 0, { stream: true }],
    [0, 3, { dtype: 'float32' as const }],
  ])('%i × %i numbers', (n, p, options) => {
    const X = { data: new Float64Array(0), shape: [n, p], stride: [p, 1], offset: 0 }
    const w = numbers(p + 1, uniform(1))
    const [fast, plain] = [dense(X, options), plainDense(X)].map((design) => {
      const inner = design.withIntercept()
      const reader = inner.reader()
      const eta = new Float64Array(4)
      const sums = new Float64Array(p + 1)
      reader.read(0, n)
      reader.multiply(w, 1, eta)
      reader.multiplyTransposed(Float64Array.of(1, 2, 0, 0).fill(0, n), 1, sums)
      return {
        moments: design.moments(new Float64Array(n)),
        eta: [...eta.subarray(0, n)],
        sums,
        columns: inner.columns,
      }
    })
    expect(fast).toEqual(plain)
  })
})

describe('dense refuses', () => {
  it.each([false, true])('what is no number, wherever it is; stream: %s', (stream) => {
    for (const bad of [Number.NaN, Infinity, -Infinity])
      for (const at of [0, 70_001, 119_999])
        for (const Kind of [Float64Array, Float32Array]) {
          const data = new Kind(120_000).fill(1)
          data[at] = bad
          const X = { data, shape: [10_000, 12], stride: [12, 1], offset: 0 }
          expect(() => dense(X, { stream })).toThrow(
            `dense: expected finite numbers in X, got ${bad} in row ${Math.floor(at / 12)}, column ${at % 12}`,
          )
        }
    expect(() => dense([['1', 2]] as unknown as number[][], { stream })).toThrow(
      'got string in row 0, column 0',
    )
    expect(() => dense([[1, 2], [3]], { stream })).toThrow('dense: expected 2 numbers in row 1 of X, got 1')
  })

  it.each([false, true])('numbers beyond single precision, if that is asked for; stream: %s', (stream) => {
    const rows = Array.from({ length: 9000 }, (_, i) => [1, i === 8000 ? -1e39 : 3e38, 1e-60, 4])
    expect(() => dense(rows, { dtype: 'float32', stream })).toThrow(
      new RangeError(
        'dense: expected numbers in X that float32 can hold, got -1e+39 in row 8000, column 1 (x1)',
      ),
    )
    expect(dense(rows, { stream }).rows).toBe(9000)
  })

  it('a dtype that there is not', () => {
    const dtype = 'int8' as 'float32'
    expect(() => dense([[1]], { dtype })).toThrow("dense: expected dtype 'float64' or 'float32', got int8")
    expect(() => matrix(1, 1, { dtype })).toThrow("matrix: expected dtype 'float64' or 'float32', got int8")
  })

  it('what no memory can hold', () => {
    expect(() => matrix(1e6, 1e6)).toThrow('matrix: expected what takes less than 4 GiB in memory, got')
    const X = { data: new Float64Array(1), shape: [1e6, 1e6], stride: [0, 0], offset: 0 }
    expect(() => dense(X, { stream: false })).toThrow('dense: expected what takes less than 4 GiB')
  })
})

it.each(['float64', 'float32'] as const)(
  'a matrix of %s is what was written last, of any design',
  (dtype) => {
    const [n, p] = [40, 3]
    const own = (dtype === 'float64' ? matrix(n, p) : matrix(n, p, { dtype })) as ReturnType<typeof matrix>
    own.data.set(numbers(n * p, uniform(1)))
    const design = dense(own)
    const model = fitLogistic(
      design,
      Array.from({ length: n }, (_, i) => i % 2),
      { penalty: l2(0.1) },
    )
    decision(model, design)
    own.data.set(numbers(n * p, uniform(2)))
    const expected = decision(model, asDoubles(own))
    decision(model, design).data.forEach((z, i) => {
      expect(z).toBeCloseTo(expected.data[i], 14)
    })
  },
)

describe.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%f in a matrix', (bad) => {
  const words = `dense: expected finite numbers in X, got ${bad} in row 3, column 1 (x1)`
  const filled = (dtype: 'float64' | 'float32', rows = 6) => {
    const own = dtype === 'float64' ? matrix(rows, 2) : matrix(rows, 2, { dtype })
    own.data.set(Array.from({ length: 2 * rows }, (_, q) => (q * q) % 7))
    return own as ReturnType<typeof matrix>
  }
  const y = [0, 1, 0, 1, 1, 0]

  it.each(['float64', 'float32'] as const)(
    'of %s, before or after its design was made, is named',
    (dtype) => {
      const [before, after] = [filled(dtype), filled(dtype)]
      before.data[7] = bad
      const design = dense(after)
      after.data[7] = bad
      for (const X of [dense(before), design]) {
        expect(() => fitLogistic(X, y, { penalty: l2(0.1) })).toThrow(words)
        expect(() => fitLogistic(X, y, { penalty: l2(0.1), weights: [1, 1, 1, 0, 1, 1] })).toThrow(words)
      }
    },
  )

  it('is named by whatever uses the numbers, once they are as they should be no more', () => {
    const own = filled('float64')
    own.data[7] = bad
    const design = dense(own)
    const weights = new Float64Array(6).fill(1 / 6)
    const inner = () =>
      design.rescaled(new Float64Array(2), Float64Array.of(1, 2), Int32Array.of(0, 1)).withIntercept()
    const uses: ((some: Design) => unknown)[] = [
      (some) => some.moments(weights),
      (some) => some.reader(),
      (some) => objective({ design: some, loss: logistic, y }),
      (some) => objective({ design: some, loss: huber(), y }),
      (some) => some.walk?.(new Float64Array(some.columns).fill(1)),
      (some) => some.preconditioner?.(weights, new Float64Array(some.columns).fill(1)),
      (some) => some.take?.([0, 2]),
      (some) => standardized(some),
    ]
    for (const use of uses) for (const some of [design, inner()]) expect(() => use(some)).toThrow(words)
    own.data[7] = 1
    for (const use of uses) for (const some of [design, inner()]) use(some)
    // A new design is a new look.
    own.data[7] = bad
    for (const use of uses) expect(() => use(dense(own))).toThrow(words)
  })

  it.each([false, true])('of a megabyte and more is named; threads: %s', (several) => {
    threads(several ? 2 : 1)
    const own = filled('float64', 80_000)
    if (several) engage()
    own.data[7] = bad
    expect(() => dense(own).reader()).toThrow(words)
    threads(1)
  })
})

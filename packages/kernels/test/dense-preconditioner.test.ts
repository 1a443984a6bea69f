// M⁻¹ of the kernels against M itself, made by the plain design in doubles.
import { type Design, dense as plainDense } from '@logodds/linear'
import { describe, expect, it } from 'vitest'
import { dense, free } from '../src/index.ts'
import { matrixOf, numbers, uniform, views } from './random.ts'

/** Σ cᵢ xᵢxᵢᵀ + diag(ridge), in full. */
function exact(design: Design, c: Float64Array, ridge: Float64Array): Float64Array {
  const { rows: n, columns: p, blockRows } = design
  const M = new Float64Array(p * p)
  const reader = design.reader()
  for (let first = 0; first < n; first += blockRows) {
    const rows = Math.min(blockRows, n - first)
    const s = new Float64Array(blockRows)
    s.set(c.subarray(first, first + rows))
    reader.read(first, rows)
    reader.gram(s, 1, M)
  }
  for (let j = 0; j < p; j++) {
    M[j * p + j] += ridge[j]
    for (let k = 0; k < j; k++) M[k * p + j] = M[j * p + k]
  }
  return M
}

/** The largest entry of M·M⁻¹v − v, beside what its terms add up to in size: what a backward stable solution leaves is rounding. */
function residual(M: Float64Array, solved: Float64Array, v: Float64Array): number {
  const p = v.length
  let most = 0
  for (let j = 0; j < p; j++) {
    let sum = -v[j]
    let size = Math.abs(v[j])
    for (let k = 0; k < p; k++) {
      sum += M[j * p + k] * solved[k]
      size += Math.sqrt(M[j * p + j] * M[k * p + k]) * Math.abs(solved[k])
    }
    most = Math.max(most, Math.abs(sum) / size)
  }
  return most
}

const every = (design: Design) => {
  const random = uniform(9)
  const { rows: n, columns: p } = design
  const centre = numbers(p, random).map((v, j) => (j % 3 === 2 ? 1e4 * v : v))
  const scale = numbers(p, random).map((v, j) => 10 ** (j % 5) * (0.1 + Math.abs(v)))
  const keep = Int32Array.from({ length: p }, (_, j) => j).filter((j) => j % 4 !== 1 || p < 3)
  return [design, design.withIntercept(), design.rescaled(centre, scale, keep).withIntercept()].map(
    (inner) => {
      const curvature = numbers(n, random).map((v, i) => (i % 7 > 4 || i % 100 > 60 ? 0 : Math.abs(v) / n))
      const ridge = numbers(inner.columns, random).map((v) => 1e-3 * Math.abs(v))
      return { inner, curvature, ridge, v: numbers(inner.columns, random) }
    },
  )
}

const shapes = [
  [1, 1],
  [5, 3],
  [40, 7],
  [300, 8],
  [1000, 17],
  [33, 129],
  [3000, 100],
] as const

describe.each(shapes)('%i × %i', (n, p) => {
  const X = matrixOf(n, p, views[(n + p) % 4], uniform(n + p))
  const X32 = { ...X, data: Float32Array.from(X.data) }

  it.each([
    ['doubles', X, {}],
    ['single precision', X32, {}],
    ['in pieces', X, { stream: true }],
  ])('%s: solves with M to single precision', (_, given, options) => {
    const plain = every(plainDense(given))
    every(dense(given, options)).forEach(({ inner, curvature, ridge, v }, q) => {
      const M = exact(plain[q].inner, curvature, ridge)
      const out = new Float64Array(v.length)
      inner.preconditioner?.(curvature, ridge)(v, out)
      // Rounding of the sums over n rows, as a random walk, and of those of the factorisation.
      expect(residual(M, out, v)).toBeLessThan(2 ** -24 * (10 + 4 * Math.sqrt(n) + p))
    })
  })
})

describe('the preconditioner of a dense design', () => {
  const n = 500
  const p = 12
  const X = matrixOf(n, p, 'row-major', uniform(3))
  const c = new Float64Array(n).fill(1 / n)
  const ridge = new Float64Array(p).fill(1e-4)
  const v = numbers(p, uniform(4))
  const solution = (design: Design, curvature = c, r = ridge) => {
    const out = new Float64Array(p)
    design.preconditioner?.(curvature, r)(v, out)
    return out
  }

  it('stays what it was, whatever is asked of the design later, and if its memory is given back', () => {
    const design = dense(X)
    const apply = design.preconditioner?.(c, ridge)
    const expected = solution(design)
    solution(design, c, new Float64Array(p).fill(1))
    design.moments(c)
    free(design)
    dense({ ...X, shape: [n - 1, p] })
    const out = new Float64Array(p)
    apply?.(v, out)
    expect(out).toEqual(expected)
    expect(v).toEqual(numbers(p, uniform(4)))
    expect(() => design.preconditioner?.(c, ridge)).toThrow('dense: expected a matrix in memory')
  })

  it('asks rows without curvature nothing', () => {
    const sampled = c.map((w, i) => (i % 50 < 25 ? w : 0))
    const other = { ...X, data: Array.from(X.data, (x, q) => (Math.floor(q / p) % 50 < 25 ? x : 1e30)) }
    expect(solution(dense(other), sampled)).toEqual(solution(dense(X), sampled))
  })

  it('columns of any scale: huge and tiny, as far as their squares are doubles', () => {
    const scales = [1e150, 1e-150, 1e40, 1e-40, 1e20, 1e-20, 1, 1e3, 1e-3, 1e6, 1e-6, 1]
    const far = { ...X, data: Array.from({ length: n * p }, (_, q) => X.data[q] * scales[q % p]) }
    const none = new Float64Array(p)
    const expected = solution(dense(X), c, none)
    const apply = dense(far).preconditioner?.(c, none)
    const out = new Float64Array(p)
    apply?.(
      v.map((x, j) => x * scales[j]),
      out,
    )
    out.forEach((x, j) => {
      expect(Math.abs(x * scales[j] - expected[j])).toBeLessThan(1e-4)
    })
  })

  it('what is singular gets more on its diagonal: symmetric, positive definite, finite', () => {
    // Columns that are there twice, zeros, constants.
    const bad = {
      ...X,
      data: Array.from({ length: n * p }, (_, q) => (q % p < 3 ? X.data[q - (q % p)] : q % p < 5 ? 0 : 1)),
    }
    for (const r of [new Float64Array(p), new Float64Array(p).fill(1e-12)]) {
      const apply = dense(bad).preconditioner?.(c, r)
      const columns = Array.from({ length: p }, (_, j) => {
        const out = new Float64Array(p)
        const unit = new Float64Array(p)
        unit[j] = 1
        apply?.(unit, out)
        return out
      })
      const along = (u: Float64Array) =>
        u.reduce((sum, a, j) => sum + a * columns[j].reduce((s, b, k) => s + b * u[k], 0), 0)
      columns.forEach((column, j) => {
        expect(column.every(Number.isFinite)).toBe(true)
        expect(column[j]).toBeGreaterThan(0)
        columns.forEach((other, k) => {
          const size = Math.sqrt(column[j] * other[k])
          expect(Math.abs(column[k] - other[j])).toBeLessThan(1e-9 * size)
        })
      })
      for (let t = 0; t < 20; t++) expect(along(numbers(p, uniform(t)))).toBeGreaterThan(0)
    }
  })

  it('without any curvature: the ridge alone, and 1 where that is 0', () => {
    const r = ridge.map((x, j) => (j % 2 ? x : 0))
    const out = solution(dense(X), new Float64Array(n), r)
    out.forEach((x, j) => {
      expect(Math.abs(x / (j % 2 ? v[j] / r[j] : v[j]) - 1)).toBeLessThan(1e-6)
    })
  })

  it('curvatures that are no numbers, or less than 0, count for nothing', () => {
    const odd = c.map((w, i) => (i % 3 === 0 ? Number.NaN : i % 3 === 1 ? -1 : w))
    const even = c.map((w, i) => (i % 3 === 2 ? w : 0))
    expect(solution(dense(X), odd)).toEqual(solution(dense(X), even))
  })
})

it('of rows that are all one the double precision stands in', () => {
  const rows = Array.from({ length: 4 }, (_, i) => [i + 1, i + 1])
  const out = new Float64Array(2)
  dense(rows).preconditioner?.(new Float64Array(4).fill(1), new Float64Array(2))(Float64Array.of(1, 1), out)
  expect(out[0] + out[1]).toBeCloseTo(2 / 60, 5)
})

it('2,100 columns, of which there is only one Gram matrix, in single precision', () => {
  const p = 2100
  const X = matrixOf(6, p, 'row-major', uniform(1))
  const v = numbers(p, uniform(2))
  for (const ridge of [1e-2, 0]) {
    const out = new Float64Array(p)
    const c = new Float64Array(6).fill(1)
    dense(X).preconditioner?.(c, new Float64Array(p).fill(ridge))(v, out)
    expect(out.every(Number.isFinite)).toBe(true)
    if (ridge === 0) continue
    // By the formula of Woodbury it is the ridge but in six directions: M out = v.
    const back = out.map((x) => ridge * x)
    for (let i = 0; i < 6; i++) {
      let eta = 0
      for (let j = 0; j < p; j++) eta += Number(X.data[i * p + j]) * out[j]
      for (let j = 0; j < p; j++) back[j] += eta * Number(X.data[i * p + j])
    }
    const size = Math.sqrt(out.reduce((sum, x) => sum + x * x, 0))
    back.forEach((x, j) => {
      expect(Math.abs(x - v[j])).toBeLessThan(1e-5 * size)
    })
  }
})

// The last has no room for a panel of any row.
it.each([
  [2, 4100],
  [1, 140_000],
])('more than 4,096 columns: the diagonal; %i × %i', (n, p) => {
  const X = matrixOf(n, p, 'row-major', uniform(1))
  const out = new Float64Array(p)
  const v = numbers(p, uniform(2))
  const c = Float64Array.of(0.5, 2).subarray(0, n)
  dense(X).preconditioner?.(c, new Float64Array(p).fill(1e-2))(v, out)
  const errors = out.map((x, j) => {
    const entry = c.reduce((sum, weight, i) => sum + weight * Number(X.data[i * p + j]) ** 2, 1e-2)
    return Math.abs((x * entry) / v[j] - 1)
  })
  expect(errors.every((error) => error < 1e-12)).toBe(true)
})

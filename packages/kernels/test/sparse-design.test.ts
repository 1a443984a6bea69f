// Sparse designs of the kernels against the plain ones: the same products to rounding, the same moments to the bit, the same errors.
import { type CsrArrays, type Design, csc as plainCsc, csr as plainCsr } from '@logodds/linear'
import { describe, expect, it } from 'vitest'
import { csc, csr, free } from '../src/index.ts'
import { takeMemory } from '../src/memory-pool.ts'
import { numbers, uniform } from './random.ts'
import { columnsOf, sparse, untidy } from './sparse-data.ts'

const absolute = (numbers: ArrayLike<number>) => Float64Array.from(numbers, Math.abs)

/** All products of a design; of positive numbers throughout, if they are to be the sums of sizes. */
function products(design: Design, K: number, seed: number, size = (v: number) => v) {
  const random = uniform(seed)
  const some = (count: number) => numbers(count, random).map(size)
  const { rows: n, columns: p } = design
  const step = Math.max(1, Math.min(17, design.blockRows))
  const w = some(p * K)
  const reader = design.reader()
  const eta: number[] = []
  const transposed = new Float64Array(p * K)
  const gram = new Float64Array((p * K) ** 2)
  for (let first = 0; first < n; first += step) {
    const rows = Math.min(step, n - first)
    const out = new Float64Array((rows + 4) * K)
    reader.read(first, rows)
    reader.multiply(w, K, out)
    eta.push(...out.subarray(0, rows * K))
    reader.multiplyTransposed(some((rows + 4) * K), K, transposed)
    const s = some((rows + 4) * K * K)
    for (let i = 0; i < rows; i++)
      for (let a = 0; a < K; a++) for (let b = 0; b < a; b++) s[(i * K + b) * K + a] = s[(i * K + a) * K + b]
    reader.gram(s, K, gram)
  }
  const gathered = new Float64Array(4 * K)
  if (n) {
    reader.gather?.(Int32Array.of(n - 1, 0, n >> 1, 0).subarray(0, Math.min(4, design.blockRows)))
    reader.multiply(w, K, gathered)
  }
  return { eta, transposed, gram, gathered }
}

const shapes = [
  [0, 3],
  [1, 1],
  [1, 129],
  [5, 0],
  [5, 3],
  [37, 7],
  [101, 17],
  [33, 129],
  [700, 2],
  [9000, 3],
  [6, 300],
] as const

describe.each(shapes)('%i × %i', (n, p) => {
  // Of columns; where sizes are to be summed, means are so, too.
  type Change = (design: Design, size?: (v: number) => number) => Design
  const changes: [string, Change][] = [
    ['as it is', (design) => design],
    ['with ones', (design) => design.withIntercept()],
    [
      'rescaled, most columns',
      (design, size = (v) => v) => {
        const random = uniform(9)
        const keep = Int32Array.from({ length: p }, (_, j) => j).filter((j) => j % 4 !== 1 || p < 3)
        return design
          .rescaled(
            numbers(p, random).map(size),
            numbers(p, random).map((v) => 0.2 + Math.abs(v)),
            keep,
          )
          .withIntercept()
      },
    ],
    [
      'rescaled, few columns, backwards',
      (design) => {
        const keep = Int32Array.from({ length: Math.ceil(p / 3) }, (_, j) => p - 1 - 3 * j).filter(
          (j) => j >= 0,
        )
        return design.withIntercept().rescaled(new Float64Array(p + 1), new Float64Array(p + 1).fill(2), keep)
      },
    ],
  ]
  // Gram matrices of 4,500 coordinates are too large for a test.
  for (const [name, change] of changes)
    for (const [filled, spread] of [
      [0.3, 0],
      [0.05, 100],
      [1, 1],
    ])
      for (const K of [1, 3])
        it(`${name}, ${filled} filled, ${spread} decades, K = ${K}: within 1e-12 of the sum of sizes`, () => {
          const given = sparse(n, p, filled, spread, uniform(n + 3 * p))
          const plain = products(change(plainCsr(given)), K, 3)
          // Of sizes of entries, and of shifts.
          const positive = plainCsr({ ...given, data: absolute(given.data) })
          const sizes = products(
            change(positive, (v) => -Math.abs(v)),
            K,
            3,
            Math.abs,
          )
          for (const form of [given, untidy(given)]) {
            const fast = products(change(csr(form)), K, 3)
            for (const key of ['eta', 'transposed', 'gram', 'gathered'] as const) {
              expect(fast[key].length).toBe(plain[key].length)
              for (let q = 0; q < plain[key].length; q++)
                if (!(Math.abs(fast[key][q] - plain[key][q]) <= 1e-12 * sizes[key][q]))
                  expect.fail(`${key} ${q}: ${fast[key][q]}, plain ${plain[key][q]}`)
            }
          }
        })

  it('moments and fingerprint are the same to the bit', () => {
    const given = sparse(n, p, 0.4, 3, uniform(n + p))
    const weights = numbers(n, uniform(4)).map((v, i) => (i % 6 === 5 ? 0 : Math.abs(v)))
    expect(csr(given).moments(weights)).toEqual(plainCsr(given).moments(weights))
    const few = (design: Design) =>
      design.withIntercept().rescaled(
        new Float64Array(p + 1).fill(0.5),
        new Float64Array(p + 1).fill(3),
        Int32Array.from({ length: p }, (_, j) => j),
      )
    expect(few(csr(given)).moments(weights)).toEqual(few(plainCsr(given)).moments(weights))
  })
})

describe('arrays', () => {
  const given = { data: [1, 2, 3], indices: [0, 2, 1], indptr: [0, 2, 2, 3], columns: 3 }

  it('mistakes are named as by the plain designs', () => {
    const mistakes: Partial<CsrArrays>[] = [
      { columns: -1 },
      { indptr: [0, 2, 1, 3] },
      { indptr: [0, 2, 2] },
      { indices: [0, 3, 1] },
      { indices: [0, -1, 1] },
      { indices: [0, 2] },
      { data: [1, Number.NaN, 3] },
      { data: [1, 2, Number.NEGATIVE_INFINITY] },
      { data: [1e308, 1e308, 3], indices: [2, 2, 1] },
    ]
    const said = (act: () => unknown) => {
      try {
        act()
      } catch (error) {
        return String(error)
      }
      throw new Error('nothing was said')
    }
    for (const wrong of mistakes) {
      const message = said(() => csr({ ...given, ...wrong }))
      expect(message).toMatch(/^RangeError: csr: expected /)
      expect(message).toBe(said(() => plainCsr({ ...given, ...wrong })))
    }
    expect(said(() => csr([[1], [Number.NaN]]))).toBe(said(() => plainCsr([[1], [Number.NaN]])))
    // So many columns that what there is for each does not fit.
    expect(said(() => csr({ data: [], indices: [], indptr: [0, 0], columns: 2 ** 30 }))).toMatch(
      /^RangeError: csr: expected what takes less than 4 GiB in memory, got \d+ bytes for 0 entries in 1 × 1073741824$/,
    )
    const rows = { ...given, rows: 2 }
    expect(said(() => csc(rows))).toBe(said(() => plainCsc(rows)))
    expect(said(() => csc(undefined as never))).toBe(said(() => plainCsc(undefined as never)))
  })

  it('are not changed, and what becomes of them later does not matter', () => {
    const data = Float64Array.of(1, 2, 3)
    const indices = Int32Array.of(0, 2, 1)
    const indptr = Int32Array.of(0, 2, 2, 3)
    const design = csr({ data, indices, indptr, columns: 3 })
    const sum = () => {
      const out = new Float64Array(3)
      const reader = design.reader()
      reader.read(0, 3)
      reader.multiply(Float64Array.of(1, 1, 1), 1, out)
      return [...out]
    }
    expect(sum()).toEqual([3, 0, 3])
    expect([[...data], [...indices], [...indptr]]).toEqual([
      [1, 2, 3],
      [0, 2, 1],
      [0, 2, 2, 3],
    ])
    for (const array of [data, indices, indptr]) array.fill(7)
    expect(sum()).toEqual([3, 0, 3])
    const few = design.rescaled(new Float64Array(3), new Float64Array(3).fill(1), Int32Array.of(2)).reader()
    const out = new Float64Array(3)
    few.read(0, 3)
    few.multiply(Float64Array.of(1), 1, out)
    expect([...out]).toEqual([2, 0, 0])
  })

  it('columns, rows of numbers, and columns beyond 16 bits give the same', () => {
    const near = sparse(40, 9, 0.4, 1, uniform(8))
    const expected = products(plainCsr(near), 1, 3)
    const same = (got: ArrayLike<number>, wanted: ArrayLike<number>) =>
      Array.from(wanted).forEach((v, q) => {
        expect(Math.abs(got[q] - v)).toBeLessThanOrEqual(1e-14 * (Math.abs(v) + 10))
      })
    for (const design of [csc(columnsOf(near)), csr(rowsOf(near))])
      for (const key of ['eta', 'transposed', 'gram', 'gathered'] as const)
        same(products(design, 1, 3)[key], expected[key])

    const apart = 10_000
    const far = csr({ ...near, indices: Int32Array.from(near.indices, (j) => j * apart), columns: 9 * apart })
    const w = numbers(9, uniform(3))
    const wide = new Float64Array(9 * apart)
    w.forEach((v, j) => {
      wide[j * apart] = v
    })
    const reader = far.reader()
    const eta = new Float64Array(44)
    reader.read(0, 40)
    reader.multiply(wide, 1, eta)
    same(eta, expected.eta)
    const [r, out, back] = [numbers(44, uniform(5)), new Float64Array(9), new Float64Array(9 * apart)]
    reader.multiplyTransposed(r, 1, back)
    const plain = plainCsr(near).reader()
    plain.read(0, 40)
    plain.multiplyTransposed(r, 1, out)
    same(
      back.filter((_, j) => j % apart === 0),
      out,
    )
    expect(back.some((v, j) => v !== 0 && j % apart !== 0)).toBe(false)
  })

  it('memory that is given back is said to be so, and used again', () => {
    const design = csr(given)
    const reader = design.reader()
    free(design)
    free(design)
    expect(() => {
      reader.read(0, 3)
      reader.multiply(new Float64Array(3), 1, new Float64Array(3))
    }).toThrow(new TypeError('csr: expected sparse rows in memory, got some that free has given back'))
    expect(() => design.moments(new Float64Array(3).fill(1 / 3))).toThrow(TypeError)
    expect(() => design.preconditioner!(new Float64Array(3), new Float64Array(3))).toThrow(TypeError)
    expect(takeMemory(1).zeroed).toBe(false)
  })
})

function rowsOf({ data, indices, indptr, columns }: CsrArrays): number[][] {
  return Array.from({ length: indptr.length - 1 }, (_, i) => {
    const row = new Array<number>(columns).fill(0)
    for (let q = indptr[i]; q < indptr[i + 1]; q++) row[indices[q]] += data[q]
    return row
  })
}

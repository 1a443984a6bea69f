// Rows that are taken out of a sparse design: the same products as the plain design's, on the same rows; in memory that is given back.
import { type Design, csr as plainCsr, type TakenRows } from '@logodds/linear'
import { describe, expect, it } from 'vitest'
import { csr, free } from '../src/index.ts'
import { numbers, uniform } from './random.ts'
import { sparse, untidy } from './sparse-data.ts'

const [n, p] = [900, 30]
const runs = [0, 5, 17, 64, 200, 1, 500, 300, 899, 1]
const rows: number[] = []
for (let at = 0; at < runs.length; at += 2) for (let i = 0; i < runs[at + 1]; i++) rows.push(runs[at] + i)
const m = rows.length

describe('rows taken of a sparse design', () => {
  const random = uniform(3)
  const given = sparse(n, p, 0.3, 2, random)
  const wide = { ...sparse(n, p, 0.3, 2, random), columns: 70_000 }
  const inner = (design: Design) =>
    design
      .rescaled(
        new Float64Array(design.columns).fill(0.1),
        new Float64Array(design.columns).fill(1.5),
        Int32Array.from({ length: p - 2 }, (_, j) => j + 1),
      )
      .withIntercept()

  it.each([
    ['tidy', given, given],
    ['untidy', untidy(given), given],
    ['more columns than 16 bits number', wide, wide],
  ])('%s: every product as of those rows alone, to rounding', (_, arrays, tidy) => {
    const indptr = [0]
    for (const i of rows) indptr.push(indptr[indptr.length - 1] + tidy.indptr[i + 1] - tidy.indptr[i])
    const some = {
      data: Float64Array.from(rows.flatMap((i) => [...tidy.data.slice(tidy.indptr[i], tidy.indptr[i + 1])])),
      indices: rows.flatMap((i) => [...Array.from(tidy.indices).slice(tidy.indptr[i], tidy.indptr[i + 1])]),
      indptr,
      columns: tidy.columns,
    }
    const [plain, own] = [inner(plainCsr(some)), inner(csr(arrays)).take?.(runs) as TakenRows]
    expect([own.rows, own.columns]).toEqual([m, p - 1])
    const w = numbers(p - 1, random)
    const r = numbers(m, random)
    const results = [plain, own].map((design: TakenRows) => {
      const eta = new Float64Array(m)
      const g = new Float64Array(p - 1)
      const reader = design.reader()
      for (let first = 0; first < m; first += design.blockRows) {
        const count = Math.min(design.blockRows, m - first)
        reader.read(first, count)
        reader.multiply(w, 1, eta.subarray(first))
        reader.multiplyTransposed(r.subarray(first), 1, g)
      }
      return [...eta, ...g]
    })
    const size = tidy.data.reduce((a, b) => Math.max(a, Math.abs(b)), 1) * m
    results[0].forEach((v, q) => {
      expect(Math.abs(v - results[1][q])).toBeLessThan(1e-12 * size)
    })
    own.release?.()
    expect(() => own.reader().multiply(w, 1, new Float64Array(m))).toThrow('free has given back')
  })

  it('of a design whose memory has been given back there are none', () => {
    const design = csr(given)
    free(design)
    expect(() => {
      const copy = design.take?.(runs) as TakenRows
      copy.reader().multiply(new Float64Array(p), 1, new Float64Array(m))
    }).toThrow('free has given back')
  })
})

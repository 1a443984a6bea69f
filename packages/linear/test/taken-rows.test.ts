// Some rows of a design: viewed where they are, or copied, they give what a design of those rows alone gives.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csr, type Design, dense, type TakenRows } from '../src/index.ts'
import { problemOracle } from '../src/objective.ts'
import { hessianPreconditioner } from '../src/preconditioner.ts'
import type { Problem } from '../src/problem.ts'
import { sampledProblem, takenRows, viewOf } from '../src/taken-rows.ts'

function random(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 31 - 1
  }
}

const without = (design: Design, part: 'gather' | 'take'): Design => ({
  ...design,
  ...(part === 'take' && { take: () => undefined }),
  reader() {
    const { gather, ...reader } = design.reader()
    return part === 'gather' ? reader : { ...reader, ...(gather && { gather }) }
  },
})

// Runs of some of n rows, in turn.
const anyRuns = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 60 }))))
  .map(([n, steps]) => {
    const runs: number[] = []
    let first = 0
    for (const [gap, count] of steps) {
      first += gap
      if (first >= n) break
      runs.push(first, Math.min(count, n - first))
      first += count
    }
    return { n, runs: runs.length ? runs : [0, n] }
  })

describe('some rows of a design', () => {
  const p = 5
  const entries = (n: number, seed: number) => {
    const next = random(seed)
    return Float64Array.from({ length: n * p }, () => (next() < -0.2 ? 0 : next()))
  }
  const sparse = (x: Float64Array) => {
    const there = [...x.keys()].filter((q) => x[q])
    const indptr = Array.from({ length: x.length / p + 1 }, (_, i) => there.filter((q) => q < i * p).length)
    return csr({ data: there.map((q) => x[q]), indices: there.map((q) => q % p), indptr, columns: p })
  }
  const ways: [string, (x: Float64Array) => Design, (design: Design) => Design][] = [
    ['dense, gathered', (x) => dense(x, [x.length / p, p]), (d) => d],
    ['dense, by runs', (x) => dense(x, [x.length / p, p]), (d) => without(d, 'gather')],
    ['sparse, copied', sparse, (d) => d],
    ['sparse, gathered', sparse, (d) => without(d, 'take')],
    ['sparse, by runs', sparse, (d) => without(without(d, 'take'), 'gather')],
  ]
  it.each(ways)('%s: value, gradient, Hessian and preconditioner as of those rows alone', (_, make, change) =>
    fc.assert(
      fc.property(anyRuns, fc.nat(1e6), ({ n, runs }, seed) => {
        const next = random(seed)
        const x = entries(n, seed)
        const rows: number[] = []
        for (let at = 0; at < runs.length; at += 2)
          for (let i = 0; i < runs[at + 1]; i++) rows.push(runs[at] + i)
        const m = rows.length
        const numbers = (count: number) => Float64Array.from({ length: count }, next)
        const [centre, scale] = [numbers(p), numbers(p).map((v) => 1 + v / 2)]
        const keep = Int32Array.of(0, 1, 3, 4)
        const inner = (design: Design) => design.rescaled(centre, scale, keep).withIntercept()
        const problem: Problem = {
          blocks: binaryCrossEntropyBlocks,
          width: 1,
          y: numbers(n).map((v) => +(v > 0)),
          weights: new Float64Array(n).fill(1 / n),
          offset: numbers(n),
        }
        const sample = { rows: m, runs, weights: new Float64Array(m).fill(1 / m) }
        const of = sampledProblem(problem, sample)
        expect(of.y).toEqual(Float64Array.from(rows, (i) => problem.y[i]))
        expect(of.offset).toEqual(Float64Array.from(rows, (i) => problem.offset![i]))
        const alone = inner(make(Float64Array.from(rows.flatMap((i) => [...x.subarray(i * p, (i + 1) * p)]))))
        const some = takenRows(change(inner(make(x))), sample)
        expect([some.rows, some.columns]).toEqual([m, p])

        const at = numbers(p)
        const answers = [some, alone].map((design: TakenRows) => {
          const gradient = new Float64Array(p)
          const hessian = new Float64Array(p * p)
          const value = problemOracle(design, of).oracle({ ask: 'hessian', at, gradient, hessian })
          const solved = new Float64Array(p)
          hessianPreconditioner(design, of.weights, new Float64Array(p).fill(0.1))(at, solved)
          return [value, ...gradient, ...hessian, ...solved]
        })
        // Sums over m rows that weigh 1 together, of numbers within 10 in size.
        answers[0].forEach((v, q) => {
          expect(Math.abs(v - answers[1][q])).toBeLessThan(1e-12 * 100)
        })
      }),
      { numRuns: 60 },
    ),
  )

  it('a view asks the design for its preconditioner, with curvatures where its rows are', () => {
    const design = dense(entries(20, 1), [20, p])
    let given: Float64Array | undefined
    const watched: Design = {
      ...design,
      preconditioner(curvature) {
        given = curvature
        return (v, out) => out.set(v)
      },
    }
    const view = viewOf(watched, { rows: 5, runs: [2, 3, 10, 2], weights: new Float64Array(5).fill(0.2) })
    view.preconditioner?.(Float64Array.of(1, 2, 3, 4, 5), new Float64Array(p))
    const expected = new Float64Array(20)
    expected.set([1, 2, 3], 2)
    expected.set([4, 5], 10)
    expect(given).toEqual(expected)
  })
})

// What an objective in memory answers beside value, gradient, curvature and Hessian: samples, the dual, and quadratic models.
import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  categoricalCrossEntropyBlocks,
  type Loss,
  type ScalarLoss,
} from '@logodds/core'

import { checkDerivatives, l2, type ModelQuery } from '@logodds/optim'
import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, it } from 'vitest'
import type { Design } from '../src/index.ts'
import { dense, type ObjectiveOptions, objective, standardized, withIntercept } from '../src/index.ts'

// Deterministic numbers in [−1, 1].
function numbers(count: number, seed: number): number[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x3fffffff - 1
  })
}

const n = 37
const p = 5
const size = p + 1
const flat = numbers(n * p, 7)
const X = Array.from({ length: n }, (_, i) => flat.slice(i * p, (i + 1) * p))
const weights = numbers(n, 3).map((w) => Math.max(0, w + 0.5))
const total = weights.reduce((a, b) => a + b)
const squared: ScalarLoss = {
  name: 'squared',
  value: (eta, y) => 0.5 * (eta - y) ** 2,
  gradient: (eta, y) => eta - y,
  hessian: () => 1,
  smoothness: 1,
  conjugate: (u, y) => u * (y + u / 2),
}
const cases = [
  { name: 'logistic', loss: binaryCrossEntropy as Loss, y: numbers(n, 5).map((v) => +(v > 0)), width: 1 },
  { name: 'squared', loss: squared, y: numbers(n, 5), width: 1 },
  {
    name: 'softmax',
    loss: { ...categoricalCrossEntropy, blocks: categoricalCrossEntropyBlocks } as Loss,
    y: numbers(n, 9).map((v) => (v < -0.3 ? 0 : v < 0.3 ? 1 : 2)),
    width: 3,
  },
]

describe.each(cases)('$name', ({ loss, y, width: K }) => {
  const offset = numbers(n * K, 11)
  const ridge = l2(0.3, {
    weights: Array.from({ length: size * K }, (_, q) => (q < p * K ? (q % 3) + 1 : 0)),
  })
  const make = (penalised: boolean, more: Partial<ObjectiveOptions> = {}) =>
    objective({
      design: withIntercept(standardized(dense(X), weights)),
      loss,
      y,
      weights,
      offset,
      width: K,
      ...(penalised && { penalty: ridge }),
      ...more,
    })
  const at = Float64Array.from(numbers(size * K, 13))

  it.each([false, true])(
    'a sample is unbiased: exactly so over any partition of the rows (penalty: %s)',
    (penalised) => {
      const f = make(penalised)
      expect(f.rows).toBe(n)
      const whole = new Float64Array(size * K)
      const value = f({ ask: 'gradient', at, gradient: whole })
      fc.assert(
        fc.property(
          fc.shuffledSubarray(
            Array.from({ length: n }, (_, i) => i),
            { minLength: n },
          ),
          fc.array(fc.integer({ min: 1, max: n - 1 }), { maxLength: 4 }),
          (order, cuts) => {
            const borders = [0, ...new Set(cuts), n].sort((a, b) => a - b)
            const mean = new Float64Array(size * K)
            let meanValue = 0
            borders.slice(1).forEach((end, b) => {
              const rows = Int32Array.from(order.slice(borders[b], end))
              const gradient = new Float64Array(size * K).fill(9)
              // The probability of a part is its share of the rows.
              meanValue += (rows.length / n) * f({ ask: 'sample-gradient', at, gradient, rows })
              for (let q = 0; q < size * K; q++) mean[q] += (rows.length / n) * gradient[q]
            })
            expect(Math.abs(meanValue - value)).toBeLessThan(1e-14)
            for (let q = 0; q < size * K; q++) expect(Math.abs(mean[q] - whole[q])).toBeLessThan(1e-14)
          },
        ),
        { numRuns: 30 },
      )
      expect(f.passes).toBe(1)
    },
  )

  it('derivatives agree with differences', () => {
    expect(checkDerivatives(make(true), at)).toMatchObject({ ok: true })
  })

  it('a sample of all rows in order is the whole; twice a row counts twice; more rows than a block has are served', () => {
    const f = make(true)
    const rows = Int32Array.from(X, (_, i) => i)
    const [a, b, c] = [0, 0, 0].map(() => new Float64Array(size * K))
    const value = f({ ask: 'gradient', at, gradient: a })
    expect(Math.abs(f({ ask: 'sample-gradient', at, gradient: b, rows }) - value)).toBeLessThan(1e-15)
    const thrice = Int32Array.from([...rows, ...rows, ...rows].flatMap((i) => [i, i, i, i, i, i]))
    expect(thrice.length).toBeGreaterThan(withIntercept(dense(X)).blockRows)
    f({ ask: 'sample-gradient', at, gradient: c, rows: thrice })
    for (let q = 0; q < size * K; q++) {
      expect(Math.abs(b[q] - a[q])).toBeLessThan(1e-15)
      expect(Math.abs(c[q] - a[q])).toBeLessThan(1e-14)
    }
  })

  it('a design that cannot gather rows gives the same sample, row by row', () => {
    const design = withIntercept(dense(X))
    const plain: Design = {
      ...design,
      reader: () => {
        const { gather: _, ...reader } = design.reader()
        return reader
      },
    }
    const rows = Int32Array.of(30, 2, 17, 2, 36)
    const answer = (d: Design) => {
      const gradient = new Float64Array(size * K)
      return [make(true, { design: d })({ ask: 'sample-gradient', at, gradient, rows }), ...gradient]
    }
    const expected = answer(design)
    answer(plain).forEach((v, q) => {
      expect(Math.abs(v - expected[q])).toBeLessThan(1e-14)
    })
  })

  it('refuses rows that there are not, and none', () => {
    const gradient = new Float64Array(size * K)
    for (const rows of [[n], [-1], []])
      expect(() =>
        make(false)({ ask: 'sample-gradient', at, gradient, rows: Int32Array.from(rows) }),
      ).toThrow('sample-gradient: expected rows from 0 to 36')
  })

  // From X, y and the textbook: −Σ s ℓ*(c g) + c Σ s g o − P*(−c Xᵀ s g).
  it.each([1, 0.4])('the dual at c = %s is the dense formula, and below every value', (scale) => {
    const f = make(false)
    const gradient = new Float64Array(size * K)
    const value = f({ ask: 'gradient', at, gradient })
    const eta = X.map((_, i) => etaOf(at, i))
    let expected = 0
    eta.forEach((z, i) => {
      const s = weights[i] / total
      const g = slopeOf(z, y[i])
      // Fenchel and Young: at c = 1, ℓ*(g) = gη − ℓ(η); else the supremum over a grid is below ℓ*.
      if (scale === 1) expected -= s * (g.reduce((sum, v, k) => sum + v * z[k], 0) - lossOf(z, y[i]))
      expected += s * scale * g.reduce((sum, v, k) => sum + v * offset[i * K + k], 0)
    })
    const dual = f({ ask: 'dual', at, scale, gradient })
    if (scale === 1) expect(Math.abs(dual - expected)).toBeLessThan(1e-14)
    // A penalty on everything makes it a lower bound of everything.
    const everywhere = l2(0.2)
    const bound = make(false, { penalty: everywhere })
    bound({ ask: 'gradient', at, gradient })
    const lower = bound({ ask: 'dual', at, scale, gradient })
    f({ ask: 'gradient', at, gradient })
    expect(lower).toBeCloseTo(
      f({ ask: 'dual', at, scale, gradient }) - everywhere.conjugate(gradient, scale),
      14,
    )
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: size * K, maxLength: size * K }),
        (w) => bound({ ask: 'value', at: Float64Array.from(w) }) >= lower - 1e-14,
      ),
      { numRuns: 100 },
    )
    expect(value).toBeGreaterThan(0)
  })

  describe.each(['gram', 'residual'] as const)('the model in %s form', (form) => {
    it.each([false, true])('is the Taylor polynomial (penalty: %s)', (penalised) => {
      const f = make(penalised, { model: form })
      const m = size * K
      const gradient = new Float64Array(m)
      const hessian = new Float64Array(m * m)
      const value = f({ ask: 'hessian', at, gradient, hessian })
      const query: ModelQuery = { ask: 'model', at, gradient: new Float64Array(m) }
      expect(Math.abs(f(query) - value)).toBeLessThan(1e-15)
      const model = query.model!
      expect(model.size).toBe(m)
      const d = new Float64Array(m)
      const check = () => {
        for (let j = 0; j < m; j++) {
          const slope = d.reduce((sum, v, q) => sum + hessian[j * m + q] * v, gradient[j])
          expect(Math.abs(model.slope(j) - slope)).toBeLessThan(1e-13)
          expect(Math.abs(model.curvature(j) - hessian[j * m + j])).toBeLessThan(1e-14)
        }
      }
      check()
      numbers(3 * m, 21).forEach((by, t) => {
        d[(5 * t) % m] += by
        model.move((5 * t) % m, by)
      })
      check()
      // Another point: the same buffers, and nothing left of the old one.
      const other = Float64Array.from(numbers(m, 29))
      f({ ask: 'hessian', at: other, gradient, hessian })
      query.at.set(other)
      f(query)
      expect(query.model).toBe(model)
      d.fill(0)
      check()
      // A model of somebody else is not taken for one's own.
      const foreign: ModelQuery = { ask: 'model', at: other, gradient: new Float64Array(m), model }
      make(penalised, { model: form })(foreign)
      expect(foreign.model).not.toBe(model)
    })
  })

  it('the point of a line search that is passed over costs one pass, the model one more, when it is made', () => {
    const f = make(false, { model: 'gram' })
    const query: ModelQuery = { ask: 'model', at, gradient: new Float64Array(size * K) }
    f(query)
    query.model!.slope(0)
    expect(f.passes).toBe(1)
    query.model!.move(0, 0.1)
    expect(f.passes).toBe(2)
  })

  it('answers do not depend on strides: bit for bit', () => {
    const columnMajor = Float64Array.from({ length: n * p }, (_, q) => X[q % n][Math.floor(q / n)])
    const view = ndarray(columnMajor, [p, n]).transpose(1, 0)
    const answer = (design: Design) => {
      const out: number[] = []
      for (const model of ['gram', 'residual'] as const) {
        const f = make(true, { design: withIntercept(standardized(design, weights)), model })
        const gradient = new Float64Array(size * K)
        out.push(f({ ask: 'sample-gradient', at, gradient, rows: Int32Array.of(3, 36, 3, 8) }), ...gradient)
        const query: ModelQuery = { ask: 'model', at, gradient }
        out.push(f(query))
        query.model!.move(1, 0.5)
        for (let j = 0; j < size * K; j++) out.push(query.model!.slope(j), query.model!.curvature(j))
        out.push(f({ ask: 'dual', at, scale: 0.7, gradient }))
      }
      return out
    }
    expect(answer(dense(view))).toEqual(answer(dense(X)))
  })

  function etaOf(w: Float64Array, i: number): number[] {
    const mean = X[0].map((_, j) => X.reduce((sum, row, r) => sum + (weights[r] / total) * row[j], 0))
    const sd = X[0].map((_, j) =>
      Math.sqrt(X.reduce((sum, row, r) => sum + (weights[r] / total) * (row[j] - mean[j]) ** 2, 0)),
    )
    const x = [...X[i].map((v, j) => (v - mean[j]) / sd[j]), 1]
    return Array.from({ length: K }, (_, k) =>
      x.reduce((sum, v, j) => sum + v * w[j * K + k], offset[i * K + k]),
    )
  }
  function lossOf(z: number[], target: number): number {
    return K > 1
      ? Math.log(z.reduce((sum, v) => sum + Math.exp(v), 0)) - z[target]
      : (loss as typeof squared & { value(z: number, y: number): number }).value(z[0], target)
  }
  function slopeOf(z: number[], target: number): number[] {
    const sum = z.reduce((a, v) => a + Math.exp(v), 0)
    return K > 1
      ? z.map((v, k) => Math.exp(v) / sum - +(k === target))
      : [(loss as { gradient(z: number, y: number): number }).gradient(z[0], target)]
  }
})

it('a loss without a conjugate has no dual', () => {
  const { conjugate: _, ...bare } = squared as typeof squared & { conjugate: unknown }
  const f = objective({ design: dense(X), loss: bare as Loss, y: cases[1].y })
  const gradient = new Float64Array(p)
  expect(() => f({ ask: 'dual', at: new Float64Array(p), scale: 1, gradient })).toThrow(
    'dual: expected a loss with a conjugate, got one without',
  )
})

it('more coordinates than rows are served in residual form: no matrix of their square is made', () => {
  const wide = numbers(6 * 3000, 31)
  const f = objective({ design: dense(wide, [6, 3000]), loss: squared, y: numbers(6, 5) })
  const query: ModelQuery = { ask: 'model', at: new Float64Array(3000), gradient: new Float64Array(3000) }
  f(query)
  query.model!.move(7, 1)
  const expected = wide.reduce(
    (sum, v, q) => (q % 3000 === 9 ? sum + (v * wide[q - 2]) / 6 : sum),
    query.gradient[9],
  )
  expect(query.model!.slope(9)).toBeCloseTo(expected, 14)
  expect(f.passes).toBe(1)
})

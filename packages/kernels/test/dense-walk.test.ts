// Sweeps over the rows of a stored matrix are the visits of one row at a time, in plain TypeScript, up to rounding.
import { binaryCrossEntropy, binaryCrossEntropyBlocks, squared } from '@logodds/core'
import {
  auto,
  type Design,
  fitLogistic,
  objective,
  dense as plainDense,
  standardized,
  withDualModel,
  withIntercept,
} from '@logodds/linear'
import { type DualCoordinates, type DualModelQuery, dualCoordinateDescent, l2 } from '@logodds/optim'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dense, free, matrix } from '../src/index.ts'

const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }

// Numbers in (−1, 1) from a seed.
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

const rowsOf = (n: number, p: number, next: () => number, mean: number, scale: number) =>
  Array.from({ length: n }, () => Array.from({ length: p }, (_, j) => scale * (mean * (j % 3) + next())))

/** As dual coordinate descent does it without `sweep`. */
function plainSweep(model: DualCoordinates, order: Int32Array): number {
  let moved = 0
  for (const i of order) {
    const h = model.curvature(i) || 1e-12
    const by = model.prox(i, model.dual[i] - model.slope(i) / h, 1 / h) - model.dual[i]
    model.move(i, by)
    moved += h * by * by
  }
  return moved
}

const variants: Record<string, (design: Design, weights: number[]) => Design> = {
  'as it is': (design) => design,
  'with ones': withIntercept,
  standardised: (design, weights) => withIntercept(standardized(design, weights)),
  'every other column': (design) => {
    const p = design.columns
    const keep = Int32Array.from({ length: Math.ceil(p / 2) }, (_, k) => 2 * k)
    const { mean } = design.moments(new Float64Array(design.rows).fill(1 / design.rows))
    const centre = mean.map((v) => v / 2)
    return withIntercept(design.rescaled(centre, new Float64Array(p).fill(2), keep))
  },
}

describe.each(Object.entries(variants))('%s', (name, make) => {
  it.each([1, 3, 7, 17, 129])('p = %d: α, w and the moves', (p) => {
    for (const n of [1, 5, 40])
      for (const [mean, scale] of [
        [0, 1],
        [0.5, 1e-6],
        [100, 1e6],
      ] as const) {
        const next = random(p * n)
        const unit = name === 'standardised' ? 1 : scale
        const strength = 0.01 * unit * unit
        const X = rowsOf(n, p, next, mean, scale)
        const weights = X.map((_, i) => (i % 5 === 2 ? 0 : 1 + next()))
        const y = X.map((_, i) => (i % 4 === 1 ? 0.3 : +(next() > 0)))
        const offset = X.map(() => 3 * next())
        const models = [plainDense(X), dense(X)].map((each) => {
          const design = make(each, weights)
          const size = design.columns
          const ridge = l2(strength, {
            weights: Array.from({ length: size }, (_, j) =>
              j === size - 1 && name !== 'as it is' ? 0 : 1 + (j % 2),
            ),
          })
          const f = objective({
            design,
            loss,
            y,
            weights,
            offset,
            penalty: size > 1 || name === 'as it is' ? ridge : l2(0.1),
          })
          const query: DualModelQuery = {
            ask: 'dual-model',
            at: new Float64Array(size),
            gradient: new Float64Array(size),
          }
          f(query)
          return { f, query, model: query.dual!, w: new Float64Array(size) }
        })
        const [plain, own] = models
        expect(plain.model.sweep).toBeUndefined()
        const agree = () => {
          for (const { model, w } of models) model.primal(w)
          // What rounding of α does to w.
          const longest =
            (plain.model.dual.reduce((sum, a) => sum + Math.abs(a), 0) * unit * (1 + mean)) / strength
          plain.model.dual.forEach((a, i) => {
            expect(Math.abs(own.model.dual[i] - a)).toBeLessThan(1e-11)
            const square = plain.model.curvature(i)
            expect(Math.abs(own.model.curvature(i) - square)).toBeLessThanOrEqual(1e-12 * square)
          })
          plain.w.forEach((v, j) => {
            expect(Math.abs(own.w[j] - v)).toBeLessThan(1e-9 * Math.max(longest, 1))
          })
        }
        const order = Int32Array.from(X, (_, i) => (3 * i) % n)
        for (let epoch = 0; epoch < 4; epoch++) {
          const expected = plainSweep(plain.model, order)
          expect(Math.abs(own.model.sweep!(order) - expected)).toBeLessThan(1e-9 * expected + 1e-13)
          agree()
        }
        // Visits of single rows in between, and another point for what is held.
        for (const { f, query, model, w } of models) {
          model.move(0, 0.01)
          model.primal(w)
          query.at.set(w.map((v) => v / 2))
          f(query)
          expect(query.dual).toBe(model)
        }
        plainSweep(plain.model, order)
        own.model.sweep!(order)
        agree()
      }
  })
})

it('more rows than there is room for go in pieces', () => {
  const next = random(9)
  const X = rowsOf(20_000, 3, next, 0, 1)
  const y = X.map(([v]) => +(v + next() > 0))
  const [plain, own] = [plainDense(X), dense(X)].map((design) => {
    const f = objective({ design, loss, y, penalty: l2(0.1) })
    const query: DualModelQuery = {
      ask: 'dual-model',
      at: new Float64Array(3),
      gradient: new Float64Array(3),
    }
    f(query)
    return query.dual!
  })
  const order = Int32Array.from(X, (_, i) => (7 * i) % X.length)
  const expected = plainSweep(plain, order)
  expect(Math.abs(own.sweep!(order) / expected - 1)).toBeLessThan(1e-10)
  plain.dual.forEach((a, i) => {
    expect(Math.abs(own.dual[i] - a)).toBeLessThan(1e-15)
  })
})

it('columns that are there twice, and other losses, go row by row', () => {
  const X = rowsOf(6, 4, random(1), 0, 1)
  const twice = dense(X).rescaled(new Float64Array(4), new Float64Array(4).fill(1), Int32Array.of(1, 1, 3))
  for (const [design, other] of [
    [twice, loss],
    [dense(X), squared],
  ] as const) {
    const f = objective({ design, loss: other, y: [0, 1, 1, 0, 1, 0], penalty: l2(0.1) })
    const size = design.columns
    const query: DualModelQuery = {
      ask: 'dual-model',
      at: new Float64Array(size),
      gradient: new Float64Array(size),
    }
    f(query)
    expect(query.dual!.sweep).toBeUndefined()
    expect(plainSweep(query.dual!, Int32Array.of(0, 1, 2, 3, 4, 5))).toBeGreaterThan(0)
  }
})

it('dual coordinates far out in the tails', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 8, maxLength: 8 }),
      fc.double({ min: -6, max: 8, noNaN: true }),
      fc.double({ min: -800, max: 800, noNaN: true }),
      (numbers, exponent, o) => {
        const X = [0, 2, 4, 6].map((q) => [numbers[q] || 0.5, numbers[q + 1] || 1])
        const y = [0, 1, 1, 0]
        const [plain, own] = [plainDense(X), dense(X)].map((design) => {
          const f = objective({ design, loss, y, offset: y.map(() => o), penalty: l2(10 ** -exponent) })
          const query: DualModelQuery = {
            ask: 'dual-model',
            at: new Float64Array(2),
            gradient: new Float64Array(2),
          }
          f(query)
          return query.dual!
        })
        const order = Int32Array.of(2, 0, 1, 3)
        plainSweep(plain, order)
        own.sweep!(order)
        plain.dual.forEach((a, i) => {
          expect(Math.abs(own.dual[i] - a)).toBeLessThan(1e-10 * Math.abs(a) + 1e-15)
        })
      },
    ),
    { seed: 2, numRuns: 200 },
  )
})

it('a wide fit is the same as without the kernels, and a design that was given back says so', () => {
  const next = random(4)
  const X = rowsOf(60, 300, next, 0.2, 1)
  const y = X.map((row) => +(row[0] + row[1] + next() > 0.2))
  for (const intercept of [false, true]) {
    const own = matrix(60, 300)
    own.data.set(X.flat())
    const design = dense(own)
    const [plain, quick] = [X, design].map((each) =>
      fitLogistic(each, y, {
        penalty: l2(0.01),
        intercept,
        tolerance: 1e-10,
        solver: (penalty, context) => withDualModel(penalty, context, dualCoordinateDescent(context)),
      }),
    )
    expect(quick.fit.status).toBe('converged')
    expect(quick.fit.passes).toBe(plain.fit.passes)
    plain.coefficients[0].forEach((v, j) => {
      expect(Math.abs(quick.coefficients[0][j] - v)).toBeLessThan(1e-9)
    })
    const f = objective({ design, loss, y, penalty: l2(0.01) })
    const query: DualModelQuery = {
      ask: 'dual-model',
      at: new Float64Array(300),
      gradient: new Float64Array(300),
    }
    f(query)
    free(design)
    expect(() => query.dual!.sweep!(Int32Array.of(0))).toThrow(
      new TypeError('dense: expected a matrix in memory, got one that free has given back'),
    )
  }
})

describe('wide fits by auto(), on the kernels, are those of L-BFGS', () => {
  const next = random(21)
  const [n, p] = [41, 171]
  const X = rowsOf(n, p, next, 0.6, 1)
  for (const row of X) {
    row[5] = 2
    row[6] = row[7]
  }
  const y = X.map((row) => +(row[0] + row[1] + 0.5 * next() > 1.2))
  const cases: Record<string, Parameters<typeof fitLogistic>[2] & { y?: number[]; X?: number[][] }> = {
    'weights, some of them 0': { weights: X.map((_, i) => (i % 6 === 1 ? 0 : 1 + (i % 3))) },
    'an offset': { offset: X.map(() => 3 * next()) },
    'a class of two rows': { y: X.map((_, i) => +(i === 7 || i === 30)) },
    'weights of classes': { y: X.map((_, i) => +(i % 9 === 0)), classWeights: 'balanced' },
    'separable classes, hardly penalised': { penalty: l2(1e-4) },
    'strongly penalised': { penalty: l2(30) },
    'means far from 0': { X: X.map((row) => row.map((v, j) => v + 50 * (j % 4))) },
    'columns of many scales': { X: X.map((row) => row.map((v, j) => v * 10 ** ((j % 5) - 2))) },
  }
  it.each(Object.entries(cases))('%s', (_, { y: labels = y, X: numbers = X, ...options }) => {
    // Without an intercept, rows that are alike are for another solver.
    for (const intercept of numbers === X ? [true, false] : [true])
      for (const standardize of [true, false]) {
        const given = { penalty: l2(0.02), tolerance: 1e-11, intercept, standardize, ...options }
        const own = fitLogistic(dense(numbers), labels, { ...given, solver: auto() })
        expect(own.fit.message).toContain('dual coordinate descent')
        expect(own.fit.status).toBe('converged')
        expect(own.fit.gradientNorm).toBeLessThan(1e-11)
        expect(own.fit.dualityGap).toBeLessThan(1e-12)
        const peer = fitLogistic(numbers, labels, given)
        expect(Math.abs(own.fit.logLikelihood! / peer.fit.logLikelihood! - 1)).toBeLessThan(1e-8)
        const size = Math.max(...peer.coefficients[0].map(Math.abs))
        peer.coefficients[0].forEach((v, j) => {
          expect(Math.abs(own.coefficients[0][j] - v)).toBeLessThan(1e-6 * size)
        })
        const far = Math.abs(own.intercepts[0] - peer.intercepts[0])
        expect(far).toBeLessThan(1e-6 * Math.max(1, Math.abs(peer.intercepts[0])))
      }
  })
})

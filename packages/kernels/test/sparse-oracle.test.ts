// The fused pass over sparse rows against the plain seam, and fits against those of plain designs.
import { binaryCrossEntropy, binaryCrossEntropyBlocks, huber, poissonDeviance, squared } from '@logodds/core'
import {
  auto,
  type CsrArrays,
  type Design,
  decision,
  fitLinear,
  fitLogistic,
  type LogisticOptions,
  objective,
  csr as plainCsr,
  standardized,
} from '@logodds/linear'
import { elasticNet, fista, l1, l2, lbfgs, minimize, newton, newtonCg, proximalNewton } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { csc, csr } from '../src/index.ts'
import { numbers, uniform } from './random.ts'
import { columnsOf, sparse, untidy } from './sparse-data.ts'

const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }

function eachBlock({ rows, blockRows }: Design, visit: (first: number, rows: number) => void) {
  for (let first = 0; first < rows; first += blockRows) visit(first, Math.min(blockRows, rows - first))
}

const sizes = (of: ArrayLike<number>) => Float64Array.from(of, Math.abs)

/** All that an oracle says, in an order in which what it remembers would show. */
function answers(
  design: Design,
  y: Float64Array,
  weights: Float64Array,
  offset: Float64Array | undefined,
  size: number,
) {
  const oracle = objective({ design, loss, y, weights, offset })
  const p = design.columns
  const random = uniform(5)
  const said: { name: string; numbers: ArrayLike<number>; at: Float64Array; along: Float64Array }[] = []
  for (const round of [1, 2]) {
    const at = numbers(p, random).map((v) => size * v)
    const along = numbers(p, random)
    const gradient = numbers(p, random)
    const product = numbers(p, random)
    const hessian = numbers(p * p, random)
    const say = (name: string, of: ArrayLike<number>) =>
      said.push({ name: `${name} ${round}`, numbers: of, at, along })
    say('value', [oracle({ ask: 'value', at })])
    oracle({ ask: 'curvature', at, along, product })
    say('product', product.slice())
    say('value', [oracle({ ask: 'gradient', at, gradient })])
    say('gradient', gradient.slice())
    say('value', [oracle({ ask: 'hessian', at, gradient, hessian })])
    say('gradient', gradient)
    say('hessian', hessian)
    oracle({ ask: 'curvature', at, along, product })
    say('product', product)
    const next = at.map((v) => v / 2)
    const slope = gradient.slice()
    said.push({
      name: 'value next',
      numbers: [oracle({ ask: 'gradient', at: next, gradient: slope })],
      at: next,
      along,
    })
    said.push({ name: 'gradient next', numbers: slope, at: next, along })
  }
  return said
}

const shapes = [
  [1, 1],
  [5, 3],
  [37, 7],
  [101, 17],
  [60, 129],
  [3000, 5],
] as const

describe.each(shapes)('%i × %i', (n, p) => {
  // At 500 most rows are as good as certain, at 1e6 they are far in the tails.
  for (const [filled, spread] of [
    [0.3, 0],
    [0.1, 40],
    [1, 1],
  ])
    it.each([0, 1, 30, 500, 1e6])(`${filled} filled, ${spread} decades, coefficients of size %f`, (size) => {
      const random = uniform(n + p)
      const given = sparse(n, p, filled, spread, random)
      const y = numbers(n, random).map((v, i) => (i % 3 ? +(v > 0) : (v + 1) / 2))
      const weights = numbers(n, random).map((v, i) => (i % 4 === 3 && n > 3 ? 0 : 0.1 + Math.abs(v)))
      const total = weights.reduce((a, b) => a + b)
      const offset = n % 2 ? numbers(n, random) : undefined
      const change = (design: Design) => design.withIntercept()
      const plain = answers(change(plainCsr(given)), y, weights, offset, size)
      const fast = answers(change(csr(given)), y, weights, offset, size)
      // Sizes of the terms of every sum: |x||w|, …; what rounding does to η it does to all that follows, at most so many times.
      const positive = change(plainCsr({ ...given, data: sizes(given.data) }))
      const product = (w: Float64Array) => {
        const out = new Float64Array(n + positive.blockRows)
        const reader = positive.reader()
        eachBlock(positive, (first, rows) => {
          reader.read(first, rows)
          reader.multiply(w, 1, out.subarray(first))
        })
        return out.slice(0, n)
      }
      const transposed = (r: Float64Array) => {
        const out = new Float64Array(p + 1)
        const reader = positive.reader()
        eachBlock(positive, (first, rows) => {
          reader.read(first, rows)
          reader.multiplyTransposed(r.subarray(first), 1, out)
        })
        return out
      }
      const gram = (c: Float64Array) => {
        const out = new Float64Array((p + 1) ** 2)
        const reader = positive.reader()
        eachBlock(positive, (first, rows) => {
          reader.read(first, rows)
          reader.gram(c.subarray(first), 1, out)
        })
        for (let j = 0; j <= p; j++) for (let k = 0; k < j; k++) out[k * (p + 1) + j] = out[j * (p + 1) + k]
        return out
      }
      plain.forEach(({ name, numbers: expected, at, along }, q) => {
        const got = fast[q].numbers
        const eta = product(sizes(at)).map((v, i) => 1 + v + Math.abs(offset?.[i] ?? 0))
        const share = (i: number) => (weights[i] ?? 0) / total
        const each = eta.map((v, i) => share(i) * v)
        const moved = product(sizes(along))
        const bounds: Record<string, () => ArrayLike<number>> = {
          value: () => [each.reduce((a, b) => a + b)],
          gradient: () => transposed(each),
          hessian: () => gram(each),
          product: () => transposed(each.map((v, i) => v * (1 + moved[i]))),
        }
        const most = bounds[name.split(' ')[0]]()
        expect(got.length).toBe(expected.length)
        for (let j = 0; j < got.length; j++)
          if (!(Math.abs(got[j] - expected[j]) <= 1e-12 * most[j]))
            expect.fail(`${name}, ${j}: ${got[j]}, plain ${expected[j]}, sizes ${most[j]}`)
      })
    })
})

/** A problem with a badly scaled column, one far from 0, one constant and one that is empty. */
function problem() {
  const random = uniform(12)
  const n = 400
  const given = sparse(n, 8, 0.4, 0, random)
  const entries: [number, number][][] = Array.from({ length: n }, (_, i) => {
    const row: [number, number][] = []
    for (let q = given.indptr[i]; q < given.indptr[i + 1]; q++)
      row.push([given.indices[q], given.data[q] * (given.indices[q] === 1 ? 1e-6 : 1)])
    return [...row, [8, 1e6 + random()], [9, 1 / 3]]
  })
  const indptr = [0]
  for (const row of entries) indptr.push(indptr[indptr.length - 1] + row.length)
  const arrays: CsrArrays = {
    data: entries.flatMap((row) => row.map(([, v]) => v)),
    indices: entries.flatMap((row) => row.map(([j]) => j)),
    indptr,
    columns: 11,
  }
  const y = entries.map((row) => ((row[0]?.[1] ?? 0) < 1 && row[0][1] + random() > 0 ? 'yes' : 'no'))
  return {
    arrays,
    y,
    weights: numbers(n, random).map((v) => Math.floor(2 + 2 * v)),
    offset: numbers(n, random),
  }
}

describe('a fit is that of the plain design', () => {
  const { arrays, y, weights, offset } = problem()
  const tolerance = 1e-10
  const cases: [string, LogisticOptions][] = [
    ['maximum likelihood', {}],
    ['ridge', { penalty: l2(1e-2), tolerance }],
    ['ridge, not standardised', { penalty: l2(1e-2), standardize: false, weights, offset, tolerance }],
    ['ridge, no intercept', { penalty: l2(1e-2), intercept: false, tolerance }],
    ['ℓ1', { penalty: l1(1e-2), tolerance }],
    [
      'ℓ1 by FISTA',
      { penalty: l1(0.02), tolerance, solver: (penalty) => fista({ penalty: penalty!, tolerance }) },
    ],
    ['elastic net', { penalty: elasticNet(1e-2, 0.5), classWeights: 'balanced', weights, offset, tolerance }],
    ['L-BFGS', { penalty: l2(1e-2), tolerance, solver: (_, given) => lbfgs(given) }],
    ['Newton', { penalty: l2(1e-2), tolerance, solver: (_, given) => newton(given) }],
    ['Newton-CG', { penalty: l2(1e-2), tolerance, solver: (_, given) => newtonCg(given) }],
  ]
  it.each(cases)('%s', (_, options) => {
    const plain = fitLogistic(plainCsr(arrays), y, options)
    expect(plain.fit.status).toBe('converged')
    const scores = decision(plain, plainCsr(arrays), options).data
    for (const design of [csr(arrays), csr(untidy(arrays)), csc(columnsOf(arrays))]) {
      const fast = fitLogistic(design, y, options)
      const {
        gradientNorm: _g,
        dualityGap: _d,
        logLikelihood,
        message: _m,
        passes: _p,
        iterations: _i,
        ...same
      } = fast.fit
      expect(plain.fit).toMatchObject(same)
      expect(Math.abs(logLikelihood! / plain.fit.logLikelihood! - 1)).toBeLessThan(1e-10)
      expect({ ...fast, fit: 0, coefficients: 0, intercepts: 0 }).toEqual({
        ...plain,
        fit: 0,
        coefficients: 0,
        intercepts: 0,
      })
      expect(fast.coefficients[0].map((v) => v === 0)).toEqual(plain.coefficients[0].map((v) => v === 0))
      decision(fast, design, options).data.forEach((z, i) => {
        expect(Math.abs(z - scores[i])).toBeLessThan(1e-7 * (1 + Math.abs(scores[i])))
      })
    }
  })

  it('complete separation is noticed', () => {
    const given = { data: [1, 2, 3, 1], indices: [0, 0, 0, 1], indptr: [0, 1, 2, 3, 3, 4], columns: 2 }
    expect(fitLogistic(csr(given), [1, 1, 1, 0, 0]).fit.status).toBe('separated')
  })
})

it('a pass over the data answers a question', () => {
  const { arrays, y } = problem()
  const f = objective({ design: csr(arrays).withIntercept(), loss, y: y.map((v) => +(v === 'yes')) })
  const at = new Float64Array(12)
  const out = new Float64Array(12)
  f({ ask: 'gradient', at, gradient: out })
  expect(f.passes).toBe(1)
  f({ ask: 'hessian', at, gradient: out, hessian: new Float64Array(144) })
  expect(f.passes).toBe(2)
  f({ ask: 'curvature', at, along: out, product: out.slice() })
  expect(f.passes).toBe(3)
})

it('a Hessian that is too large to be kept in linear memory', () => {
  const p = 2060
  const given = sparse(4, p, 0.05, 0, uniform(3))
  const [fast, plain] = [csr(given), plainCsr(given)].map((design) => {
    const f = objective({ design, loss, y: [0, 1, 1, 0] })
    const at = numbers(p, uniform(1))
    const [gradient, product, hessian] = [new Float64Array(p), new Float64Array(p), new Float64Array(p * p)]
    const first = f({ ask: 'value', at })
    const value = f({ ask: 'hessian', at, gradient, hessian })
    // What was known before is known no more.
    f({ ask: 'curvature', at, along: gradient, product })
    expect(Math.abs(first - value)).toBeLessThan(1e-13)
    return { said: [value, ...gradient, ...product], hessian, passes: f.passes }
  })
  expect(fast.passes).toBe(4)
  fast.said.forEach((v, q) => {
    expect(Math.abs(v - plain.said[q])).toBeLessThan(1e-13)
  })
  expect(fast.hessian.every((v, q) => Math.abs(v - plain.hessian[q]) < 1e-13)).toBe(true)
})

it('two problems over one matrix, in turn and together, do not disturb each other', () => {
  const { arrays, y } = problem()
  const design = csr(arrays)
  const targets = ['yes', 'no'].map((label) => y.map((v) => +(v === label)))
  const [first, second] = targets.map((y) => objective({ design, loss, y }))
  const at = new Float64Array(11)
  const gradient = new Float64Array(11)
  const before = first({ ask: 'gradient', at, gradient })
  const slope = gradient.slice()
  second({ ask: 'gradient', at, gradient })
  gradient.forEach((v, j) => {
    expect(Math.abs(v + slope[j])).toBeLessThanOrEqual(1e-12 * Math.abs(v))
  })
  expect(first({ ask: 'gradient', at, gradient })).toBe(before)
  expect(gradient).toEqual(slope)
  const fits = targets.map((y) => fitLogistic(design, y, { penalty: l2(0.1) }))
  fits[0].coefficients[0].forEach((w, j) => {
    expect(Math.abs(w + fits[1].coefficients[0][j])).toBeLessThan(1e-9)
  })
})

describe('fits of other kinds', () => {
  const { arrays } = problem()
  const random = uniform(31)

  it('no entry at all: the null model', () => {
    const none = { data: [], indices: [], indptr: Array<number>(9).fill(0), columns: 2 }
    const y = [1, 0, 0, 0, 1, 0, 0, 1]
    const model = fitLogistic(csr(none), y, { penalty: l2(1) })
    expect(model.coefficients).toEqual([[0, 0]])
    expect(model.intercepts[0]).toBeCloseTo(Math.log(3 / 5), 12)
    expect(
      fitLogistic(csr({ ...none, data: new Float64Array(), indices: new Int32Array() }), y).fit.rank,
    ).toBe(1)
  })

  it.each([squared, huber(0.1), poissonDeviance])('fitLinear: $name', (loss) => {
    const y = numbers(400, random).map((v) => Math.abs(v))
    const ours = fitLinear(csr(arrays), y, { loss, penalty: l2(1e-2) })
    const theirs = fitLinear(plainCsr(arrays), y, { loss, penalty: l2(1e-2) })
    expect(ours.fit.status).toBe('converged')
    const scale = arrays.columns
    ours.coefficients[0].forEach((w, j) => {
      expect(Math.abs(w - theirs.coefficients[0][j])).toBeLessThan(1e-9 * scale * (1 + Math.abs(w)))
    })
  })

  it('more columns than rows, coordinate by coordinate', () => {
    const given = sparse(25, 1100, 0.05, 0, random)
    const y = numbers(25, random).map((v) => +(v > 0))
    const answers = [csr(given), plainCsr(given)].map((X) => {
      const design = standardized(X).withIntercept()
      const f = objective({ design, loss, y })
      const penalty = l1(0.05, { weights: Array.from({ length: 1101 }, (_, j) => +(j < 1100)) })
      return minimize(f, proximalNewton({ penalty, tolerance: 1e-12 }), new Float64Array(1101))
    })
    expect(answers.map(({ status }) => status)).toEqual(['converged', 'converged'])
    answers[0].at.forEach((w, j) => {
      expect(Math.abs(w - answers[1].at[j])).toBeLessThan(1e-9)
    })
    expect(answers[0].at.filter(Boolean).length).toBeLessThan(40)
  })

  it('auto: the fit of the default solver', () => {
    const given = sparse(600, 1500, 0.02, 0, random)
    const score = numbers(1500, random)
    const y = Array.from({ length: 600 }, (_, i) => {
      let z = random()
      for (let q = given.indptr[i]; q < given.indptr[i + 1]; q++) z += given.data[q] * score[given.indices[q]]
      return z > 0
    })
    const options = { penalty: l2(1e-3), tolerance: 1e-10 }
    const expected = fitLogistic(plainCsr(given), y, options)
    for (const standardize of [true, false]) {
      const model = fitLogistic(csr(given), y, { ...options, standardize, solver: auto() })
      expect(model.fit.status).toBe('converged')
      if (standardize)
        model.coefficients[0].forEach((w, j) => {
          expect(Math.abs(w - expected.coefficients[0][j])).toBeLessThan(1e-6)
        })
    }
  })
})

// The fused softmax pass against the plain seam, block by block: the same answers to rounding, at every kind of row.
import { categoricalCrossEntropy, categoricalCrossEntropyBlocks } from '@logodds/core'
import { type Design, objective, type Problem, dense as plainDense } from '@logodds/linear'
import { describe, expect, it } from 'vitest'
import { csr, dense, matrix } from '../src/index.ts'
import { matrixOf, numbers, uniform, views } from './random.ts'

const loss = { ...categoricalCrossEntropy, blocks: categoricalCrossEntropyBlocks }

type Rows = Pick<Problem, 'weights' | 'offset'> & { y: Float64Array; width: number }

/** All that an oracle says at points of this size, in an order in which what it remembers would show. */
function answers(design: Design, rows: Rows, size: number, withHessian = true) {
  const oracle = objective({ design, loss, ...rows })
  const p = design.columns * rows.width
  const random = uniform(5)
  const said: Record<string, ArrayLike<number>> = {}
  for (const round of [1, 2]) {
    const at = numbers(p, random).map((v) => size * v)
    const along = numbers(p, random)
    const gradient = numbers(p, random)
    const product = numbers(p, random)
    const hessian = numbers(withHessian ? p * p : 0, random)
    const value = oracle({ ask: 'curvature', at, along, product })
    said[`value ${round}`] = [value, oracle({ ask: 'value', at })]
    said[`product ${round}`] = product.slice()
    said[`value with gradient ${round}`] = [oracle({ ask: 'gradient', at, gradient })]
    said[`gradient ${round}`] = gradient.slice()
    if (withHessian) {
      said[`value with Hessian ${round}`] = [oracle({ ask: 'hessian', at, gradient, hessian })]
      said[`gradient again ${round}`] = gradient
      said[`hessian ${round}`] = hessian
    }
    oracle({ ask: 'curvature', at, along: gradient, product })
    said[`product again ${round}`] = product
  }
  return said
}

/** Where the answers differ by more than so much of the largest number among them. */
function apart(plain: Record<string, ArrayLike<number>>, fast: typeof plain, tolerance: number): string[] {
  return Object.entries(plain).flatMap(([name, expected]) => {
    let largest = 1e-3
    let off = 0
    for (let q = 0; q < expected.length; q++) {
      largest = Math.max(largest, Math.abs(expected[q]))
      off = Math.max(off, Math.abs(expected[q] - fast[name][q]))
    }
    return off <= tolerance * largest && fast[name].length === expected.length ? [] : [`${name}: ${off}`]
  })
}

function rowsOf(n: number, K: number, seed: number): Rows {
  const random = uniform(seed)
  const positive = (v: number) => (v + 1) / 2
  return {
    width: K,
    y: numbers(n, random).map((v) => Math.floor(positive(v) * K)),
    weights: numbers(n, random).map((v, i) => (i % 4 === 3 && n > 3 ? 0 : 0.1 + positive(v))),
    offset: n % 2 ? numbers(n * K, random) : undefined,
  }
}

const shapes = [
  [1, 1, 2],
  [2, 3, 3],
  [5, 7, 10],
  [37, 17, 4],
  [100, 129, 2],
  [1001, 2, 5],
  [67, 5, 17],
  [18_000, 3, 3],
] as const

describe.each(shapes)('%i × %i, %i classes', (n, p, K) => {
  // At 500 most rows are as good as certain, at 1e6 they are far in the tails.
  it.each([0, 1, 30, 500, 1e6])('at coefficients of size %f: what the plain oracle says', (size) => {
    const X = matrixOf(n, p, views[n % 4], uniform(n + p))
    const rows = rowsOf(n, K, n * K)
    const plain = answers(plainDense(X).withIntercept(), rows, size)
    const fast = answers(dense(X).withIntercept(), rows, size)
    // Rounding of η, which is a sum of p + 1 terms up to `size`, moves all else by as much.
    expect(apart(plain, fast, 1e-14 * (p + 1) * Math.max(1, size))).toEqual([])
  })

  it.each([0, 1, 500])('with two thirds of the numbers 0, as sparse rows, at %f', (size) => {
    const random = uniform(n)
    const all = matrixOf(n, p, views[n % 4], uniform(n + p))
    const X = { ...all, data: Float64Array.from(all.data, (v) => (random() > 1 / 3 ? v : 0)) }
    const rows = rowsOf(n, K, n * K)
    const every = Int32Array.from({ length: p }, (_, j) => j)
    const centre = numbers(p, random)
    const change = (design: Design) =>
      design.rescaled(centre, new Float64Array(p).fill(0.5), every).withIntercept()
    const plain = answers(change(plainDense(X)), rows, size)
    const fast = answers(change(csr(X)), rows, size)
    expect(apart(plain, fast, 4e-14 * (p + 1) * Math.max(1, size))).toEqual([])
  })

  it('of columns that are centred, scaled and chosen, means large or small', () => {
    const X = matrixOf(n, p, 'row-major', uniform(n + p))
    const data = X.data as Float64Array
    const rows = rowsOf(n, K, p)
    const keep = Int32Array.from({ length: p }, (_, j) => j).filter((j) => j % 4 !== 1 || p < 3)
    for (const far of [3, 1e6]) {
      const centre = Float64Array.from({ length: p }, (_, j) => (j % 3 === 2 ? far : 0.1))
      for (let i = 0; i < n; i++) for (let j = 2; j < p; j += 3) data[i * p + j] += far
      const scale = Float64Array.from({ length: p }, (_, j) => 0.5 + (j % 2))
      const change = (design: Design) => design.rescaled(centre, scale, keep).withIntercept()
      const plain = answers(change(plainDense(X)), rows, 1)
      const fast = answers(change(dense(X)), rows, 1)
      expect(apart(plain, fast, 1e-13 * (p + 1))).toEqual([])
      for (let i = 0; i < n; i++) for (let j = 2; j < p; j += 3) data[i * p + j] -= far
    }
  })
})

it.each([
  ['dense', dense],
  ['sparse', csr],
] as const)('intercepts are balanced from η: %s', (_, design) => {
  for (const K of [2, 3, 10]) {
    const X = matrixOf(1001, 12, 'row-major', uniform(K))
    const { y, weights, offset, width } = rowsOf(1001, K, 2)
    const sum = weights.reduce((a, b) => a + b)
    const problem = { blocks: loss.blocks, y, offset, width, weights: weights.map((s) => s / sum) }
    const withOnes = design(X).withIntercept()
    // What a plain oracle is to a design that has one of its own.
    const plain = {
      at: new Float64Array(13 * K).fill(Number.NaN),
      eta: new Float64Array(1004 * K),
      passes: 0,
      oracle: () => expect.unreachable(),
      begin: () => expect.unreachable(),
    }
    const fused = withOnes.fused?.(problem, plain)
    expect(fused?.balance?.()).toBeUndefined()
    const at = numbers(13 * K, uniform(3))
    const gradient = at.slice()
    fused?.oracle({ ask: 'value', at })
    const shift = fused?.balance?.() ?? []
    expect(shift.length).toBe(K)
    expect(Math.abs(Array.from(shift).reduce((a, b) => a + b))).toBeLessThan(1e-12)
    for (let k = 0; k < K; k++) at[12 * K + k] += shift[k]
    fused?.oracle({ ask: 'gradient', at, gradient })
    for (const slope of gradient.subarray(12 * K)) expect(Math.abs(slope)).toBeLessThan(1e-14)
  }
})

it('a hundred classes, whose Gram matrices are more than there is room for', () => {
  const X = matrixOf(60, 4, 'row-major', uniform(1))
  const rows = rowsOf(60, 100, 2)
  const fast = answers(dense(X).withIntercept(), rows, 1)
  expect(apart(answers(plainDense(X).withIntercept(), rows, 1), fast, 1e-13)).toEqual([])
})

it.each([
  ['dense', dense],
  ['sparse', csr],
] as const)('more rows and classes than there is room for at a time go in pieces: %s', (_, design) => {
  const [n, p, K] = [30_001, 2, 9]
  const X = matrixOf(n, p, 'row-major', uniform(1))
  const rows = rowsOf(n, K, 3)
  const fast = answers(design(X).withIntercept(), rows, 2, false)
  expect(apart(answers(plainDense(X).withIntercept(), rows, 2, false), fast, 1e-13)).toEqual([])
})

it('more classes than there is room for are answered about block by block', () => {
  const X = matrixOf(8, 40, 'row-major', uniform(1))
  const rows = rowsOf(8, 700, 3)
  const fast = answers(dense(X).withIntercept(), rows, 2, false)
  expect(apart(answers(plainDense(X).withIntercept(), rows, 2, false), fast, 1e-13)).toEqual([])
})

describe('the loss in WebAssembly', () => {
  // One row of one column, so that η is what W is.
  const single = (eta: number[], target: number) => {
    const K = eta.length
    const X = matrix(1, 1)
    X.data[0] = 1
    const oracle = objective({ design: dense(X), loss, y: [target], width: K })
    const at = Float64Array.from(eta)
    const gradient = new Float64Array(K)
    return { value: oracle({ ask: 'gradient', at, gradient }), gradient }
  }
  const all = [
    0, 1e-300, 1e-8, 0.3, 1, 17.9, 36.5, 37.5, 100, 700, 708.1, 720, 740, 745.1, 746, 1e5, 1e300, -0.4, -5,
    -36.7, -707, -745, -1e4, -1e300,
  ]

  it.each([2, 3, 5])('%i classes: within 4 ε of core, tails and subnormal numbers too', (K) => {
    const random = uniform(K)
    for (let round = 0; round < 1000; round++) {
      const eta = Array.from({ length: K }, () => {
        const v = all[Math.floor(((random() + 1) / 2) * all.length)]
        return round % 2 ? v : v * random()
      })
      if (round % 7 === 0) eta[1] = eta[0]
      const target = round % K
      const { value, gradient } = single(eta, target)
      const expected = categoricalCrossEntropy.value(eta, target)
      const slopes = categoricalCrossEntropy.gradient(eta, target)
      const within = (got: number, wanted: number) =>
        got === wanted || Math.abs(got - wanted) <= 4 * 2.3e-16 * Math.abs(wanted) + 1e-323
      expect(within(value, expected), `${eta} ${target}: ${value} ${expected}`).toBe(true)
      for (let k = 0; k < K; k++)
        expect(within(gradient[k], slopes[k]), `${eta} ${target}: ${gradient} ${slopes}`).toBe(true)
    }
  })

  it('a row without weight says nothing, even if its η has overflowed', () => {
    const X = [
      [1e200, 1],
      [1, 2],
      [3, -1],
    ]
    const oracle = objective({ design: dense(X), loss, y: [0, 1, 2], weights: [0, 1, 1], width: 3 })
    const gradient = new Float64Array(6)
    const value = oracle({ ask: 'gradient', at: Float64Array.of(1e200, 1, -1e200, 1, 2, 3), gradient })
    expect([value, ...gradient].some(Number.isNaN)).toBe(false)
  })

  it('targets that are no classes are none of its business', () => {
    const X = [[1], [2]]
    const oracle = (y: number[], design: Design) => objective({ design, loss, y, width: 3 })
    const at = Float64Array.of(1, 2, 3)
    for (const y of [
      [0, 5],
      [0.5, 1],
      [-1, 2],
    ]) {
      const plain = oracle(y, plainDense(X))({ ask: 'value', at })
      expect(oracle(y, dense(X))({ ask: 'value', at })).toBe(plain)
    }
  })
})

it('a binary and two softmax problems of one matrix in turn do not disturb each other', () => {
  const X = matrixOf(300, 6, 'row-major', uniform(4))
  const design = dense(X)
  const oracles = [3, 4].map((K) => {
    const { y, weights, width } = rowsOf(300, K, K)
    const oracle = objective({ design, loss, y, weights, width })
    const at = numbers(6 * K, uniform(9))
    const gradient = at.slice()
    return () => [oracle({ ask: 'gradient', at, gradient }), ...gradient]
  })
  const before = oracles.map((ask) => ask())
  expect(oracles.map((ask) => ask())).toEqual(before)
  design.moments(new Float64Array(300).fill(1 / 300))
  expect(oracles.map((ask) => ask())).toEqual(before)
})

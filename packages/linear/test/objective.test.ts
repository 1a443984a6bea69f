// The objective as an oracle: derivatives two ways, one pass for each query, the same for every form of design.
import {
  binaryCrossEntropyBlocks,
  categoricalCrossEntropy,
  type Loss,
  binaryCrossEntropy as pointwise,
  type ScalarLoss,
} from '@logodds/core'
import { gradientDescent, l2, minimize } from '@logodds/optim'
import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, it } from 'vitest'
import { weightedGram } from '../src/gram.ts'
import { dense, objective, standardized, withIntercept } from '../src/index.ts'
import { problemOracle } from '../src/objective.ts'
import { spectralBound } from '../src/spectral-bound.ts'
import { together } from '../src/together.ts'

const binaryCrossEntropy = { ...pointwise, blocks: binaryCrossEntropyBlocks }

// Deterministic numbers in [−1, 1].
function numbers(count: number, seed: number): number[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x3fffffff - 1
  })
}

const rows = (n: number, p: number, seed: number) => {
  const flat = numbers(n * p, seed)
  return Array.from({ length: n }, (_, i) => flat.slice(i * p, (i + 1) * p))
}

const n = 37
const p = 3
const X = rows(n, p, 7)
const weights = numbers(n, 3).map((w) => Math.max(0, w + 0.5))

interface Case {
  name: string
  loss: Loss
  y: number[]
  width: number
}
const cases: Case[] = [
  { name: 'binary', loss: binaryCrossEntropy, y: numbers(n, 5).map((v) => (v > 0 ? 1 : 0)), width: 1 },
  { name: 'soft targets', loss: binaryCrossEntropy, y: numbers(n, 5).map((v) => (v + 1) / 2), width: 1 },
  {
    name: 'categorical',
    loss: categoricalCrossEntropy,
    y: numbers(n, 9).map((v) => (v < -0.3 ? 0 : v < 0.3 ? 1 : 2)),
    width: 3,
  },
]

describe.each(cases)('$name', ({ loss, y, width }) => {
  const offset = numbers(n * width, 11)
  const make = (penalty?: number) =>
    objective({
      design: withIntercept(standardized(dense(X), weights)),
      loss,
      y,
      weights,
      offset,
      width,
      ...(penalty && {
        penalty: l2(penalty, {
          weights: Array.from({ length: (p + 1) * width }, (_, j) => (j < p * width ? 1 : 0)),
        }),
      }),
    })
  const size = (p + 1) * width
  const at = Float64Array.from(numbers(size, 13))

  it.each([0, 0.3])(
    'gradient, Hessian and curvature agree with differences and with each other (ridge %s)',
    (lambda) => {
      const f = make(lambda)
      const gradient = new Float64Array(size)
      const hessian = new Float64Array(size * size)
      const value = f({ ask: 'hessian', at, gradient, hessian })
      const again = new Float64Array(size)
      expect(f({ ask: 'gradient', at, gradient: again })).toBe(value)
      expect(again).toEqual(gradient)
      expect(f({ ask: 'value', at })).toBeCloseTo(value, 14)
      const h = 1e-5
      for (let j = 0; j < size; j++) {
        const up = at.slice()
        const down = at.slice()
        up[j] += h
        down[j] -= h
        const gUp = new Float64Array(size)
        const gDown = new Float64Array(size)
        const slope =
          (f({ ask: 'gradient', at: up, gradient: gUp }) -
            f({ ask: 'gradient', at: down, gradient: gDown })) /
          (2 * h)
        expect(Math.abs(slope - gradient[j])).toBeLessThan(1e-9)
        for (let k = 0; k < size; k++) {
          expect(Math.abs((gUp[k] - gDown[k]) / (2 * h) - hessian[j * size + k])).toBeLessThan(1e-9)
          expect(hessian[j * size + k]).toBeCloseTo(hessian[k * size + j], 15)
        }
      }
      const along = Float64Array.from(numbers(size, 17))
      const product = new Float64Array(size)
      f({ ask: 'curvature', at, along, product })
      // And once more at the same point, where η is at hand.
      const cached = new Float64Array(size)
      f({ ask: 'curvature', at, along, product: cached })
      expect(cached).toEqual(product)
      for (let k = 0; k < size; k++) {
        const expected = along.reduce((sum, v, j) => sum + hessian[k * size + j] * v, 0)
        expect(Math.abs(product[k] - expected)).toBeLessThan(1e-14)
      }
    },
  )

  it('one pass answers one query', () => {
    const f = make()
    f({ ask: 'gradient', at, gradient: new Float64Array(size) })
    f({ ask: 'hessian', at, gradient: new Float64Array(size), hessian: new Float64Array(size * size) })
    expect(f.passes).toBe(2)
    expect(f.size).toBe(size)
  })

  it('smoothness bounds the Hessian everywhere, and is not far off at η = 0 of a binary loss', () => {
    const f = make(0.3)
    const bound = f.smoothness()
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: size, maxLength: size }),
        (w) => {
          const hessian = new Float64Array(size * size)
          f({ ask: 'hessian', at: Float64Array.from(w), gradient: new Float64Array(size), hessian })
          return rayleigh(hessian, size) <= bound
        },
      ),
      { numRuns: 30 },
    )
  })

  it('1/smoothness is a step that always descends', () => {
    const f = make(0.01)
    const values: number[] = []
    minimize(
      f,
      gradientDescent({ step: 1 / f.smoothness(), maxIterations: 200 }),
      new Float64Array(size).fill(2),
      {
        onStep: ({ value }) => values.push(value),
      },
    )
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThanOrEqual(values[i - 1] + 1e-15)
  })
})

// The largest eigenvalue from below, by the power method.
function rayleigh(h: Float64Array, size: number): number {
  let v: number[] = Array.from({ length: size }, (_, j) => 1 + j / 7)
  let quotient = 0
  for (let i = 0; i < 200; i++) {
    const w = v.map((_, a) => v.reduce((sum, vb, b) => sum + h[a * size + b] * vb, 0))
    const norm = Math.hypot(...w)
    if (norm === 0) return 0
    quotient = norm / Math.hypot(...v)
    v = w.map((x) => x / norm)
  }
  return quotient
}

it('the spectral bound is above the largest eigenvalue and within 4 % of it; the trace serves wide designs', () => {
  const design = dense(X)
  const s = new Float64Array(n).fill(1 / n)
  const gram = weightedGram(design, s)
  for (let j = 0; j < p; j++) for (let l = 0; l < j; l++) gram[l * p + j] = gram[j * p + l]
  const largest = rayleigh(gram, p)
  expect(spectralBound(design, s)).toBeGreaterThanOrEqual(largest)
  expect(spectralBound(design, s)).toBeLessThan(1.04 * largest)
  const wide = withIntercept(dense(rows(5, 450, 23)))
  const bound = spectralBound(wide, new Float64Array(5).fill(0.2))
  const trace =
    1 +
    rows(5, 450, 23)
      .flat()
      .reduce((sum, x) => sum + x * x, 0) /
      5
  expect(bound).toBeCloseTo(trace, 9)
})

it('several problems in one pass give bit for bit what each gives alone', () => {
  const design = withIntercept(dense(X))
  const targets = [0, 1, 2].map((k) => Float64Array.from(numbers(n, 5), (v) => +(Math.round(v + 1) === k)))
  const problems = targets.map((y) => ({
    blocks: binaryCrossEntropyBlocks,
    width: 1,
    y,
    weights: new Float64Array(n).fill(1 / n),
  }))
  const working = problems.map((problem) => problemOracle(design, problem))
  const shared = together(design, working)
  const ats = targets.map((_, k) => Float64Array.from(numbers(p + 1, 30 + k)))
  const queries = ats.map((at) => ({
    ask: 'hessian' as const,
    at,
    gradient: new Float64Array(p + 1),
    hessian: new Float64Array((p + 1) ** 2),
  }))
  const answers = new Float64Array(3)
  shared([queries[0], null, queries[2]], answers)
  shared([null, queries[1], null], answers)
  expect(working.map(({ passes }) => passes)).toEqual([1, 1, 1])
  targets.forEach((y, k) => {
    const alone = {
      ...queries[k],
      gradient: new Float64Array(p + 1),
      hessian: new Float64Array((p + 1) ** 2),
    }
    expect(objective({ design, loss: binaryCrossEntropy, y })(alone)).toBe(answers[k])
    expect(alone.gradient).toEqual(queries[k].gradient)
    expect(alone.hessian).toEqual(queries[k].hessian)
  })
})

it('views of any stride, flat arrays and rows are the same design', () => {
  const flat = Float64Array.from(X.flat())
  const columnMajor = Float64Array.from({ length: n * p }, (_, q) => X[q % n][Math.floor(q / n)])
  const reversed = Float64Array.from(flat).reverse()
  const designs = [
    dense(X),
    dense(flat, [n, p]),
    dense(ndarray(flat, [n, p])),
    dense(ndarray(columnMajor, [n, p], [1, n])),
    dense(ndarray(columnMajor, [p, n]).transpose(1, 0)),
    dense(ndarray(reversed, [n, p], [-p, -1], n * p - 1)),
    dense(
      ndarray(Float64Array.from(X.flatMap((row) => [9, ...row, 9])), [n, p + 2])
        .lo(0, 1)
        .hi(n, p),
    ),
  ]
  const answer = (design: ReturnType<typeof dense>) => {
    const gradient = new Float64Array(p + 1)
    const value = objective({
      design: withIntercept(standardized(design, weights)),
      loss: binaryCrossEntropy,
      y: cases[0].y,
      weights,
    })({
      ask: 'gradient',
      at: Float64Array.of(0.3, -1, 0.7, 0.1),
      gradient,
    })
    return [value, ...gradient]
  }
  const [expected, ...others] = designs.map(answer)
  for (const other of others) expect(other).toEqual(expected)
})

it("a user's own loss needs no more than its pointwise form", () => {
  // Squared loss: its minimum is least squares, which the normal equations give.
  const squared: ScalarLoss = {
    name: 'squared',
    value: (eta, y) => 0.5 * (eta - y) ** 2,
    gradient: (eta, y) => eta - y,
    hessian: () => 1,
    smoothness: 1,
  }
  const y = X.map(([a, b, c]) => 2 * a - b + 0.5 * c + 3)
  const f = objective({ design: withIntercept(dense(X)), loss: squared, y })
  const { at, status } = minimize(f, gradientDescent({ tolerance: 1e-12 }), new Float64Array(p + 1))
  expect(status).toBe('converged')
  ;[2, -1, 0.5, 3].forEach((v, j) => {
    expect(at[j]).toBeCloseTo(v, 9)
  })
})

it('refuses arrays of the wrong length, and weights without weight', () => {
  const design = dense(X)
  const loss = binaryCrossEntropy
  const y = cases[0].y
  expect(() => objective({ design, loss, y: [1] })).toThrow('objective: expected y.length 37, got 1')
  expect(() => objective({ design, loss, y, weights: [1] })).toThrow(
    'objective: expected weights.length 37, got 1',
  )
  expect(() => objective({ design, loss, y, offset: [1, 2] })).toThrow(
    'objective: expected offset.length 37, got 2',
  )
  expect(() => objective({ design, loss, y, weights: new Float64Array(n) })).toThrow('positive sum')
  expect(() => dense([1, 2, 3], [2, 2])).toThrow(
    'dense: expected finite numbers in X, got undefined in row 1, column 1 (x1)',
  )
  expect(() => dense([[1, 2], [3]])).toThrow('dense: expected 2 numbers in row 1 of X, got 1')
})

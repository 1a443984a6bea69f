// Sparse designs are the dense design of the same numbers: products, moments, Gram matrices, and every kind of fit.
import {
  binaryCrossEntropyBlocks,
  categoricalCrossEntropy,
  huber,
  binaryCrossEntropy as pointwise,
  poissonDeviance,
  squared,
} from '@logodds/core'
import {
  elasticNet,
  fista,
  l1,
  l2,
  lbfgs,
  type ModelQuery,
  minimize,
  newtonCg,
  proximalNewton,
} from '@logodds/optim'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weightedGram } from '../src/gram.ts'
import {
  blockFile,
  type CsrArrays,
  csc,
  csr,
  type Design,
  decision,
  dense,
  fitLinear,
  fitLogistic,
  type LogisticOptions,
  linearPredictor,
  type Model,
  objective,
  positiveProbability,
  predict,
  predictProbability,
  predictResponse,
  sparseOrDense,
  standardized,
  withIntercept,
} from '../src/index.ts'
import { spectralBound } from '../src/spectral-bound.ts'

const loss = { ...pointwise, blocks: binaryCrossEntropyBlocks }

// Numbers in (−1, 1) from a seed.
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

/** A matrix of small numbers of which the share `filled` is not zero. */
function sparseRows(n: number, p: number, filled: number, seed: number): number[][] {
  const next = random(seed)
  return Array.from({ length: n }, () =>
    Array.from({ length: p }, () => (next() * 0.5 + 0.5 < filled ? next() * 3 : 0)),
  )
}

/** scipy's arrays of the rows. */
function arraysOf(X: readonly (readonly number[])[], p = X[0]?.length ?? 0): CsrArrays {
  const entries = X.map((row) => row.flatMap((v, j) => (v === 0 ? [] : [[j, v]])))
  const indptr = [0]
  for (const row of entries) indptr.push(indptr[indptr.length - 1] + row.length)
  const flat = entries.flat()
  return { data: flat.map(([, v]) => v), indices: flat.map(([j]) => j), indptr, columns: p }
}

function columnArraysOf(X: readonly (readonly number[])[], p = X[0]?.length ?? 0) {
  const turned = Array.from({ length: p }, (_, j) => X.map((row) => row[j]))
  const { columns, ...arrays } = arraysOf(turned, X.length)
  return { ...arrays, rows: columns }
}

/** The same matrix stored badly: each row backwards, an entry in two parts, and a zero where there is room. */
function untidy(X: readonly (readonly number[])[], p: number): CsrArrays {
  const indptr = [0]
  const indices: number[] = []
  const data: number[] = []
  for (const row of X) {
    for (let j = p - 1; j >= 0; j--) {
      if (row[j] === 0 && j % 2) continue
      indices.push(j)
      data.push(row[j] / 2)
    }
    row.forEach((v, j) => {
      if (v === 0) return
      indices.push(j)
      data.push(v / 2)
    })
    indptr.push(indices.length)
  }
  return { data, indices, indptr, columns: p }
}

const weightsOf = (n: number, seed: number): Float64Array => {
  const next = random(seed)
  const raw = Float64Array.from({ length: n }, () => Math.max(0, next() + 0.6))
  raw[0] ||= 0.5
  const sum = raw.reduce((a, b) => a + b, 0)
  return raw.map((w) => w / sum)
}

function expectNear(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  scale: ArrayLike<number> | number,
  eps: number,
) {
  expect(a.length).toBe(b.length)
  for (let q = 0; q < a.length; q++) {
    const most = eps * (typeof scale === 'number' ? scale : scale[q])
    if (!(Math.abs(a[q] - b[q]) <= most)) expect.fail(`at ${q}: ${a[q]} and ${b[q]}, allowed ${most}`)
  }
}

/** All that a design answers, about a problem with K columns of η. */
function answers(design: Design, K: number, y: Float64Array, weights: Float64Array, at: Float64Array) {
  const f = objective({
    design,
    loss: K === 1 ? loss : categoricalCrossEntropy,
    y,
    weights,
    width: K,
    model: 'residual',
  })
  const gradient = new Float64Array(f.size)
  const hessian = new Float64Array(f.size ** 2)
  const product = new Float64Array(f.size)
  const sampled = new Float64Array(f.size)
  const rows = Int32Array.from([0, f.rows - 1, 0, f.rows >> 1])
  // Every coordinate is moved, some of them twice.
  const query: ModelQuery = { ask: 'model', at, gradient: new Float64Array(f.size) }
  f(query)
  at.forEach((v, j) => void query.model!.move(j, v - 0.3))
  for (let j = 0; j < f.size; j += 3) query.model!.move(j, 0.7)
  return {
    value: [f({ ask: 'hessian', at, gradient, hessian })],
    slopes: at.map((_, j) => query.model!.slope(j)),
    curvatures: at.map((_, j) => query.model!.curvature(j)),
    gradient,
    hessian,
    curvature: [f({ ask: 'curvature', at, along: at.map((v) => 1 - v), product })],
    product,
    sample: [f({ ask: 'sample-gradient', at, gradient: sampled, rows })],
    sampled,
  }
}

const shapes: [n: number, p: number, filled: number][] = [
  [1, 1, 1],
  [1, 5, 0.5],
  [5, 1, 0.5],
  [7, 3, 0],
  [40, 17, 0.05],
  [40, 17, 0.3],
  [40, 17, 1],
  [3, 129, 0.1],
  [129, 3, 0.02],
  [1000, 7, 0.2],
]

describe.each(shapes)('%i × %i, %f of it filled', (n, p, filled) => {
  const X = sparseRows(n, p, filled, 31 * n + p)
  const weights = weightsOf(n, n + p)
  const next = random(5)
  const forms: [string, Design][] = [
    ['csr', csr(arraysOf(X, p))],
    ['csc', csc(columnArraysOf(X, p))],
    ['csr, stored badly', csr(untidy(X, p))],
    ['csr of rows', csr(X)],
  ]

  it.each(forms)('%s: products, Gram matrices and samples for one and three columns of η', (_, sparse) => {
    const sd = dense(X)
      .moments(weights)
      .deviation.map((d) => d || 1)
    const mean = dense(X).moments(weights).mean
    const keep = Int32Array.from({ length: p }, (_, j) => j).filter((j) => j % 3 !== 1 || p < 3)
    const few = keep.filter((_, q) => q < p / 4).reverse()
    for (const of of [
      (design: Design) => design,
      (design: Design) => design.withIntercept(),
      (design: Design) => design.rescaled(mean, sd, keep).withIntercept(),
      (design: Design) => design.withIntercept().rescaled(mean, sd, few),
      (design: Design) =>
        design.rescaled(mean, sd, keep).rescaled(
          sd,
          mean.map((m) => m + 4),
          keep.map((_, q) => q),
        ),
    ])
      for (const K of [1, 3]) {
        const a = of(sparse)
        const b = of(dense(X))
        expect([a.rows, a.columns]).toEqual([b.rows, b.columns])
        const y = Float64Array.from({ length: n }, () => Math.floor((next() + 1) * (K === 1 ? 1 : 1.5)))
        const at = Float64Array.from({ length: a.columns * K }, next)
        const ours = answers(a, K, y, weights, at)
        const theirs = answers(b, K, y, weights, at)
        for (const [name, numbers] of Object.entries(ours)) {
          const expected = theirs[name as keyof typeof theirs]
          const largest = Array.from(expected, Math.abs).reduce((m, v) => Math.max(m, v), 1)
          expectNear(numbers, expected, largest, 1e-12)
        }
        expectNear(weightedGram(a, weights), weightedGram(b, weights), 1 + n, 1e-13)
        expectNear([spectralBound(a, weights)], [spectralBound(b, weights)], 1 + p, 1e-12)
      }
  })

  it.each(forms)('%s: moments', (_, sparse) => {
    const ours = sparse.moments(weights)
    const theirs = dense(X).moments(weights)
    expectNear(
      ours.mean,
      theirs.mean,
      theirs.deviation.map((d, j) => d + Math.abs(theirs.mean[j])),
      1e-14,
    )
    expectNear(ours.deviation, theirs.deviation, theirs.deviation, 1e-13)
    const twice = standardized(withIntercept(standardized(sparse, weights)), weights).moments(weights)
    expectNear(twice.mean, new Float64Array(p + 1).fill(1, p), 1, 1e-13)
    expectNear(twice.deviation.subarray(0, p), theirs.deviation.map((d) => +(d > 0)).subarray(0, p), 1, 1e-13)
  })

  it('the fingerprint is one of the numbers, whatever the layout', () => {
    const hashes = forms.map(([, design]) => design.moments(weights).hash)
    expect(new Set(hashes).size).toBe(1)
    if (!filled) return
    const other = X.map((row) => [...row])
    const i = other.findIndex((row) => row.some(Boolean))
    other[i][other[i].findIndex(Boolean)] *= 1 + 2 ** -52
    expect(csr(other).moments(weights).hash).not.toBe(hashes[0])
    const moved = [...X.slice(1), X[0]]
    if (`${moved}` !== `${X}`) expect(csr(moved).moments(weights).hash).not.toBe(hashes[0])
  })
})

/** Coefficients and intercepts agree to 1e-10, of the largest contribution where they are smaller; and so does what is said of the fit. */
function expectSameModel(ours: Model, theirs: Model) {
  const { fit: a, coefficients, intercepts, ...rest } = ours
  const { fit: b, coefficients: those, intercepts: their, ...others } = theirs
  expect(rest).toEqual(others)
  const numbers = [...coefficients.flat(), ...intercepts]
  const expected = [...those.flat(), ...their]
  const largest = Math.max(1, ...expected.map(Math.abs))
  expectNear(numbers, expected, largest, 1e-10)
  expect(coefficients.flat().map((v) => v === 0)).toEqual(those.flat().map((v) => v === 0))
  const { passes: _, gradientNorm, dualityGap, logLikelihood, dataHash, message, iterations, ...same } = a
  expect(same).toEqual({ status: b.status, n: b.n, weightSum: b.weightSum, rank: b.rank })
  expectNear([logLikelihood!], [b.logLikelihood!], Math.abs(b.logLikelihood!) + 1, 1e-10)
  expect(dualityGap === null).toBe(b.dualityGap === null)
  // All but X is hashed alike.
  expect(dataHash.slice(8)).toBe(b.dataHash.slice(8))
}

describe('fits are those of the dense twin', () => {
  const n = 150
  const p = 6
  const X = sparseRows(n, p, 0.3, 8)
  // A column without entries, one entry alone, a row without entries.
  for (const row of X) row.push(0, 0)
  X[3] = X[3].map(() => 0)
  X[10][p + 1] = 2
  const next = random(77)
  const y = X.map((row) => (row[0] - row[1] + 0.5 * row[2] + next() * 2 > 0.1 ? 'yes' : 'no'))
  const offset = X.map(() => next())
  const weights = X.map(() => Math.max(0, Math.round(next() * 3)))
  const tolerance = 1e-11
  const cases: [string, LogisticOptions][] = [
    ['maximum likelihood', {}],
    ['no intercept', { intercept: false }],
    ['weights', { weights }],
    ['class weights', { classWeights: 'balanced' }],
    ['class weights and weights', { classWeights: { yes: 3 }, weights, positive: 'no' }],
    ['an offset', { offset }],
    ['ridge', { penalty: l2(0.1) }],
    ['ridge, not standardised', { penalty: l2(0.1), standardize: false, offset, weights }],
    ['ridge, no intercept', { penalty: l2(0.01), intercept: false }],
    ['ridge with penalty factors', { penalty: l2(0.1, { weights: [0, 1, 2, 0, 1, 1, 1, 1] }) }],
    ['lasso', { penalty: l1(0.02), tolerance }],
    ['lasso, not standardised', { penalty: l1(0.02), standardize: false, tolerance }],
    ['lasso by FISTA', { penalty: l1(0.02), solver: (penalty) => fista({ penalty: penalty!, tolerance }) }],
    ['elastic net', { penalty: elasticNet(0.02, 0.5), classWeights: 'balanced', weights, offset, tolerance }],
    ['L-BFGS', { penalty: l2(1e-3), tolerance, solver: (_, given) => lbfgs(given) }],
    ['Newton-CG', { penalty: l2(1e-3), tolerance, solver: (_, given) => newtonCg(given) }],
    [
      'a start',
      { start: { coefficients: [Array.from({ length: p + 1 }, (_, j) => j / 10)], intercepts: [0.3] } },
    ],
  ]
  it.each(cases)('%s', (_, options) => {
    // Without a penalty, a column with one entry has no finite coefficient.
    const given = options.penalty ? X : X.map((row) => row.slice(0, p + 1))
    const expected = fitLogistic(given, y, options)
    expect(expected.fit.status).toBe('converged')
    const width = given[0].length
    for (const design of [
      csr(arraysOf(given)),
      csc(columnArraysOf(given)),
      csr(untidy(given, width)),
      csr(given),
    ])
      expectSameModel(fitLogistic(design, y, options), expected)
  })

  it('random matrices of any shape', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        fc.boolean(),
        (n, p, filled, seed, intercept) => {
          const X = sparseRows(n, p, filled, seed)
          const next = random(seed + 1)
          const y = X.map((_, i) => (i < 2 ? i : +(next() > 0)))
          const options = { penalty: l2(0.1), intercept }
          if (!intercept && !X.flat().some(Boolean)) return
          expectSameModel(fitLogistic(csr(untidy(X, p)), y, options), fitLogistic(X, y, options))
        },
      ),
      { seed: 11, numRuns: 200 },
    )
  })

  it('no entry at all: the null model', () => {
    const X = Array.from({ length: 8 }, () => [0, 0])
    const y = [1, 0, 0, 0, 1, 0, 0, 1]
    for (const options of [{}, { penalty: l2(1) }]) {
      const model = fitLogistic(
        csr({ data: [], indices: [], indptr: X.map(() => 0).concat(0), columns: 2 }),
        y,
        options,
      )
      expectSameModel(model, fitLogistic(X, y, options))
      expect(model.intercepts[0]).toBeCloseTo(Math.log(3 / 5), 12)
    }
  })

  it('more columns than rows, coordinate by coordinate', () => {
    const X = sparseRows(25, 60, 0.2, 40).map((row) => [...row, 500 + row[0]])
    const y = X.map((row, i) => +(row[0] - row[1] + Math.sin(i) > 0))
    const answers = [csr(X), dense(X)].map((X) => {
      const design = withIntercept(standardized(X))
      const f = objective({ design, loss, y })
      const penalty = l1(0.01, { weights: Array.from({ length: 62 }, (_, j) => +(j < 61)) })
      return minimize(f, proximalNewton({ penalty, tolerance: 1e-13 }), new Float64Array(62))
    })
    expect(answers.map(({ status }) => status)).toEqual(['converged', 'converged'])
    expectNear(answers[0].at, answers[1].at, 1, 1e-10)
    expect(answers[0].at.filter(Boolean).length).toBeLessThan(30)
  })

  it('complete separation ends the fit', () => {
    const X = y.map((label, i) => [label === 'yes' ? 1 + (i % 3) : 0, i % 7 ? 0 : 1])
    const model = fitLogistic(csr(X), y)
    expect(model.fit.status).toBe('separated')
    expect(model.fit.iterations).toBe(fitLogistic(X, y).fit.iterations)
  })

  it('columns that others determine are dropped: all levels of two factors, a constant, a sum, a copy', () => {
    const n = 300
    const next = random(4)
    const level = (count: number) => Math.floor(((next() + 1) / 2) * count)
    const X = Array.from({ length: n }, () => {
      const [a, b] = [level(5), level(20)]
      const row = [
        ...Array.from({ length: 5 }, (_, j) => +(j === a)),
        7,
        ...Array.from({ length: 20 }, (_, j) => +(j === b)),
      ]
      const extra = next() > 0.8 ? next() : 0
      return [...row, extra, 1e6 * extra, extra + row[1]]
    })
    const y = X.map((row) => +(row[0] + row[8] - row[9] + next() * 4 > 0))
    for (const options of [{}, { intercept: false }]) {
      const model = fitLogistic(csr(arraysOf(X)), y, options)
      const expected = fitLogistic(X, y, options)
      expect(expected.aliased.length).toBe('intercept' in options ? 4 : 5)
      expectSameModel(model, expected)
    }
    expectSameModel(fitLogistic(csr(X), y, { penalty: l2(1e-3) }), fitLogistic(X, y, { penalty: l2(1e-3) }))
  })

  it('columns with mean ≫ standard deviation lose no digits', () => {
    const next = random(9)
    const X = sparseRows(n, 3, 0.3, 21).map((row, i) => [
      ...row,
      2000 + next() * 10,
      1e8 + next(),
      // A few zeros, and a copy that is constant where there is weight.
      i === 7 ? 0 : 50 + next() / 100,
      1e5,
    ])
    const y = X.map((row) => +(row[0] + (row[3] - 2000) / 10 + next() > 0))
    const weights = y.map((_, i) => (i === 7 ? 0 : 1))
    for (const options of [
      {},
      { weights },
      { penalty: l2(1e-3) },
      { weights, penalty: l1(1e-3), tolerance },
    ]) {
      const standard = (model: Model) => {
        const { deviation, mean } = dense(X).moments(new Float64Array(n).fill(1 / n))
        const [w] = model.coefficients
        const centred = w.reduce((sum, v, j) => sum + v * mean[j], model.intercepts[0])
        return [...w.map((v, j) => v * deviation[j]), centred]
      }
      const model = fitLogistic(csr(X), y, options)
      const expected = fitLogistic(X, y, options)
      expect(model.fit.status).toBe('converged')
      expect(model.aliased).toEqual(expected.aliased)
      expectNear(standard(model), standard(expected), 1, 1e-8)
      expectNear(standard(model).slice(0, -1), standard(expected).slice(0, -1), 1, 1e-10)
    }
  })

  it.each([squared, huber(0.1), poissonDeviance])('fitLinear: $name', (loss) => {
    const y = X.map((row, i) => Math.abs(row[0] - 2 * row[1] + offset[i]))
    const ours = fitLinear(csr(X), y, { loss, penalty: l2(1e-3) })
    const theirs = fitLinear(X, y, { loss, penalty: l2(1e-3) })
    expect(ours.fit.status).toBe('converged')
    expectNear(ours.coefficients[0], theirs.coefficients[0], 1, 1e-10)
  })
})

describe('arrays', () => {
  const data = [1, 2, 3]
  const indices = [0, 2, 1]
  const indptr = [0, 2, 2, 3]

  it('mistakes are named', () => {
    const mistakes: [Partial<CsrArrays>, string][] = [
      [{ columns: -1 }, 'csr: expected columns a whole number, got -1'],
      [{ columns: 2.5 }, 'csr: expected columns a whole number, got 2.5'],
      [{ columns: undefined as unknown as number }, 'csr: expected columns a whole number, got undefined'],
      [{ indptr: [] }, 'csr: expected indptr with at least one number, got 0'],
      [{ data: [1, 2] }, 'csr: expected data.length 3 (indices.length), got 2'],
      [
        { indices: undefined as unknown as number[] },
        'csr: expected at most 2147483647 indices, got undefined',
      ],
      [{ indptr: [1, 2, 2, 3] }, 'csr: expected indptr[0] 0, got 1'],
      [{ indptr: [0, 2, 1, 3] }, 'csr: expected indptr[2] a whole number ≥ 2 (indptr[1]), got 1'],
      [{ indptr: [0, 0.5, 1, 3] }, 'csr: expected indptr[1] a whole number ≥ 0 (indptr[0]), got 0.5'],
      [{ indptr: [0, Number.NaN, 1, 3] }, 'csr: expected indptr[1] a whole number ≥ 0 (indptr[0]), got NaN'],
      [{ indptr: [0, 2, 2] }, 'csr: expected indptr[2] 3 (indices.length), got 2'],
      [{ indptr: [0, 2, 2, 4] }, 'csr: expected indptr[3] 3 (indices.length), got 4'],
      [{ indices: [0, 3, 1] }, 'csr: expected indices[1] a whole number from 0 to 2 (columns), got 3'],
      [{ indices: [0, -1, 1] }, 'csr: expected indices[1] a whole number from 0 to 2 (columns), got -1'],
      [{ indices: [0, 2, 0.5] }, 'csr: expected indices[2] a whole number from 0 to 2 (columns), got 0.5'],
      [{ data: [1, Number.NaN, 3] }, 'csr: expected data[1] a finite number, got NaN'],
      [{ data: [1, 2, Number.POSITIVE_INFINITY] }, 'csr: expected data[2] a finite number, got Infinity'],
      [{ data: ['1', 2, 3] as unknown as number[] }, 'csr: expected data[0] a finite number, got 1'],
      [
        { data: [1e308, 1e308, 3], indices: [2, 2, 1] },
        'csr: expected a finite sum in row 0, column 2, got Infinity',
      ],
    ]
    for (const [wrong, message] of mistakes) {
      const act = () => csr({ data, indices, indptr, columns: 3, ...wrong })
      expect(act).toThrow(RangeError)
      expect(act).toThrow(new RangeError(message))
    }
    expect(() => csc({ data, indices, indptr, rows: 2 })).toThrow(
      new RangeError('csc: expected indices[1] a whole number from 0 to 1 (rows), got 2'),
    )
    expect(() => csc({ data, indices, indptr } as never)).toThrow(
      new RangeError('csc: expected rows a whole number, got undefined'),
    )
    expect(() => csc(undefined as never)).toThrow(
      new RangeError('csc: expected rows a whole number, got undefined'),
    )
    expect(() => csr(undefined as never)).toThrow(/^csr: expected X as rows or a 2-d ndarray/)
    expect(() => csr([[1], [Number.NaN]])).toThrow(
      new RangeError('csr: expected finite numbers in X, got NaN in row 1, column 0 (x0)'),
    )
  })

  it('a fit says how many labels, weights and terms a sparse X wants', () => {
    const X = csr({ data, indices, indptr, columns: 3 })
    expect(() => fitLogistic(X, [0, 1])).toThrow('fitLogistic: expected y.length 3 (rows of X), got 2')
    expect(() => fitLogistic(X, [0, 1, 0], { weights: [1] })).toThrow('weights.length 3')
    expect(() => fitLogistic(X, [0, 1, 0], { terms: ['a'] })).toThrow('3 terms (columns of X), got 1')
    const empty = csr({ data: [], indices: [], indptr: [0], columns: 2 })
    expect(() => fitLogistic(empty, [])).toThrow('fitLogistic: expected at least one row in X, got none')
    const huge = csr({ data: [1e200, 2, 3], indices, indptr, columns: 3 })
    expect(() => fitLogistic(huge, [0, 1, 0])).toThrow('X whose squares are doubles')
    const tiny = csr({ data: [1e-200, 2, 3], indices, indptr, columns: 3 })
    expect(() => fitLogistic(tiny, [0, 1, 0])).toThrow('X whose squares are doubles')
  })

  it('are never changed, and are shared where they can be', () => {
    const given = {
      data: Float64Array.of(1, 2, 3, 4),
      indices: Int32Array.of(2, 0, 1, 1),
      indptr: Int32Array.of(0, 2, 2, 4),
      columns: 3,
    }
    const before = structuredClone(given)
    fitLogistic(csr(given), [0, 1, 1], { penalty: l2(0.1) })
    csc({ ...given, rows: 3 })
    expect(given).toEqual(before)

    const numbers = Float64Array.of(1, 2, 3)
    const shared = csr({
      data: numbers,
      indices: Int32Array.of(0, 2, 1),
      indptr: Int32Array.of(0, 2, 2, 3),
      columns: 3,
    })
    numbers[0] = 10
    const out = new Float64Array(3)
    const reader = shared.reader()
    reader.read(0, 3)
    reader.multiply(Float64Array.of(1, 1, 1), 1, out)
    expect([...out]).toEqual([12, 0, 3])
  })
})

describe('moments that are hard to come by', () => {
  const even = (n: number) => new Float64Array(n).fill(1 / n)

  it('a constant column is exactly constant', () => {
    for (const value of [0.1, 1e-170, 1e170, -1 / 3])
      for (const n of [1, 3, 1000]) {
        const { mean, deviation } = csr(Array.from({ length: n }, () => [value])).moments(even(n))
        expect([mean[0], deviation[0]]).toEqual([value, 0])
      }
    // Constant where there is weight.
    const { mean, deviation } = csr([[0.1], [0.1], [0], [5]]).moments(Float64Array.of(0.3, 0.7, 0, 0))
    expect([mean[0], deviation[0]]).toEqual([0.1, 0])
  })

  it('a column of large numbers with one zero that weighs nearly nothing', () => {
    const n = 1000
    const X = Array.from({ length: n }, (_, i) => [i === 500 ? 0 : 1e6 + (i % 2)])
    for (const least of [1e-8, 1e-16, 1e-24]) {
      const weights = even(n)
      weights[500] = least
      const ours = csr(X).moments(weights)
      const theirs = dense(X).moments(weights)
      expectNear(ours.mean, theirs.mean, 1e6, 1e-14)
      expectNear(ours.deviation, theirs.deviation, theirs.deviation, 1e-9)
    }
    // σ² = ¼ + z(1 − z) m² with a zero of weight z, in exact arithmetic: one entry in 2²⁰ is missing.
    const many = 2 ** 20
    const indices = new Int32Array(many - 1)
    const data = new Float64Array(many - 1).fill(1e5)
    const indptr = Int32Array.from({ length: many + 1 }, (_, i) => Math.min(i, many - 1))
    const { mean, deviation } = csr({ data, indices, indptr, columns: 1 }).moments(even(many))
    const z = 2 ** -20
    expect(mean[0]).toBeCloseTo(1e5 * (1 - z), 9)
    expect(deviation[0]).toBeCloseTo(1e5 * Math.sqrt(z * (1 - z)), 10)
  })

  it('weights of any sum', () => {
    const X = sparseRows(50, 4, 0.4, 2)
    const weights = weightsOf(50, 1)
    const a = csr(X).moments(weights)
    const b = csr(X).moments(weights.map((w) => 64 * w))
    expect(b).toEqual(a)
    const none = standardized(csr(X), new Float64Array(50)).moments(weights)
    expectNear(none.mean, a.mean, 1, 1e-15)
  })
})

describe('sparseOrDense', () => {
  const weights = weightsOf(30, 2)
  const hashOf = (design: Design) => design.moments(weights).hash

  it('leaves zeros out where at most 40 % of the numbers are others', () => {
    const X = sparseRows(30, 10, 1, 6)
    for (const filled of [0, 119, 120, 121, 300]) {
      const given = X.map((row, i) => row.map((v, j) => (10 * i + j < filled ? v : 0)))
      const expected = filled <= 120 ? csr(given) : dense(given)
      expect(hashOf(sparseOrDense(given))).toBe(hashOf(expected))
    }
  })

  it('takes any stride, changes nothing, and names its mistakes', () => {
    const X = sparseRows(30, 6, 0.2, 4)
    const columnMajor = Float64Array.from({ length: 180 }, (_, q) => X[q % 30][Math.floor(q / 30)])
    const before = columnMajor.slice()
    const view = { data: columnMajor, shape: [30, 6], stride: [1, 30], offset: 0 }
    expect(hashOf(sparseOrDense(view))).toBe(hashOf(csr(arraysOf(X))))
    expect(hashOf(csr(view))).toBe(hashOf(csr(arraysOf(X))))
    const y = X.map((_, i) => +(i % 3 > 0))
    expectSameModel(
      fitLogistic(sparseOrDense(view), y, { penalty: l2(0.1) }),
      fitLogistic(view, y, { penalty: l2(0.1) }),
    )
    expect(columnMajor).toEqual(before)
    expect(() => sparseOrDense([[1, Number.POSITIVE_INFINITY]])).toThrow(
      new RangeError('sparseOrDense: expected finite numbers in X, got Infinity in row 0, column 1 (x1)'),
    )
  })
})

describe('prediction from a design', () => {
  const X = sparseRows(60, 5, 0.4, 17)
  const y = X.map((row, i) => (row[0] + row[3] + Math.sin(i) > 0 ? 'yes' : 'no'))
  const offset = X.map((_, i) => Math.cos(i))
  const model = fitLogistic(csr(X), y, { penalty: l2(0.1), offset })
  const file = blockFile({
    rows: 60,
    columns: 5,
    read(first, rows, into) {
      into.set(X.slice(first, first + rows).flat())
    },
  })

  it('says what the matrix says, dense and from a file to the bit', () => {
    const options = { offset }
    for (const [design, eps] of [
      [csr(arraysOf(X)), 1e-15],
      [csc(columnArraysOf(X)), 1e-15],
      [dense(X), 0],
      [file, 0],
    ] as const) {
      expect(decision(model, design, options).shape).toEqual([60, 1])
      expectNear(decision(model, design, options).data, decision(model, X, options).data, 20, eps)
      expectNear(
        predictProbability(model, design, options).data,
        predictProbability(model, X, options).data,
        1,
        5 * eps,
      )
      expectNear(
        positiveProbability(model, design, options),
        positiveProbability(model, X, options),
        1,
        5 * eps,
      )
      expect(predict(model, design, { threshold: 0.3, offset })).toEqual(
        predict(model, X, { threshold: 0.3, offset }),
      )
    }
  })

  it('models with several columns of η, and of numbers', () => {
    const several: Model = {
      ...model,
      family: 'softmax',
      classes: ['a', 'b', 'c'],
      positive: null,
      offset: false,
      coefficients: [0, 1, 2].map((k) => [k, 1 - k, 0.5, -2, k * k]),
      intercepts: [1, 2, 3],
    }
    const eta = linearPredictor('decision', several, csr(X), {})
    expect(eta.shape).toEqual([60, 3])
    expectNear(eta.data, linearPredictor('decision', several, X, {}).data, 20, 1e-15)
    const numbers = fitLinear(csr(X), offset)
    expectNear(predictResponse(numbers, csr(X)), predictResponse(numbers, X), 1, 1e-14)
  })

  it('beyond the doubles: the largest of them, and what cancels on the way there is right', () => {
    const rows = [
      [1e308, 0],
      [-1e308, 0],
      [1e308, 1e308],
      [1e308, -1e308],
      [3, 0],
      [1e308, 5e307],
    ]
    for (const w of [
      [1e3, -1e3],
      [1e308, -1e308],
      [1e308, 1e308],
      [3, -2],
    ]) {
      const far: Model = { ...model, terms: ['a', 'b'], coefficients: [w], intercepts: [0.25], offset: false }
      // All are whole but the intercept, which shows where nothing else is left.
      const exact = rows.map((x) => {
        const whole = x.reduce((sum, v, j) => sum + BigInt(v) * BigInt(w[j]), 0n)
        return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(whole) + 0.25))
      })
      for (const design of [csr(rows), dense(rows), rows]) {
        const { data } = decision(far, design)
        data.forEach((z, i) => {
          expect(Math.abs(z - exact[i])).toBeLessThanOrEqual(4e-16 * Math.abs(exact[i]))
        })
      }
    }
  })

  it('mistakes are named', () => {
    expect(() => decision(model, csr(X.map((row) => row.slice(1))), { offset })).toThrow(
      new RangeError('decision: expected 5 columns (terms of the model), got 4'),
    )
    expect(() => predict(model, csr(X))).toThrow('predict: expected an offset')
    expect(() => predict(model, csr(X), { offset: [1] })).toThrow('offset.length 60')
  })
})

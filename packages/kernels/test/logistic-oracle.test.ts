// The fused pass against the plain seam, block by block: the same answers to rounding, at every kind of row.
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { type Design, fitLogistic, objective, dense as plainDense } from '@logodds/linear'
import { l1, l2, lbfgs, newton } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { dense, matrix } from '../src/index.ts'
import { matrixOf, numbers, uniform, views } from './random.ts'

const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }
const far = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, v, j) => Math.max(most, Math.abs(v - b[j])), 0)

/** All that an oracle says at `at`, in an order in which what it remembers would show. */
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
  const said: Record<string, ArrayLike<number>> = {}
  for (const round of [1, 2]) {
    const at = numbers(p, random).map((v) => size * v)
    const along = numbers(p, random)
    const gradient = numbers(p, random)
    const product = numbers(p, random)
    const hessian = numbers(p * p, random)
    said[`value ${round}`] = [oracle({ ask: 'value', at })]
    oracle({ ask: 'curvature', at, along, product })
    said[`product ${round}`] = product.slice()
    said[`value with gradient ${round}`] = [oracle({ ask: 'gradient', at, gradient })]
    said[`gradient ${round}`] = gradient.slice()
    said[`value with Hessian ${round}`] = [oracle({ ask: 'hessian', at, gradient, hessian })]
    said[`gradient again ${round}`] = gradient
    said[`hessian ${round}`] = hessian
    oracle({ ask: 'curvature', at, along: gradient, product })
    said[`product again ${round}`] = product
  }
  return said
}

const shapes = [
  [1, 1],
  [2, 3],
  [5, 7],
  [37, 17],
  [100, 129],
  [1001, 2],
] as const

describe.each(shapes)('%i × %i', (n, p) => {
  // At 500 most rows are as good as certain, at 1e6 they are far in the tails.
  it.each([0, 1, 30, 500, 1e6])('at coefficients of size %f: what the plain oracle says', (size) => {
    const random = uniform(n + p)
    const X = matrixOf(n, p, views[n % 4], random)
    const y = numbers(n, random).map((v, i) => (i % 3 ? +(v > 0) : (v + 1) / 2))
    const weights = numbers(n, random).map((v, i) => (i % 4 === 3 && n > 3 ? 0 : 0.1 + Math.abs(v)))
    const offset = n % 2 ? numbers(n, random) : undefined
    const plain = answers(plainDense(X).withIntercept(), y, weights, offset, size)
    const fast = answers(dense(X).withIntercept(), y, weights, offset, size)
    for (const [name, expected] of Object.entries(plain)) {
      const largest = Array.from(expected).reduce((most, v) => Math.max(most, Math.abs(v)), 0)
      // Rounding of η, which is a sum of p + 1 terms up to `size`, moves all else by as much.
      const rounding = 1e-14 * (p + 1) * Math.max(1, size)
      expect(far(expected, fast[name]) <= rounding * Math.max(largest, size ? 1 : 0, 1e-3), name).toBe(true)
    }
  })
})

describe('the loss in WebAssembly', () => {
  // One column, at which η is what it says.
  const etas = [
    0, 1e-300, 1e-8, 0.3, 1, 5, 17.9, 36.5, 37.5, 100, 700, 708.1, 720, 740, 745.1, 746, 1e5, 1e300,
  ]
  const all = Float64Array.from([...etas, ...etas.map((v) => -v)])

  it.each([0, 1, 0.25])('y = %f: within 4 ε of core, tails and subnormal numbers too', (target) => {
    for (const eta of all) {
      // Two rows, so that the two lanes have different ways to go.
      const X = matrix(2, 1)
      X.data.set([eta, 0.5])
      const oracle = objective({
        design: dense(X),
        loss,
        y: [target, target],
        weights: [1, Number.MIN_VALUE],
      })
      const at = Float64Array.of(1)
      const gradient = new Float64Array(1)
      const value = oracle({ ask: 'gradient', at, gradient })
      const expected = binaryCrossEntropy.value(eta, target)
      const terms = Math.max(Math.abs(target * eta), expected)
      const slope = binaryCrossEntropy.gradient(eta, target)
      const within = (got: number, wanted: number, scale: number) =>
        expect(
          Math.abs(got - wanted) <= 4 * 2.3e-16 * Math.abs(scale) + 1e-323,
          `${eta}: ${got} ${wanted}`,
        ).toBe(true)
      within(value, expected, target % 1 ? terms : expected)
      // ∂f/∂w is the slope times x.
      if (eta !== 0 && Math.abs(eta) < 1e299)
        within(gradient[0] / eta, slope, target % 1 ? Math.max(Math.abs(slope), target) : slope)
    }
  })

  // Rows of one weight share logarithms.
  it.each([
    ['near certain', (v: number) => 20 * v - 30],
    ['all but impossible', (v: number) => 300 * v + 350],
    ['doubtful', (v: number) => v],
    ['all kinds', (v: number) => 40 * v ** 3],
  ])('sums over rows that are %s: within 4 ε of the sum of core', (_, eta) => {
    const random = uniform(3)
    for (const n of [2, 3, 7, 16, 17, 33, 100, 511, 1024]) {
      const X = matrix(n, 1)
      X.data.forEach((_, i) => {
        X.data[i] = eta(random())
      })
      for (const y of [new Float64Array(n), new Float64Array(n).fill(1), X.data.map((v) => +(v > 0))]) {
        const value = objective({ design: dense(X), loss, y })({ ask: 'value', at: Float64Array.of(1) })
        const terms = Array.from(X.data, (v, i) => binaryCrossEntropy.value(v, y[i]) / n)
        // From the smallest on, and what rounding takes is given back (Kahan), so that the sum is as good as exact.
        let sum = 0
        let lost = 0
        for (const term of terms.sort((a, b) => a - b)) {
          const more = sum + (term - lost)
          lost = more - sum - (term - lost)
          sum = more
        }
        expect(Math.abs(value - sum) / sum / 2 ** -52, `${n}`).toBeLessThan(4)
      }
    }
  })

  it('a row without weight says nothing, even if its η has overflowed', () => {
    const X = [
      [1e200, 1],
      [1, 2],
      [3, -1],
    ]
    const oracle = objective({ design: dense(X), loss, y: [0, 1, 0], weights: [0, 1, 1] })
    const gradient = new Float64Array(2)
    const value = oracle({ ask: 'gradient', at: Float64Array.of(1e200, 1), gradient })
    expect(Number.isNaN(value)).toBe(false)
  })
})

describe('a fit', () => {
  const random = uniform(11)
  const n = 400
  const X = matrixOf(n, 6, 'row-major', random)
  const data = X.data as Float64Array
  data.forEach((v, q) => {
    // A column far from 0 and a badly scaled one.
    const j = q % 6
    if (j === 1) data[q] = 1e8 + v
    if (j === 2) data[q] = 1e-6 * v
  })
  const y = Array.from({ length: n }, (_, i) => (Number(X.data[i * 6]) + random() > 0 ? 'yes' : 'no'))
  const weights = numbers(n, random).map((v) => Math.floor(2 + 2 * v))
  const offset = numbers(n, random)

  it.each([
    ['unpenalised', {}],
    ['ridge', { penalty: l2(1e-3) }],
    ['ℓ1', { penalty: l1(1e-3) }],
    [
      'weights, offset, class weights',
      { penalty: l2(1e-2), weights, offset, classWeights: 'balanced' as const },
    ],
    ['without intercept', { penalty: l2(1e-2), intercept: false }],
    ['by L-BFGS', { penalty: l2(1e-2), solver: () => lbfgs() }],
    ['unpenalised, by Newton', { solver: () => newton() }],
  ])('%s: the same model up to rounding, with the same certificate', (_, options) => {
    const plain = fitLogistic(X, y, options)
    const fast = fitLogistic(dense(X), y, options)
    const {
      gradientNorm: _g,
      dualityGap,
      logLikelihood,
      message: _m,
      passes: _p,
      iterations: _i,
      ...same
    } = fast.fit
    expect(fast.fit.status).toBe('converged')
    expect(plain.fit).toMatchObject(same)
    expect(Math.abs(logLikelihood! / plain.fit.logLikelihood! - 1)).toBeLessThan(1e-10)
    if (dualityGap !== null) expect(dualityGap).toBeLessThan(1e-8)
    plain.coefficients[0].forEach((w, j) => {
      expect(Math.abs(w - fast.coefficients[0][j])).toBeLessThan(1e-6 * Math.max(Math.abs(w), 1e-3))
    })
    expect({ ...fast, fit: 0, coefficients: 0, intercepts: 0 }).toEqual({
      ...plain,
      fit: 0,
      coefficients: 0,
      intercepts: 0,
    })
  })

  it('separable data are noticed', () => {
    const labels = Array.from({ length: n }, (_, i) => Number(X.data[i * 6]) > 0)
    expect(fitLogistic(dense(X), labels).fit.status).toBe('separated')
  })

  it('two fits of one matrix in turn do not disturb each other', () => {
    const own = matrix(n, 6)
    own.data.set((X.data as Float64Array).subarray(0, n * 6))
    const design = dense(own)
    const first = objective({ design, loss, y: y.map((v) => +(v === 'yes')) })
    const second = objective({ design, loss, y: y.map((v) => +(v === 'no')) })
    const at = new Float64Array(6)
    const gradient = new Float64Array(6)
    const before = first({ ask: 'gradient', at, gradient })
    const slope = gradient.slice()
    second({ ask: 'gradient', at, gradient })
    expect(
      far(
        gradient,
        slope.map((v) => -v),
      ),
    ).toBeLessThan(1e-6)
    expect(first({ ask: 'gradient', at, gradient })).toBe(before)
    expect(gradient).toEqual(slope)
    expect(dense(own).moments(new Float64Array(n).fill(1 / n)).mean.length).toBe(6)
    expect(first({ ask: 'gradient', at, gradient })).toBe(before)
  })

  it('η of a problem whose rows another has taken is what it was', () => {
    const own = matrix(n, 6)
    own.data.set((X.data as Float64Array).subarray(0, n * 6))
    const weights = new Float64Array(n).fill(1 / n)
    const oracleOf = (design: Design, positive: string) => {
      let made: ReturnType<NonNullable<Design['fused']>>
      const fused: Design['fused'] = (problem, plain) => {
        made = design.fused?.(problem, plain) ?? plain
        return made
      }
      objective({ design: { ...design, fused }, loss, y: y.map((v) => +(v === positive)) })
      return made!
    }
    const design = dense(own)
    const [first, second] = ['yes', 'no'].map((v) => oracleOf(design, v))
    const at = numbers(6, uniform(2)).map((v) => 1e-9 * v)
    const plain = oracleOf(plainDense(own), 'yes')
    plain.oracle({ ask: 'value', at })
    first.oracle({ ask: 'gradient', at, gradient: new Float64Array(6) })
    for (const take of [
      () => second.oracle({ ask: 'value', at: at.map((v) => 2 * v) }),
      () => design.moments(weights),
      () => undefined,
    ]) {
      take()
      expect(far(first.eta.subarray(0, n), plain.eta.subarray(0, n))).toBeLessThan(1e-14)
      expect([...first.at]).toEqual([...at])
      first.oracle({ ask: 'gradient', at, gradient: new Float64Array(6) })
    }
  })

  it('what is wrong with X is said before anything is copied', () => {
    expect(() => dense([[1, Number.NaN]])).toThrow(
      'dense: expected finite numbers in X, got NaN in row 0, column 1 (x1)',
    )
    expect(() => dense([[1, 2], [3]])).toThrow('dense: expected 2 numbers in row 1 of X, got 1')
    expect(() => matrix(0, 3)).toThrow('matrix: expected n a whole number >= 1, got 0')
    expect(() => matrix(3, 1.5)).toThrow('matrix: expected p a whole number >= 1, got 1.5')
  })
})

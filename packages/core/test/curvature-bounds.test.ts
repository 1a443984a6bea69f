import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binaryBrier } from '../src/binary-brier.ts'
import { binaryCrossEntropy } from '../src/binary-cross-entropy.ts'
import { categoricalCrossEntropy } from '../src/categorical-cross-entropy.ts'
import { curvatureBounds } from '../src/curvature-bounds.ts'
import type { ScalarLoss } from '../src/loss.ts'
import { sigmoid } from '../src/sigmoid.ts'
import { zeroOne } from '../src/zero-one.ts'
import { allLosses } from './all-losses.ts'
import { eigenvalues } from './eigenvalues.ts'

describe.each(allLosses)('$label', ({ loss, targets }) => {
  const bounds = curvatureBounds(loss, { targets })

  test('the largest curvature is the declared smoothness, the smallest is ≥ 0 only if it is convex', () => {
    // A slope that jumps has no curvature there; focal's smoothness is 10⁻⁴ above.
    if (loss.smoothness < Infinity) {
      expect(bounds.largest.curvature).toBeLessThanOrEqual(loss.smoothness * (1 + 8 * Number.EPSILON))
      expect(bounds.largest.curvature).toBeGreaterThanOrEqual(
        loss.smoothness * (loss.name === 'focal' ? 1 - 2e-4 : 1 - 1e-9),
      )
    } else expect([0, Infinity]).toContain(bounds.largest.curvature)
    expect(bounds.smallest.curvature >= 0).toBe(loss.convex)
  })

  test('no curvature lies outside, and each is where it is said to be', () => {
    const [from, to] = loss.domain ?? [-60, 60]
    fc.assert(
      fc.property(fc.double({ min: from, max: to, noNaN: true }), fc.constantFrom(...targets), (eta, y) => {
        const slack = 1e-9 * Math.abs(loss.hessian(eta, y))
        expect(loss.hessian(eta, y)).toBeGreaterThanOrEqual(bounds.smallest.curvature - slack)
        expect(loss.hessian(eta, y)).toBeLessThanOrEqual(bounds.largest.curvature + slack)
      }),
      { numRuns: 500 },
    )
    for (const { curvature, eta, target } of [bounds.smallest, bounds.largest]) {
      expect(targets).toContain(target)
      expect(loss.hessian(eta, target) + 0).toBe(curvature)
    }
  })
})

describe('against closed forms', () => {
  test('cross-entropy: from 0, only approached, to ¼ at η = 0', () => {
    const { smallest, largest } = curvatureBounds(binaryCrossEntropy)
    expect(smallest.curvature).toBe(0)
    expect(Math.abs(smallest.eta)).toBe(Infinity)
    expect(largest).toEqual({ curvature: 0.25, eta: 0, target: 0 })
  })

  test('(1 − σ(η))²: from σ = (9 − √33)/24 to σ = (9 + √33)/24, and 0 at σ = 1/3', () => {
    const curvature = (p: number) => 2 * (1 - p) ** 2 * p * (3 * p - 1)
    const { smallest, largest } = curvatureBounds(binaryBrier, { targets: [1] })
    expect(sigmoid(largest.eta)).toBeCloseTo((9 + Math.sqrt(33)) / 24, 7)
    expect(sigmoid(smallest.eta)).toBeCloseTo((9 - Math.sqrt(33)) / 24, 7)
    expect(largest.curvature).toBeCloseTo(curvature((9 + Math.sqrt(33)) / 24), 14)
    expect(smallest.curvature).toBeCloseTo(curvature((9 - Math.sqrt(33)) / 24), 14)
  })

  test('of a loss of one’s own', () => {
    const wave: ScalarLoss = {
      name: 'wave',
      value: (eta, y) => -Math.exp(-((eta - y) ** 2) / 2),
      gradient: (eta, y) => (eta - y) * Math.exp(-((eta - y) ** 2) / 2),
      hessian: (eta, y) => (1 - (eta - y) ** 2) * Math.exp(-((eta - y) ** 2) / 2),
      smoothness: 1,
    }
    const { smallest, largest } = curvatureBounds(wave, { targets: [3] })
    expect(largest).toEqual({ curvature: 1, eta: 3, target: 3 })
    expect(smallest.curvature).toBeCloseTo(-2 * Math.exp(-1.5), 14)
    expect(Math.abs(smallest.eta - 3)).toBeCloseTo(Math.sqrt(3), 7)
  })
})

describe('convexity made visible', () => {
  test('the curvature of (1 − σ(η))² changes its sign at ŷ = 1/3, that of cross-entropy never does', () => {
    const third = -Math.LN2
    expect(sigmoid(third)).toBeCloseTo(1 / 3, 15)
    expect(Math.abs(binaryBrier.hessian(third, 1))).toBeLessThan(1e-16)
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 300, noNaN: true }), (by) => {
        expect(binaryBrier.hessian(third - by, 1)).toBeLessThan(0)
        expect(binaryBrier.hessian(third + by, 1)).toBeGreaterThan(0)
        for (const eta of [third - by, third + by])
          expect(binaryCrossEntropy.hessian(eta, 1)).toBeGreaterThan(0)
      }),
    )
  })

  test('of many rows: the smallest eigenvalue of XᵀSX is ≥ −ε times the largest, at random points', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true })
    const problem = fc.integer({ min: 1, max: 6 }).chain((p) =>
      fc.record({
        X: fc.array(fc.array(number, { minLength: p, maxLength: p }), { minLength: 1, maxLength: 12 }),
        w: fc.array(number, { minLength: p, maxLength: p }),
      }),
    )
    const gram = (X: number[][], w: number[], bend: (eta: number) => number) => {
      const p = w.length
      const H = new Float64Array(p * p)
      for (const x of X) {
        const s = bend(x.reduce((sum, entry, j) => sum + entry * w[j], 0))
        for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) H[a * p + b] += s * x[a] * x[b]
      }
      return eigenvalues(H)
    }
    let lowest = Infinity
    fc.assert(
      fc.property(problem, ({ X, w }) => {
        const found = gram(X, w, (eta) => binaryCrossEntropy.hessian(eta, 1))
        expect(found[0]).toBeGreaterThanOrEqual(-32 * Number.EPSILON * found.at(-1)!)
        lowest = Math.min(lowest, gram(X, w, (eta) => binaryBrier.hessian(eta, 1))[0])
      }),
      { numRuns: 300, seed: 1 },
    )
    // The same test, of a loss that is not convex, fails.
    expect(lowest).toBeLessThan(-0.01)
  })
})

test('refused: a loss without a Hessian, targets that are none', () => {
  expect(() => curvatureBounds(zeroOne as unknown as ScalarLoss)).toThrow(
    new TypeError('curvatureBounds: expected a loss of one input with a hessian, got zero-one'),
  )
  expect(() => curvatureBounds(categoricalCrossEntropy as unknown as ScalarLoss)).toThrow(
    new TypeError(
      'curvatureBounds: expected a loss of one input with a hessian, got categorical-cross-entropy',
    ),
  )
  expect(() => curvatureBounds(binaryCrossEntropy, { targets: [0, 2] })).toThrow(
    new RangeError('curvatureBounds: expected targets from 0 to 1, got 2'),
  )
  expect(() => curvatureBounds(binaryCrossEntropy, { targets: [] })).toThrow(
    new RangeError('curvatureBounds: expected at least 1 target, got 0'),
  )
})

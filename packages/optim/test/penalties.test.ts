// What makes a penalty one: prox, subdifferential and conjugate fit its value, in every coordinate and unit.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elasticNet } from '../src/elastic-net.ts'
import { l1 } from '../src/l1.ts'
import { l2 } from '../src/l2.ts'
import type { Penalty } from '../src/penalty.ts'

const size = 4
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const vector = fc.array(number(-5, 5), { minLength: size, maxLength: size }).map((v) => Float64Array.from(v))
const factors = fc
  .array(number(0.1, 3), { minLength: size, maxLength: size })
  .map((v) => Float64Array.from(v))
const lambda = number(0.01, 2)
// Not so close to the ends that (|u| − λ₁)²/2λ₂ is made of roundings.
const share = number(0.05, 0.95)
const penalty: fc.Arbitrary<Penalty> = fc
  .tuple(fc.constantFrom('l1', 'l2', 'net'), lambda, share, factors, fc.boolean(), fc.option(factors))
  .map(([kind, strength, alpha, weights, weighted, scale]) => {
    const options = weighted ? { weights } : {}
    const made =
      kind === 'l1'
        ? l1(strength, options)
        : kind === 'l2'
          ? l2(strength, options)
          : elasticNet(strength, alpha, options)
    return scale ? made.inCoordinates(weights, scale) : made
  })
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, j) => sum + v * b[j]!, 0)

describe('values', () => {
  it('are those of the formula', () => {
    const w = Float64Array.of(3, -4)
    expect(l1(0.5).value(w)).toBe(3.5)
    expect(l2(0.5).value(w)).toBe(6.25)
    expect(elasticNet(0.5, 0.2).value(w)).toBeCloseTo(0.5 * (0.2 * 7 + 0.4 * 25), 14)
    expect(l1(0.5, { weights: [1, 0] }).value(w)).toBe(1.5)
    expect(elasticNet(2, 0.5, { weights: [3, 1] }).value(w)).toBeCloseTo(2 * (3 * (1.5 + 2.25) + 2 + 4), 14)
  })

  it('record what the penalty is', () => {
    expect(l1(0.5)).toMatchObject({ name: 'l1', lambda: 0.5, alpha: 1, weights: undefined })
    expect(l2(0.5)).toMatchObject({ name: 'l2', lambda: 0.5, alpha: 0, smooth: true, smoothness: 0.5 })
    expect(elasticNet(0.5, 0.3)).toMatchObject({ name: 'elastic-net', lambda: 0.5, alpha: 0.3 })
    const weights = [1, 2]
    const weighted = l2(0.5, { weights })
    expect(weighted).toMatchObject({ weights: Float64Array.of(1, 2), smoothness: 1 })
    weights[0] = 9
    expect(weighted.weights).toEqual(Float64Array.of(1, 2))
  })

  it('an elastic net is a lasso at alpha 1 and a ridge at alpha 0', () => {
    fc.assert(
      fc.property(lambda, vector, vector, (strength, w, g) => {
        for (const [net, pure] of [
          [elasticNet(strength, 1), l1(strength)],
          [elasticNet(strength, 0), l2(strength)],
        ] as const) {
          expect(net.value(w)).toBe(pure.value(w))
          expect(net.distance(w, g)).toBe(pure.distance(w, g))
          expect(net.conjugate(g, 0.1)).toBe(pure.conjugate(g, 0.1))
          expect(net.dualScale(g)).toBe(pure.dualScale(g))
        }
      }),
    )
  })
})

describe('prox', () => {
  it('is optimal: its point is a stationary point of ½‖w − v‖² + step P(w)', () => {
    fc.assert(
      fc.property(penalty, vector, number(0.01, 10), (p, v, step) => {
        const out = new Float64Array(size)
        p.prox(v, step, out)
        const gradient = out.map((w, j) => (w - v[j]!) / step)
        expect(p.distance(out, gradient)).toBeLessThan(1e-12 / step + 1e-13)
      }),
    )
  })

  it('is not beaten by any other point', () => {
    fc.assert(
      fc.property(penalty, vector, vector, number(0.01, 10), (p, v, other, step) => {
        const out = new Float64Array(size)
        p.prox(v, step, out)
        const cost = (w: Float64Array) => {
          const d = w.map((x, j) => x - v[j]!)
          return 0.5 * dot(d, d) + step * p.value(w)
        }
        expect(cost(out)).toBeLessThanOrEqual(cost(other) * (1 + 1e-14))
      }),
    )
  })

  it('may write over its input, and is soft thresholding for ℓ1', () => {
    const v = Float64Array.of(3, -3, 0.5, -0.5, 1)
    l1(2).prox(v, 0.5, v)
    expect(v).toEqual(Float64Array.of(2, -2, 0, 0, 0))
  })

  it('leaves unpenalised coordinates alone, and NaN visible', () => {
    const v = Float64Array.of(3, 0.1, NaN)
    elasticNet(1, 0.5, { weights: [1, 0, 1] }).prox(v, 1, v)
    expect([...v]).toEqual([2.5 / 1.5, 0.1, NaN])
  })
})

describe('distance', () => {
  it('is 0 exactly where −gradient is a subgradient: P(z) ≥ P(w) − gᵀ(z − w) for all z', () => {
    fc.assert(
      fc.property(penalty, vector, vector, number(0.1, 2), (p, v, z, step) => {
        const w = new Float64Array(size)
        p.prox(v, step, w)
        const g = w.map((x, j) => (x - v[j]!) / step)
        const rise = z.reduce((sum, x, j) => sum - g[j]! * (x - w[j]!), 0)
        const rounding = 1e-12 * (1 + p.value(w) + p.value(z))
        expect(p.value(z)).toBeGreaterThanOrEqual(p.value(w) + rise - rounding)
      }),
    )
  })

  it('measures in the ∞-norm', () => {
    expect(l1(1).distance(Float64Array.of(2, 0, 0, -1), Float64Array.of(-1, 0.5, -3, 1.5))).toBe(2)
    expect(l2(2).distance(Float64Array.of(1, -1), Float64Array.of(-2, 5))).toBe(3)
    expect(l1(1, { weights: [0] }).distance(Float64Array.of(0), Float64Array.of(-4))).toBe(4)
    expect(l1(1).distance(Float64Array.of(0), Float64Array.of(NaN))).toBeNaN()
  })
})

describe('conjugate', () => {
  it('obeys Fenchel and Young: P(w) + P*(u) ≥ uᵀw', () => {
    fc.assert(
      fc.property(penalty, vector, vector, (p, w, u) => {
        const c = p.dualScale(u)
        expect(p.value(w) + p.conjugate(u, c)).toBeGreaterThanOrEqual(
          c * dot(u, w) - 1e-12 * (1 + p.value(w)),
        )
      }),
    )
  })

  it('with equality where u is a subgradient at w', () => {
    fc.assert(
      fc.property(penalty, vector, number(0.1, 2), (p, v, step) => {
        const w = new Float64Array(size)
        p.prox(v, step, w)
        const u = w.map((x, j) => (v[j]! - x) / step)
        // Rounding may have put u just outside the domain.
        const c = p.dualScale(u)
        expect(c).toBeCloseTo(1, 9)
        expect(p.value(w) + p.conjugate(u, c)).toBeCloseTo(c * dot(u, w), 10)
      }),
    )
  })

  it('is finite at the dual scale and infinite beyond it', () => {
    fc.assert(
      fc.property(lambda, factors, vector, (strength, weights, u) => {
        const p = l1(strength, { weights })
        const c = p.dualScale(u)
        expect(c).toBeGreaterThan(0)
        expect(c).toBeLessThanOrEqual(1)
        expect(p.conjugate(u, c)).toBe(0)
        if (c < 1) expect(p.conjugate(u, c * (1 + 1e-9))).toBe(Infinity)
      }),
    )
  })

  it('has no border where there is some ridge; u = 0 scales by 1', () => {
    expect(elasticNet(1, 0.9).dualScale(Float64Array.of(1e6))).toBe(1)
    expect(l1(1).dualScale(new Float64Array(3))).toBe(1)
    expect(elasticNet(2, 0.5).conjugate(Float64Array.of(3, -0.5), 1)).toBe(2)
  })

  it('takes no account of unpenalised coordinates', () => {
    const p = l1(1, { weights: [1, 0] })
    const u = Float64Array.of(2, 1e-9)
    expect([p.dualScale(u), p.conjugate(u, 0.5)]).toEqual([0.5, 0])
    const none = l1(0)
    expect([none.dualScale(u), none.conjugate(u, 1)]).toEqual([1, 0])
  })
})

describe('inCoordinates', () => {
  it('is the same penalty of w = v / scale, and so are its prox, distance and conjugate', () => {
    fc.assert(
      fc.property(
        lambda,
        share,
        factors,
        factors,
        vector,
        vector,
        (strength, alpha, weights, scale, w, g) => {
          const plain = elasticNet(strength, alpha, { weights })
          const seen = elasticNet(strength, alpha).inCoordinates(weights, scale)
          const v = w.map((x, j) => x * scale[j]!)
          expect(seen.value(v)).toBeCloseTo(plain.value(w), 11)
          // ∂P(v) = ∂P(w) / scale, so u ∘ scale are the conjugate's arguments.
          const u = g.map((x, j) => x / scale[j]!)
          const c = 0.9 * plain.dualScale(g)
          const expected = plain.conjugate(g, c)
          expect(Math.abs(seen.conjugate(u, c) - expected)).toBeLessThanOrEqual(1e-11 * (1 + expected))
          expect(seen).toMatchObject({ name: 'elastic-net', lambda: strength, alpha, weights })
        },
      ),
    )
  })

  it('can be taken twice', () => {
    const w = Float64Array.of(2, -3)
    const twice = elasticNet(1, 0.5)
      .inCoordinates(Float64Array.of(1, 1), Float64Array.of(2, 4))
      .inCoordinates(Float64Array.of(1, 2), Float64Array.of(5, 0.5))
    expect(twice.value(w.map((x, j) => x * [10, 2][j]!))).toBeCloseTo(
      elasticNet(1, 0.5, { weights: [1, 2] }).value(w),
      13,
    )
  })

  it('keeps a ridge smooth', () => {
    const ridge = l2(2).inCoordinates(Float64Array.of(1, 0), Float64Array.of(2, 1))
    expect(ridge).toMatchObject({ smooth: true, smoothness: 0.5, name: 'l2' })
  })

  it('refuses a scale that is not one', () => {
    const ones = Float64Array.of(1, 1)
    expect(() => l1(1).inCoordinates(ones, Float64Array.of(1, 0))).toThrow(
      new RangeError('l1: expected scale[1] > 0, got 0'),
    )
    expect(() => l1(1).inCoordinates(ones, Float64Array.of(1))).toThrow('l1: expected scale.length 2, got 1')
  })
})

describe('the solver that a penalty brings', () => {
  it('is FISTA for that very penalty, also in other coordinates; none for a smooth one', () => {
    for (const p of [l1(1), elasticNet(1, 0.5), l1(1).inCoordinates(Float64Array.of(1), Float64Array.of(2))])
      expect(p.solver?.({ tolerance: 1e-6 }).penalty).toBe(p)
    expect(l2(1).solver).toBeUndefined()
  })
})

describe('the gradient and Hessian of a ridge', () => {
  it('are those of its value', () => {
    fc.assert(
      fc.property(lambda, factors, vector, vector, (strength, weights, w, along) => {
        const p = l2(strength, { weights })
        const gradient = new Float64Array(size)
        const product = new Float64Array(size)
        const hessian = new Float64Array(size * size)
        p.addGradient(w, gradient)
        p.addCurvature(along, product)
        p.addHessian(hessian)
        const d = along.map((a, j) => w[j]! + a)
        // A quadratic is its second-order expansion.
        expect(p.value(d)).toBeCloseTo(p.value(w) + dot(gradient, along) + 0.5 * dot(product, along), 10)
        product.forEach((v, j) => {
          expect(v).toBeCloseTo(
            along.reduce((sum, a, k) => sum + hessian[j * size + k]! * a, 0),
            12,
          )
        })
        expect(p.smoothness).toBe(Math.max(...weights.map((x) => x * strength)))
        expect(
          p.distance(
            w,
            gradient.map((g) => -g),
          ),
        ).toBe(0)
      }),
    )
  })

  it('are added to what is there', () => {
    const gradient = Float64Array.of(1, 1)
    l2(2, { weights: [1, 0] }).addGradient(Float64Array.of(3, 3), gradient)
    expect(gradient).toEqual(Float64Array.of(7, 1))
  })
})

describe('callers’ mistakes', () => {
  it.each([NaN, -1, Infinity])('lambda %d', (bad) => {
    expect(() => l1(bad)).toThrow(new RangeError(`l1: expected lambda >= 0, got ${bad}`))
    expect(() => l2(bad)).toThrow(new RangeError(`l2: expected lambda >= 0, got ${bad}`))
    expect(() => elasticNet(bad, 0.5)).toThrow(
      new RangeError(`elastic-net: expected lambda >= 0, got ${bad}`),
    )
    expect(() => l1(1, { weights: [1, bad] })).toThrow(
      new RangeError(`l1: expected weights[1] >= 0, got ${bad}`),
    )
  })

  it.each([NaN, -0.1, 1.1])('alpha %d', (bad) => {
    expect(() => elasticNet(1, bad)).toThrow(
      new RangeError(`elastic-net: expected alpha from 0 to 1, got ${bad}`),
    )
  })

  it('as many weights as coordinates, at every door', () => {
    const three = new Float64Array(3)
    const p = l2(1, { weights: [1, 1] })
    const message = new RangeError('l2: expected 2 coordinates (one per weight), got 3')
    for (const use of [
      () => p.value(three),
      () => p.prox(three, 1, three),
      () => p.distance(three, three),
      () => p.dualScale(three),
      () => p.conjugate(three, 1),
      () => p.addGradient(three, three),
      () => p.addCurvature(three, three),
      () => p.addHessian(new Float64Array(9)),
    ])
      expect(use).toThrow(message)
  })
})

// What holds for every penalty, of groups, bounds and folds too; and what is particular to each.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { box } from '../src/box.ts'
import { elasticNet } from '../src/elastic-net.ts'
import { groupLasso } from '../src/group-lasso.ts'
import { l1 } from '../src/l1.ts'
import { l2 } from '../src/l2.ts'
import { mcp } from '../src/mcp.ts'
import { nonNegative } from '../src/non-negative.ts'
import { none } from '../src/none.ts'
import type { Penalty } from '../src/penalty.ts'
import { scad } from '../src/scad.ts'

const size = 5
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const array = (min: number, max: number) =>
  fc.array(number(min, max), { minLength: size, maxLength: size }).map((v) => Float64Array.from(v))
const vector = array(-5, 5)
const positive = array(0.2, 3)
const lambda = number(0.05, 2)
const groups = fc.constantFrom([0, 0, 0, 0, 0], [0, 1, 0, 1, 0], [0, 1, 2, 3, 4], [2, 2, 0, 0, 1])
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, j) => sum + v * b[j]!, 0)

/** In its own coordinates, or in others. */
const seen = (made: fc.Arbitrary<Penalty>) =>
  fc
    .tuple(made, positive, positive, fc.boolean())
    .map(([p, weights, scale, moved]) => (moved ? p.inCoordinates(weights, scale) : p))
const convex: [string, fc.Arbitrary<Penalty>][] = [
  ['none', fc.constant(none())],
  ['l1', seen(fc.tuple(lambda, positive).map(([l, weights]) => l1(l, { weights })))],
  ['l2', seen(lambda.map((l) => l2(l)))],
  ['elasticNet', seen(fc.tuple(lambda, number(0.05, 0.95)).map(([l, a]) => elasticNet(l, a)))],
  ['groupLasso', seen(fc.tuple(lambda, groups).map(([l, g]) => groupLasso(l, g)))],
  ['nonNegative', seen(fc.constant(nonNegative({ weights: [1, 1, 0, 1, 1] })))],
  ['box', seen(fc.tuple(array(-3, 0), array(0, 3)).map(([lower, upper]) => box(lower, upper)))],
]
const bent: [string, fc.Arbitrary<Penalty>][] = [
  ['mcp', seen(fc.tuple(lambda, number(0.5, 5), positive).map(([l, g, weights]) => mcp(l, g, { weights })))],
  ['scad', seen(fc.tuple(lambda, number(2.5, 6)).map(([l, a]) => scad(l, a)))],
]
/** A step that the penalty takes. */
const stepFor = (p: Penalty, share: number) => share * Math.min(4, p.stepLimit ?? 4)
const proxOf = (p: Penalty, v: Float64Array, step: number) => {
  const out = new Float64Array(v.length)
  p.prox(v, step, out)
  return out
}

describe.each([...convex, ...bent])('%s', (_, made) => {
  it('has a prox that no other point beats, near or far', () => {
    fc.assert(
      fc.property(made, vector, vector, number(0.01, 0.95), number(0, 1), (p, v, other, share, near) => {
        const step = stepFor(p, share)
        const out = proxOf(p, v, step)
        const cost = (w: Float64Array) => {
          const d = w.map((x, j) => x - v[j]!)
          return 0.5 * dot(d, d) + step * p.value(w)
        }
        const best = cost(out) * (1 + 1e-13) + 1e-13
        expect(cost(other)).toBeGreaterThanOrEqual(best - 2e-13 * (1 + best))
        expect(cost(out.map((x, j) => x + 0.01 * near * (other[j]! - x)))).toBeGreaterThanOrEqual(
          best - 2e-13 * (1 + best),
        )
        expect(cost(new Float64Array(size))).toBeGreaterThanOrEqual(best - 2e-13 * (1 + best))
      }),
      { numRuns: 300 },
    )
  })

  it('has a distance that is 0 at a prox, and only if −gradient is a subgradient', () => {
    fc.assert(
      fc.property(made, vector, number(0.05, 0.95), number(0.01, 1), (p, v, share, extra) => {
        const step = stepFor(p, share)
        const w = proxOf(p, v, step)
        const gradient = w.map((x, j) => (x - v[j]!) / step)
        // Within the roundings of w where a group is about to vanish.
        expect(p.distance(w, gradient)).toBeLessThan(1e-9)
        // Pushed on, away from zero or from within, it is that far away.
        const free = w.findIndex((x, j) => x !== 0 && p.proxBlock.length > 0 && inside(p, w, j))
        if (free >= 0) {
          gradient[free]! += extra
          expect(p.distance(w, gradient)).toBeCloseTo(extra, 8)
        }
      }),
    )
  })

  it('has blocks that make up its prox', () => {
    fc.assert(
      fc.property(made, vector, number(0.05, 0.95), (p, v, share) => {
        const step = stepFor(p, share)
        const pieces = v.slice()
        for (let b = 0; b < (p.blocks ?? v).length; b++) p.proxBlock(b, pieces, step)
        expect(pieces).toEqual(proxOf(p, v, step))
        expect(
          [...(p.blocks ?? Array.from(v, (_, j) => [j]))].flat().sort((a, b) => a - b),
          'each coordinate once',
        ).toEqual(Array.from(v, (_, j) => j))
      }),
    )
  })

  it('lets NaN be seen, and writes over its input', () => {
    fc.assert(
      fc.property(made, vector, (p, v) => {
        const step = stepFor(p, 0.5)
        const expected = proxOf(p, v, step)
        const bad = v.slice()
        bad[1] = NaN
        p.prox(v, step, v)
        expect(v).toEqual(expected)
        expect(proxOf(p, bad, step)[1]).toBeNaN()
      }),
    )
  })

  it('means the same in other coordinates: value and conjugate', () => {
    fc.assert(
      fc.property(made, vector, vector, positive, (p, w, u, scale) => {
        const weights = p.weights ?? new Float64Array(size).fill(1)
        const other = p.inCoordinates(weights, scale)
        const v = w.map((x, j) => x * scale[j]!)
        // A constraint's bounds may round to either side of a point on them.
        if (p.value(w) < Infinity) expect(other.value(v)).toBeCloseTo(p.value(w), 10)
        const c = 0.9 * p.dualScale(u)
        const conjugate = p.conjugate(u, c)
        const there = other.conjugate(
          u.map((x, j) => x / scale[j]!),
          c,
        )
        expect(there === conjugate || Math.abs(there - conjugate) < 1e-10 * (1 + conjugate)).toBe(true)
      }),
    )
  })

  it('brings a solver for itself unless it is smooth, also in other coordinates', () => {
    fc.assert(
      fc.property(made, (p) => {
        expect(p.solver?.({}).penalty).toBe('smooth' in p ? undefined : p)
      }),
      { numRuns: 5 },
    )
  })
})

/** Whether the penalty is differentiable in coordinate j at w. */
function inside(p: Penalty, w: Float64Array, j: number): boolean {
  const near = (by: number) => p.value(w.map((x, k) => (k === j ? x + by : x)))
  return near(1e-6) + near(-1e-6) < Infinity
}

describe.each(convex)('%s, being convex', (_, made) => {
  it('obeys Fenchel and Young, with equality at subgradients (Moreau: v = prox_tP v + t prox_P*/t (v/t))', () => {
    fc.assert(
      fc.property(made, vector, vector, number(0.05, 2), (p, v, any, step) => {
        const w = proxOf(p, v, step)
        // Whoever asks sees to it that u is 0 where nothing is penalised.
        const other = any.map((x, j) => (p.weights?.[j] === 0 || p.name === 'none' ? 0 : x))
        const u = v.map((x, j) => (x - w[j]!) / step)
        const scale = p.dualScale(u)
        // u is in the domain of the conjugate, up to rounding.
        if (!('constraint' in p)) expect(scale).toBeGreaterThan(1 - 1e-9)
        if (scale > 0) {
          expect(p.value(w) + p.conjugate(u, scale)).toBeCloseTo(scale * dot(u, w), 8)
          // u is the prox of P*/t at v/t: ½‖u − v/t‖² + P*(u)/t is no smaller elsewhere.
          const dual = (z: Float64Array, c: number) => {
            const d = z.map((x, j) => c * x - v[j]! / step)
            return 0.5 * dot(d, d) + p.conjugate(z, c) / step
          }
          const c = p.dualScale(other)
          expect(dual(other, c)).toBeGreaterThanOrEqual(dual(u, scale) * (1 - 1e-8) - 1e-8)
        }
        const c = p.dualScale(other)
        if (p.value(w) < Infinity)
          expect(p.value(w) + p.conjugate(other, c)).toBeGreaterThanOrEqual(c * dot(other, w) - 1e-10)
      }),
    )
  })

  it('has a prox that brings no two points further apart, and a conjugate that is infinite beyond its scale', () => {
    fc.assert(
      fc.property(made, vector, vector, number(0.05, 2), (p, a, b, step) => {
        const from = a.map((x, j) => x - b[j]!)
        const [x, y] = [proxOf(p, a, step), proxOf(p, b, step)]
        const to = x.map((v, j) => v - y[j]!)
        // Firmly: ‖to‖² ≤ toᵀfrom.
        expect(dot(to, to)).toBeLessThanOrEqual(dot(to, from) + 1e-9)
        const c = p.dualScale(a)
        expect(p.conjugate(a, c)).toBeLessThan(Infinity)
        if (c > 0 && c < 1) expect(p.conjugate(a, c * (1 + 1e-9))).toBe(Infinity)
      }),
    )
  })
})

describe.each(convex.filter(([name]) => /l1|group/.test(name)))('%s, being a norm', (_, made) => {
  it('has the dual norm 1/dualScale: uᵀw ≤ ‖u‖* P(w), attained', () => {
    fc.assert(
      fc.property(made, vector, vector, (p, any, direction) => {
        // Nothing whose square is no double.
        const w = any.map((x) => Math.round(1e9 * x) / 1e9)
        // Long enough for the scale to be below 1.
        const u = direction.map((x) => 1e3 * x)
        const scale = p.dualScale(u)
        fc.pre(scale < 1)
        expect(dot(u, w)).toBeLessThanOrEqual((p.value(w) / scale) * (1 + 1e-12))
        // Where just more than P allows for is let through, uᵀw / P(w) is the norm.
        const best = proxOf(p, u, (1 - 1e-6) / scale)
        expect(dot(u, best) / p.value(best)).toBeGreaterThan((1 - 1e-5) / scale)
        // A norm is homogeneous.
        expect(p.value(w.map((x) => -3 * x))).toBeCloseTo(3 * p.value(w), 9)
      }),
    )
  })
})

describe('groupLasso', () => {
  it('is the formula: weights √size unless given, and ℓ1 for groups of one', () => {
    const w = Float64Array.of(3, 4, -2)
    expect(groupLasso(0.5, [0, 0, 1]).value(w)).toBeCloseTo(0.5 * (Math.SQRT2 * 5 + 2), 14)
    expect(groupLasso(0.5, [0, 0, 1], { weights: [2, 0] }).value(w)).toBe(5)
    expect(groupLasso(0.5, [2, 0, 1]).value(w)).toBe(l1(0.5).value(w))
    const out = proxOf(groupLasso(1, [0, 0, 1], { weights: [1, 1] }), w, 2.5)
    expect([...out]).toEqual([1.5, 2, 0])
  })

  it('puts the coefficients of a feature in one group for all classes, without the intercepts', () => {
    // Two features, three classes, intercepts last.
    const columns = [0, 0, 0, 1, 1, 1, -1, -1, -1]
    const weights = Float64Array.from(columns, (c) => Number(c >= 0))
    const p = groupLasso(2, [0, 1]).inCoordinates(weights, new Float64Array(9).fill(1), columns)
    expect(p.value(Float64Array.of(2, 3, 6, 0, 3, 4, 100, 100, 100))).toBe(2 * (7 + 5))
    const out = proxOf(p, Float64Array.of(2, 3, 6, 0, 3, 4, 9, 9, 9), 2.5)
    expect([...out].map((v) => +v.toFixed(12))).toEqual([
      ...[2, 3, 6].map((v) => +((v * 2) / 7).toFixed(12)),
      0,
      0,
      0,
      9,
      9,
      9,
    ])
    expect(() => groupLasso(2, [0, 1]).inCoordinates(new Float64Array(9).fill(1), weights, columns)).toThrow(
      new RangeError('group-lasso: expected a group or weight 0 for coordinate 6, got column -1'),
    )
  })

  it('keeps its numbers in order where units differ by 1e6', () => {
    const p = groupLasso(1, [0, 0, 0]).inCoordinates(Float64Array.of(1, 1, 1), Float64Array.of(1e-3, 1, 1e3))
    const v = Float64Array.of(1e-3, 2, 500)
    for (const step of [1e-6, 1e-3, 0.1, 1]) {
      const w = proxOf(p, v, step)
      const gradient = w.map((x, j) => (x - v[j]!) / step)
      expect(p.distance(w, gradient)).toBeLessThan(1e-9 * Math.max(...gradient.map(Math.abs)))
    }
  })

  it('refuses groups, weights and vectors that do not fit', () => {
    expect(() => groupLasso(-1, [0])).toThrow(new RangeError('group-lasso: expected lambda >= 0, got -1'))
    expect(() => groupLasso(1, [0, 0.5])).toThrow(
      new RangeError('group-lasso: expected groups[1] 0, 1, …, got 0.5'),
    )
    expect(() => groupLasso(1, [0, 1], { weights: [1] })).toThrow(
      new RangeError('group-lasso: expected 2 weights (one per group), got 1'),
    )
    expect(() => groupLasso(1, [0, 1], { weights: [1, NaN] })).toThrow(
      new RangeError('group-lasso: expected weights[1] >= 0, got NaN'),
    )
    expect(() => groupLasso(1, [0, 1]).value(new Float64Array(3))).toThrow(
      new RangeError('group-lasso: expected 2 coordinates (one per entry of groups), got 3'),
    )
  })
})

describe('box and nonNegative', () => {
  it('are 0 inside and Infinity outside, bounds belonging to the inside', () => {
    const p = box([0, -1, -Infinity], [1, -1, 3])
    expect(p.value(Float64Array.of(0, -1, -1e9))).toBe(0)
    expect(p.value(Float64Array.of(1, -1, 3))).toBe(0)
    expect(p.value(Float64Array.of(1.1, -1, 0))).toBe(Infinity)
    expect([...proxOf(p, Float64Array.of(5, 5, 5), 9)]).toEqual([1, -1, 3])
    expect(nonNegative().value(Float64Array.of(0, 2))).toBe(0)
    expect(nonNegative({ weights: [0, 1] }).value(Float64Array.of(-1, 2))).toBe(0)
    expect(nonNegative({ weights: [1, 1] }).value(Float64Array.of(-1, 2))).toBe(Infinity)
  })

  it('measure what bounds do not hold', () => {
    const p = box(0, 1)
    const distance = (w: number, g: number) => p.distance(Float64Array.of(w), Float64Array.of(g))
    expect([distance(0, 2), distance(0, -2), distance(1, -2), distance(1, 2), distance(0.5, -3)]).toEqual([
      0, 2, 0, 2, 3,
    ])
    expect(distance(0, NaN)).toBeNaN()
    expect(box(1, 1).distance(Float64Array.of(1), Float64Array.of(7))).toBe(0)
  })

  it('have the support function for a conjugate', () => {
    const p = box([-1, 0], [2, Infinity])
    expect(p.conjugate(Float64Array.of(3, -1), 1)).toBe(6)
    expect(p.conjugate(Float64Array.of(-3, -1), 0.5)).toBe(1.5)
    expect(p.conjugate(Float64Array.of(0, 1), 1)).toBe(Infinity)
    expect([p.dualScale(Float64Array.of(9, 0)), p.dualScale(Float64Array.of(9, 0.1))]).toEqual([1, 0])
  })

  it('follow their columns into other coordinates', () => {
    const p = box([0, -1], [1, 1]).inCoordinates(
      Float64Array.of(1, 1, 0),
      Float64Array.of(2, 10, 1),
      [1, 0, -1],
    )
    expect([...proxOf(p, Float64Array.of(-9, 99, 99), 1)]).toEqual([-2, 10, 99])
    expect(() => box([0], [1]).inCoordinates(Float64Array.of(1, 1), Float64Array.of(1, 1))).toThrow(
      new RangeError('box: expected a bound or weight 0 for coordinate 1, got column 1'),
    )
  })

  it('refuse bounds that are none', () => {
    expect(() => box(2, 1)).toThrow(new RangeError('box: expected lower <= upper at 0, got 2 and 1'))
    expect(() => box([0, NaN], 1)).toThrow(new RangeError('box: expected lower <= upper at 1, got NaN and 1'))
    expect(() => box([0, 0], [1])).toThrow(
      new RangeError('box: expected 1 coordinates (one per bound or weight), got 2'),
    )
    expect(() => box([0, 0], 1).value(new Float64Array(3))).toThrow(
      new RangeError('box: expected 2 coordinates (one per bound or weight), got 3'),
    )
    expect(() => nonNegative({ weights: [-1] })).toThrow(
      new RangeError('non-negative: expected weights[0] >= 0, got -1'),
    )
  })
})

describe('mcp and scad', () => {
  /** ∫₀^w p′ by the trapezoidal rule, which is exact for slopes that bend at grid points. */
  const integral = (slope: (w: number) => number, to: number) => {
    let sum = 0
    for (let k = 0; k < 4000; k++) sum += (slope((to * k) / 4000) + slope((to * (k + 1)) / 4000)) / 2
    return (sum * to) / 4000
  }

  it('are the integrals of the published slopes', () => {
    const [l, gamma, a] = [0.5, 3, 3.7]
    for (const w of [0.1, 0.5, 0.8, 1.2, 1.5, 1.85, 2.5, 10]) {
      const at = Float64Array.of(-w)
      expect(mcp(l, gamma).value(at)).toBeCloseTo(
        integral((t) => Math.max(0, l - t / gamma), w),
        6,
      )
      expect(scad(l, a).value(at)).toBeCloseTo(
        integral((t) => (t <= l ? l : Math.max(0, a * l - t) / (a - 1)), w),
        6,
      )
    }
    expect(mcp(0.5, 2).value(Float64Array.of(9, 0))).toBe(0.25)
    expect(scad(0.5, 4).value(Float64Array.of(9, 0))).toBeCloseTo((0.25 * 5) / 2, 14)
  })

  it('do not shrink what is large; are lasso close by', () => {
    for (const p of [mcp(0.5, 3), scad(0.5)]) {
      expect([...proxOf(p, Float64Array.of(4, -0.4, 0.6), 1)].map((v) => +v.toFixed(12))).toEqual([
        4,
        0,
        p.name === 'mcp' ? 0.15 : 0.1,
      ])
      expect(p.distance(Float64Array.of(4, 0), Float64Array.of(0, 0.7))).toBeCloseTo(0.2, 14)
    }
  })

  it.each([
    ['mcp', (l: number, c: number) => mcp(l, c)],
    ['scad', (l: number, c: number) => scad(l, c + 1)],
  ] as const)(
    '%s: the prox of a block is the global minimum by brute force, beyond the limit too',
    (_, make) => {
      fc.assert(
        fc.property(lambda, number(1.2, 4), number(-6, 6), number(0.05, 8), (l, concavity, v, step) => {
          const p = make(l, concavity)
          const out = Float64Array.of(v)
          p.proxBlock(0, out, step)
          const cost = (w: number) => 0.5 * (w - v) ** 2 + step * p.value(Float64Array.of(w))
          let least = Infinity
          for (let w = -7; w <= 7; w += 0.002) least = Math.min(least, cost(w))
          expect(cost(out[0]!)).toBeLessThanOrEqual(least + 1e-12)
        }),
        { numRuns: 60 },
      )
    },
  )

  it('refuse a step that is too long for a prox, by name', () => {
    const v = Float64Array.of(1)
    expect(() => mcp(1, 3).prox(v, 3, v)).toThrow(
      new RangeError('mcp: expected step < 3 (its prox jumps there), got 3'),
    )
    expect(() => scad(1, 3.7).prox(v, NaN, v)).toThrow(RangeError)
    expect(mcp(1, 3, { weights: [2] }).stepLimit).toBe(1.5)
    expect(mcp(1, 3).inCoordinates(Float64Array.of(2, 0), Float64Array.of(4, 1)).stepLimit).toBe(24)
    expect(() => mcp(1, 0)).toThrow(new RangeError('mcp: expected gamma > 0, got 0'))
    expect(() => scad(1, 2)).toThrow(new RangeError('scad: expected a > 2, got 2'))
    expect(() => mcp(NaN)).toThrow(new RangeError('mcp: expected lambda >= 0, got NaN'))
    expect(() => scad(1, 3, { weights: [NaN] })).toThrow(
      new RangeError('scad: expected weights[0] >= 0, got NaN'),
    )
  })

  it('have no duality gap', () => {
    const p = mcp(1, 3, { weights: [1, 0] })
    expect([p.dualScale(Float64Array.of(0, 0)), p.dualScale(Float64Array.of(1e-9, 0))]).toEqual([1, 0])
    expect([p.conjugate(Float64Array.of(1, 0), 0), p.conjugate(Float64Array.of(1, 0), 1)]).toEqual([
      0,
      Infinity,
    ])
  })
})

describe('none', () => {
  it('is nothing', () => {
    const p = none()
    const w = Float64Array.of(1, -2)
    const gradient = Float64Array.of(3, -4)
    p.addGradient(w, gradient)
    expect([p.value(w), ...proxOf(p, w, 9), p.distance(w, gradient), ...gradient]).toEqual([
      0, 1, -2, 4, 3, -4,
    ])
    expect(p.inCoordinates(w, w)).toMatchObject({ name: 'none', smooth: true, lambda: 0 })
  })
})

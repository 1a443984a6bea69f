// The line search alone: the conditions hold where it ends, from any start, on functions made to be hard.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GradientQuery } from '../src/oracle.ts'
import { wolfe } from '../src/wolfe.ts'
import { uniform } from './bank.ts'

/** Searches along φ from t = 1 in units of `unit`; counts the trials. */
function search(f: (t: number) => number, d: (t: number) => number, unit: number, curvature?: number) {
  const query: GradientQuery = { ask: 'gradient', at: new Float64Array(1), gradient: new Float64Array(1) }
  const run = wolfe(query, Float64Array.of(0), Float64Array.of(unit), f(0), d(0) * unit, curvature)
  let trials = 0
  let turn = run.next(0)
  while (!turn.done) {
    trials++
    const t = turn.value.at[0]!
    turn.value.gradient[0] = d(t)
    turn = run.next(f(t))
  }
  const found = turn.value
  // What is returned is where the question stands.
  // 0 + makes 0 of −0, as the sum does that the slope is.
  if (found.t) expect([query.at[0], 0 + query.gradient[0]! * unit]).toEqual([found.t * unit, found.slope])
  return { t: query.at[0]!, value: found.value, slope: query.gradient[0]!, trials }
}

// Moré & Thuente (1994), section 5: a narrow minimum, a flat one, and one hidden behind a ripple.
const beta = 0.004
const s = (b: number) => Math.sqrt(1 + b * b) - b
const yanai = (b1: number, b2: number) => ({
  f: (t: number) => s(b1) * Math.hypot(1 - t, b2) + s(b2) * Math.hypot(t, b1),
  d: (t: number) => (-s(b1) * (1 - t)) / Math.hypot(1 - t, b2) + (s(b2) * t) / Math.hypot(t, b1),
})
const ripple = (t: number) => ((1 - 0.01) * 2 * Math.sin(((39 * Math.PI) / 2) * t)) / (39 * Math.PI)
const rippleSlope = (t: number) => (1 - 0.01) * Math.cos(((39 * Math.PI) / 2) * t)
const functions: [string, (t: number) => number, (t: number) => number][] = [
  ['−t/(t² + 2)', (t) => -t / (t * t + 2), (t) => (t * t - 2) / (t * t + 2) ** 2],
  [
    '(t + β)⁵ − 2(t + β)⁴',
    (t) => (t + beta) ** 5 - 2 * (t + beta) ** 4,
    (t) => (t + beta) ** 3 * (5 * (t + beta) - 8),
  ],
  [
    'a kink with a ripple',
    (t) => (t <= 0.99 ? 1 - t : t >= 1.01 ? t - 1 : (t - 1) ** 2 / 0.02 + 0.005) + ripple(t),
    (t) => (t <= 0.99 ? -1 : t >= 1.01 ? 1 : (t - 1) / 0.01) + rippleSlope(t),
  ],
  ['Yanai 0.001, 0.001', yanai(0.001, 0.001).f, yanai(0.001, 0.001).d],
  ['Yanai 0.01, 0.001', yanai(0.01, 0.001).f, yanai(0.01, 0.001).d],
  ['Yanai 0.001, 0.01', yanai(0.001, 0.01).f, yanai(0.001, 0.01).d],
  ['a logarithm', (t) => t - Math.log(1 + 2 * t), (t) => (t > -0.5 ? 1 - 2 / (1 + 2 * t) : NaN)],
  ['a wall', (t) => (t < 2 ? -t : NaN) + 0.4 * t * t, (t) => (t < 2 ? -1 : NaN) + 0.8 * t],
  ['a pole', (t) => 1 / (3 - t) - t, (t) => (t < 3 ? 1 / (3 - t) ** 2 : NaN) - 1],
]

describe('wolfe', () => {
  for (const [name, f, d] of functions)
    it.each([1e-3, 1e-1, 1, 10, 1e3])(
      `ends where both conditions hold: ${name}, first trial at %d`,
      (unit) => {
        const { t, value, slope, trials } = search(f, d, unit)
        expect(value).toBe(f(t))
        expect(slope).toBe(d(t))
        expect(value).toBeLessThanOrEqual(f(0) + 1e-4 * t * d(0))
        expect(Math.abs(slope)).toBeLessThanOrEqual(0.9 * Math.abs(d(0)))
        expect(trials).toBeLessThan(20)
      },
    )

  it.each(functions)('searches nearly exactly, if asked: σ = 0.01, %s', (_, f, d) => {
    for (const unit of [1e-3, 0.1, 1, 10, 1e3]) {
      const { t, value, slope, trials } = search(f, d, unit, 0.01)
      expect(value).toBeLessThanOrEqual(f(0) + 1e-4 * t * d(0))
      expect(Math.abs(slope)).toBeLessThanOrEqual(0.01 * Math.abs(d(0)))
      expect(trials).toBeLessThan(30)
    }
  })

  it('holds for random smooth functions of many minima', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    const wave = fc.tuple(number(-1, 1), number(0.1, 9), number(0, 7))
    fc.assert(
      fc.property(fc.array(wave, { minLength: 1, maxLength: 5 }), number(-3, 3), (waves, exponent) => {
        const f = (t: number) => waves.reduce((sum, [a, w, p]) => sum + a * Math.sin(w * t + p), 0.05 * t * t)
        const d = (t: number) => waves.reduce((sum, [a, w, p]) => sum + a * w * Math.cos(w * t + p), 0.1 * t)
        fc.pre(d(0) < -1e-6)
        const { t, value, slope } = search(f, d, 10 ** exponent)
        expect(value).toBe(f(t))
        expect(value).toBeLessThanOrEqual(f(0) + 1e-4 * t * d(0))
        expect(Math.abs(slope)).toBeLessThanOrEqual(0.9 * Math.abs(d(0)))
      }),
    )
  })

  it('goes by the slopes where rounding hides the gain', () => {
    // The parabola's gain of 5e-15 cannot be seen beside 1.
    const { t, trials } = search(
      (t) => 1 + (t - 1e-7) ** 2 / 2,
      (t) => t - 1e-7,
      1e-4,
    )
    expect(Math.abs(t - 1e-7)).toBeLessThan(0.9e-7)
    expect(trials).toBeLessThan(8)
  })

  it('is not led astray by values that are rounding alone', () => {
    const trials = (rounding: number) => {
      const random = uniform(4)
      return Array.from({ length: 100 }, () => {
        const center = 1e-7 * (1.5 + random())
        const found = search(
          (t) => 1 + (t - center) ** 2 / 2 + (t === 0 ? 0 : rounding * Math.sin(1e12 * t)),
          (t) => t - center,
          1e-6,
        )
        expect(Math.abs(found.slope)).toBeLessThanOrEqual(0.9 * center)
        return found.trials
      })
    }
    expect(trials(4e-13)).toEqual(trials(0))
  })

  it('gives up sooner there', () => {
    const jump = (gain: number) =>
      search(
        () => 1,
        (t) => (t === 0 ? -gain : gain),
        1,
      )
    expect(jump(1e-13)).toMatchObject({ value: NaN, trials: 21 })
  })

  it('ends far out where the function falls without end', () => {
    const { t, value } = search(
      (t) => -t,
      () => -1,
      1,
    )
    expect(value).toBe(-t)
    expect(t).toBeGreaterThan(1e30)
  })

  it('tells a function that does not fall from one that is not finite', () => {
    const rising = search(
      (t) => t,
      (t) => (t === 0 ? -1 : 1),
      1,
    )
    expect(rising.value).toBeNaN()
    const nowhere = search(
      (t) => (t === 0 ? 0 : NaN),
      () => -1,
      1,
    )
    expect(nowhere.value).toBe(-Infinity)
  })
})

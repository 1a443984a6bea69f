// The backtracking search alone: Armijo's condition holds where it ends, and it says why where there is no such point.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { armijo } from '../src/armijo.ts'
import type { GradientQuery, ValueQuery } from '../src/oracle.ts'

interface Phi {
  f: (t: number) => number
  d: (t: number) => number
}

/** Searches along φ from t = 1 in units of `unit`. */
function search({ f, d }: Phi, unit: number, ask: 'value' | 'gradient', decrease?: number, reference = f(0)) {
  const query = { ask, at: new Float64Array(1), gradient: new Float64Array(1) } as ValueQuery | GradientQuery
  const run = armijo(query, Float64Array.of(0), Float64Array.of(unit), reference, d(0) * unit, decrease)
  const trials: number[] = []
  let turn = run.next(0)
  while (!turn.done) {
    const t = turn.value.at[0]!
    trials.push(t)
    if (turn.value.ask === 'gradient') turn.value.gradient[0] = d(t)
    turn = run.next(f(t))
  }
  return { ...turn.value, at: query.at[0]!, trials }
}

const parabola: Phi = { f: (t) => (t - 1) ** 2, d: (t) => 2 * (t - 1) }
const barrier: Phi = { f: (t) => -t - Math.log(2 - t), d: (t) => (t < 2 ? -1 + 1 / (2 - t) : NaN) }

describe.each(['value', 'gradient'] as const)('armijo, asking for %s', (ask) => {
  it('takes t = 1 where that will do, with one question', () => {
    const found = search(parabola, 1.2, ask)
    expect(found).toMatchObject({ t: 1, value: parabola.f(1.2), at: 1.2, trials: [1.2] })
    if (ask === 'gradient') expect(found.slope).toBeCloseTo(1.2 * 0.4, 14)
    else expect(found.slope).toBeUndefined()
  })

  it('goes to the minimiser of a parabola at once', () => {
    // At t = 4 of 1 the decrease is missing; 1/4 is where the parabola through f(0), f'(0) and f(4) is least.
    expect(search(parabola, 4, ask).trials).toEqual([4, 1])
  })

  it('ends where f(x + t d) ≤ f(x) + c t slope, for random functions, units and c', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    const wave = fc.tuple(number(-1, 1), number(0.1, 9), number(0, 7))
    fc.assert(
      fc.property(
        fc.array(wave, { minLength: 1, maxLength: 5 }),
        number(-3, 3),
        number(1e-6, 0.9),
        (waves, exponent, c) => {
          const f = (t: number) => waves.reduce((s, [a, w, p]) => s + a * Math.sin(w * t + p), 0.05 * t * t)
          const d = (t: number) => waves.reduce((s, [a, w, p]) => s + a * w * Math.cos(w * t + p), 0.1 * t)
          fc.pre(d(0) < -1e-6)
          const unit = 10 ** exponent
          const { t, value, at, trials } = search({ f, d }, unit, ask, c)
          expect(at).toBe(t * unit)
          expect(value).toBe(f(at))
          expect(value).toBeLessThanOrEqual(f(0) + c * t * unit * d(0))
          // Not shorter than need be: each trial is a tenth to a half of the one before.
          for (let k = 1; k < trials.length; k++) {
            expect(trials[k]! / trials[k - 1]!).toBeGreaterThan(0.0999)
            expect(trials[k]! / trials[k - 1]!).toBeLessThan(0.5001)
          }
        },
      ),
    )
  })

  it('backs off from where f is not defined', () => {
    const steep: Phi = { f: (t) => barrier.f(t) - t, d: (t) => barrier.d(t) - 1 }
    const found = search(steep, 1e6, ask)
    expect(found.at).toBeLessThan(2)
    expect(found.value).toBeLessThan(steep.f(0))
  })

  it('allows a rise up to the reference that it is given', () => {
    const rising: Phi = { f: (t) => t * t - 0.01 * t, d: (t) => 2 * t - 0.01 }
    expect(search(rising, 1, ask, 1e-4, 5)).toMatchObject({ t: 1, value: 0.99 })
    expect(search(rising, 1, ask).t).toBeLessThan(0.02)
  })

  it('tells a function that does not fall from one that is not finite, and a direction that is neither', () => {
    const wrong = search({ f: (t) => t, d: () => -1 }, 1, ask)
    expect([wrong.t, wrong.value, wrong.trials.length]).toEqual([0, NaN, 40])
    const nowhere = search({ f: (t) => (t ? NaN : 0), d: () => -1 }, 1, ask)
    expect([nowhere.t, nowhere.value]).toEqual([0, -Infinity])
    expect(search({ f: () => 1, d: () => 1 }, 1, ask)).toMatchObject({ t: 0, value: NaN, trials: [] })
    expect(search({ f: () => 1, d: () => NaN }, 1, ask)).toMatchObject({ t: 0, value: -Infinity, trials: [] })
  })
})

describe('armijo where rounding hides the decrease', () => {
  // A gain of 5e-15 cannot be seen beside 1.
  const hidden: Phi = { f: (t) => 1 + (t - 1e-7) ** 2 / 2, d: (t) => t - 1e-7 }

  it('takes a value that is no worse, if that is all it has', () => {
    expect(search(hidden, 1e-7, 'value')).toMatchObject({ t: 1 })
    expect(search(hidden, 1e-7, 'value').value - hidden.f(0)).toBeLessThanOrEqual(1e-12)
  })

  it('goes by the slopes, if it has them: not beyond where the slope is that of c', () => {
    const { at, trials } = search(hidden, 1e-6, 'gradient', 0.5)
    expect(at).toBeLessThanOrEqual(1e-7 * (1 + 1e-9))
    expect(trials.length).toBe(2)
    expect(search(hidden, 1.9e-7, 'gradient', 1e-4).t).toBe(1)
  })
})

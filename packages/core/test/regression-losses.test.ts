import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { absolute } from '../src/absolute.ts'
import { huber } from '../src/huber.ts'
import type { ConjugateLoss } from '../src/loss.ts'
import { squared } from '../src/squared.ts'
import { expectClose } from './reference.ts'

type Row = [
  eta: number,
  y: number,
  value: number,
  gradient: number,
  hessian: number,
  valueTerm: number,
  gradientTerm: number,
]

/** See fixtures/regression.py. */
const fixtures: Record<string, Row[]> = JSON.parse(
  readFileSync(new URL('./fixtures/regression.json', import.meta.url), 'utf8'),
  (_, value) => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value),
)

const cases: Record<string, ConjugateLoss> = {
  squared,
  absolute,
  'huber(1.0)': huber(),
  'huber(1.345)': huber(1.345),
  'huber(0.1)': huber(0.1),
}

describe.each(Object.entries(cases))('%s', (label, loss) => {
  test('value, gradient and Hessian are those of the reference', () => {
    expect(fixtures[label].length).toBeGreaterThan(100)
    for (const [eta, y, value, gradient, hessian, valueTerm, gradientTerm] of fixtures[label]) {
      const at = `at η = ${eta}, y = ${y}`
      expectClose(loss.value(eta, y), value, `value ${at}`, valueTerm)
      expectClose(loss.gradient(eta, y), gradient, `gradient ${at}`, gradientTerm)
      expectClose(loss.hessian(eta, y), hessian, `hessian ${at}`)
    }
  })

  test('Fenchel–Young: ℓ(η, y) + ℓ*(u, y) ≥ uη, with equality at the gradient', () => {
    const number = fc.double({ min: -50, max: 50, noNaN: true })
    fc.assert(
      fc.property(number, number, number, (eta, y, other) => {
        const slack = (u: number) => loss.value(eta, y) + loss.conjugate(u, y) - u * eta
        const rounding = 8 * Number.EPSILON * Math.max(1, eta ** 2, y ** 2, loss.value(eta, y))
        const u = loss.gradient(eta, y)
        expect(Math.abs(slack(u))).toBeLessThanOrEqual(rounding)
        expect(slack(loss.gradient(other, y))).toBeGreaterThanOrEqual(-8 * rounding)
      }),
      { numRuns: 500 },
    )
  })

  test('a number in, never NaN out', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(finite, finite, finite, (eta, y, u) => {
        expect(loss.value(eta, y)).toBeGreaterThanOrEqual(0)
        expect(Math.abs(loss.gradient(eta, y))).toBeLessThanOrEqual(loss.lipschitz)
        expect(loss.hessian(eta, y)).toBeLessThanOrEqual(loss.smoothness)
        expect(loss.conjugate(u, y)).not.toBeNaN()
        expect(loss.conjugate(loss.gradient(eta, y), y)).not.toBeNaN()
      }),
      { numRuns: 500 },
    )
    expect(loss.value(NaN, 1)).toBeNaN()
    expect(loss.value(1, NaN)).toBeNaN()
    expect(loss.gradient(NaN, 1)).toBeNaN()
  })
})

describe('at the kinks', () => {
  test('absolute: the subgradient nearest 0', () => {
    expect([absolute.value(2, 2), absolute.gradient(2, 2), absolute.hessian(2, 2)]).toEqual([0, 0, 0])
    expect(absolute.gradient(2 + 2 ** -51, 2)).toBe(1)
    expect(absolute.gradient(2 - 2 ** -52, 2)).toBe(-1)
  })

  test('huber: curvature 1 up to and with δ', () => {
    const loss = huber(1)
    expect([loss.value(3, 2), loss.gradient(3, 2), loss.hessian(3, 2)]).toEqual([0.5, 1, 1])
    expect(loss.hessian(3 + 2 ** -51, 2)).toBe(0)
    expect(loss.hessian(1 - 2 ** -51, 2)).toBe(0)
  })
})

describe('conjugate', () => {
  test('is Infinity outside the slopes that the loss has', () => {
    expect(absolute.conjugate(1, 7)).toBe(7)
    expect(absolute.conjugate(1 + 2 ** -52, 7)).toBe(Infinity)
    expect(huber(2).conjugate(-2, 7)).toBe(-12)
    expect(huber(2).conjugate(-2 - 2 ** -51, 7)).toBe(Infinity)
    expect(squared.conjugate(4, 3)).toBe(20)
  })
})

test('a parameter that is none', () => {
  for (const bad of [0, -1, NaN, Infinity]) {
    expect(() => huber(bad)).toThrow(RangeError(`huber: expected delta to be a positive number, got ${bad}`))
  }
})

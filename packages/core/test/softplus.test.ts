import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sigmoid } from '../src/sigmoid.ts'
import { softplus } from '../src/softplus.ts'
import { expectClose, reference } from './reference.ts'

test('the reference, to 4 ε relative, also where the pieces meet', () => {
  for (const [x, value] of reference.softplus) expectClose(softplus(x), value, `softplus(${x})`)
})

test('limits at infinity, NaN through', () => {
  expect(softplus(Infinity)).toBe(Infinity)
  expect(softplus(-Infinity)).toBe(0)
  expect(softplus(NaN)).toBeNaN()
})

test('never NaN from a number, finite from a finite one, above max(0, x)', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (x) => {
      const value = softplus(x)
      expect(value).not.toBeNaN()
      if (Number.isFinite(x)) expect(Number.isFinite(value)).toBe(true)
      expect(value).toBeGreaterThanOrEqual(Math.max(0, x))
    }),
    { numRuns: 2000 },
  )
})

test('softplus(x) − softplus(−x) = x', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      expectClose(softplus(x) - softplus(-x), x, `at ${x}`, Math.max(1, Math.abs(x)))
    }),
  )
})

test('its slope is sigmoid, by central differences', () => {
  const h = 1e-4
  fc.assert(
    fc.property(fc.double({ min: -45, max: 45, noNaN: true }), (x) => {
      const slope = (softplus(x + h) - softplus(x - h)) / (x + h - (x - h))
      expect(Math.abs(slope - sigmoid(x))).toBeLessThan(2e-9)
    }),
  )
})

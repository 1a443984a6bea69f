import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logSumExp } from '../src/log-sum-exp.ts'
import { softmax } from '../src/softmax.ts'
import { expectClose, reference } from './reference.ts'

test('the reference, to 4 ε of the larger of its two terms', () => {
  for (const { z, logSumExp: value, term } of reference.categorical) {
    expectClose(logSumExp(z), value, `logSumExp(${z})`, term)
  }
})

test('small terms beside a dominant zero are kept', () => {
  expectClose(logSumExp([0, -50]), Math.exp(-50), 'logSumExp([0, −50])')
})

test('empty, infinite, NaN', () => {
  expect(logSumExp([])).toBe(-Infinity)
  expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity)
  expect(logSumExp([Infinity, Infinity, 0])).toBe(Infinity)
  expect(logSumExp([Infinity, -Infinity])).toBe(Infinity)
  expect(logSumExp([-Infinity, 3])).toBe(3)
  for (const z of [[NaN], [NaN, -Infinity], [-Infinity, NaN], [NaN, Infinity], [1, NaN, 2]]) {
    expect(logSumExp(z)).toBeNaN()
  }
})

const vectors = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 6 })

test('between the maximum and the maximum + log K', () => {
  fc.assert(
    fc.property(vectors, (z) => {
      const m = Math.max(...z)
      const value = logSumExp(z)
      expect(value).toBeGreaterThanOrEqual(m)
      expect(value).toBeLessThanOrEqual(m + Math.log(z.length) + 1e-14)
    }),
  )
})

test('its gradient is softmax, by central differences', () => {
  const h = 1e-4
  fc.assert(
    fc.property(vectors, fc.nat(), (z, at) => {
      const k = at % z.length
      const shifted = (by: number) => z.map((entry, j) => (j === k ? entry + by : entry))
      const slope = (logSumExp(shifted(h)) - logSumExp(shifted(-h))) / (z[k] + h - (z[k] - h))
      expect(Math.abs(slope - softmax(z)[k])).toBeLessThan(5e-9)
    }),
  )
})

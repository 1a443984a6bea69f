import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sigmoid } from '../src/sigmoid.ts'
import { expectClose, reference } from './reference.ts'

const numbers = fc.double({ noNaN: true })

test('the reference, to 4 ε relative, from −1e308 to 1e308', () => {
  for (const [z, value] of reference.sigmoid) expectClose(sigmoid(z), value, `sigmoid(${z})`)
})

test('limits at infinity, ½ at zero, NaN through', () => {
  expect(sigmoid(Infinity)).toBe(1)
  expect(sigmoid(-Infinity)).toBe(0)
  expect(sigmoid(0)).toBe(0.5)
  expect(sigmoid(-0)).toBe(0.5)
  expect(sigmoid(NaN)).toBeNaN()
})

test('a probability for every number, σ(z) + σ(−z) = 1, never decreasing', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const p = sigmoid(a)
      expect(p >= 0 && p <= 1).toBe(true)
      expectClose(p + sigmoid(-a), 1, `sigmoid(${a}) + sigmoid(${-a})`)
      if (a < b) expect(sigmoid(b)).toBeGreaterThanOrEqual(p * (1 - 4 * Number.EPSILON))
    }),
  )
})

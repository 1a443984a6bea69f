import { expect, test } from 'vitest'
import { expDifference } from '../src/exp-difference.ts'
import { expectClose, reference } from './reference.ts'

test('the reference, to 4 ε relative, where the difference itself is rounded', () => {
  for (const [a, b, value] of reference.expDifference) {
    expectClose(expDifference(a, b), value, `expDifference(${a}, ${b})`)
  }
})

test('what the subtraction rounds off is what the reference tells apart', () => {
  const lost = reference.expDifference.filter(
    ([a, b, value]) => Math.abs(Math.exp(a - b) - value) > 4 * Number.EPSILON * value,
  )
  expect(lost.length).toBeGreaterThanOrEqual(3)
})

test('1 for equal infinities, 0 across them or by overflow, NaN through', () => {
  expect(expDifference(Infinity, Infinity)).toBe(1)
  expect(expDifference(-Infinity, -Infinity)).toBe(1)
  expect(expDifference(-Infinity, Infinity)).toBe(0)
  expect(expDifference(3, Infinity)).toBe(0)
  expect(expDifference(-1e308, 1e308)).toBe(0)
  expect(expDifference(NaN, 1)).toBeNaN()
  expect(expDifference(1, NaN)).toBeNaN()
})

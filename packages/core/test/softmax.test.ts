import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sigmoid } from '../src/sigmoid.ts'
import { softmax } from '../src/softmax.ts'
import { expectClose, reference } from './reference.ts'

test('the reference, every probability to 4 ε relative', () => {
  for (const { z, softmax: p } of reference.categorical) {
    const found = softmax(z)
    p.forEach((expected, k) => {
      expectClose(found[k], expected, `softmax(${z})[${k}]`)
    })
  }
})

const anyLogits = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 8 })

test('probabilities that sum to 1, of any numbers, 1e308 and infinity included', () => {
  fc.assert(
    fc.property(anyLogits, (z) => {
      const p = softmax(z)
      let sum = 0
      for (const pk of p) {
        expect(pk >= 0 && pk <= 1).toBe(true)
        sum += pk
      }
      expect(Math.abs(sum - 1)).toBeLessThanOrEqual(8 * Number.EPSILON)
    }),
    { numRuns: 1000 },
  )
})

test('unchanged by a shift of all logits', () => {
  // Sixteenths and a whole shift: the shifted logits are exact.
  const sixteenths = fc.array(fc.integer({ min: -800, max: 800 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(sixteenths, fc.integer({ min: -1e9, max: 1e9 }), (units, shift) => {
      const z = units.map((unit) => unit / 16)
      expect(softmax(z.map((entry) => entry + shift))).toEqual(softmax(z))
    }),
  )
})

test('of two logits is sigmoid of their difference', () => {
  fc.assert(
    fc.property(fc.integer({ min: -7000, max: 7000 }), (unit) => {
      const z = unit / 10
      expectClose(softmax([z, 0])[0], sigmoid(z), `softmax([${z}, 0])`)
    }),
  )
})

test('infinite logits: the limit; equal ones share', () => {
  expect([...softmax([Infinity, 0, -Infinity])]).toEqual([1, 0, 0])
  expect([...softmax([Infinity, Infinity])]).toEqual([0.5, 0.5])
  expect([...softmax([-Infinity, -Infinity])]).toEqual([0.5, 0.5])
  expect([...softmax([-Infinity])]).toEqual([1])
})

test('NaN anywhere is NaN everywhere', () => {
  for (const z of [[NaN], [NaN, -Infinity], [-Infinity, NaN], [NaN, Infinity], [1, NaN, 2]]) {
    expect([...softmax(z)]).toEqual(z.map(() => NaN))
  }
})

test('in place, into another array, or into a new one', () => {
  const z = Float64Array.of(1, 2, 3)
  const fresh = softmax(z)
  expect([...z]).toEqual([1, 2, 3])
  const out = new Float64Array(3)
  expect(softmax(z, out)).toBe(out)
  expect(out).toEqual(fresh)
  expect(softmax(z, z)).toBe(z)
  expect(z).toEqual(fresh)
})

test('refused: nothing to share, no room', () => {
  expect(() => softmax([])).toThrow(new RangeError('softmax: expected at least 1 logit, got 0'))
  expect(() => softmax([1, 2, 3], new Float64Array(2))).toThrow(
    new RangeError('softmax: expected out.length 3 (length of z), got 2'),
  )
})

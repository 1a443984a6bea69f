import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logSoftmax } from '../src/log-softmax.ts'
import { softmax } from '../src/softmax.ts'
import { expectClose, reference } from './reference.ts'

test('the reference, every entry to 4 ε relative', () => {
  for (const { z, logSoftmax: expected } of reference.categorical) {
    const found = logSoftmax(z)
    expected.forEach((value, k) => {
      expectClose(found[k], value, `logSoftmax(${z})[${k}]`)
    })
  }
})

test('±1e308 overflow to −Infinity, as their true difference does', () => {
  expect([...logSoftmax([1e308, -1e308])]).toEqual([0, -Infinity])
})

test('never NaN and never positive, of any numbers; its exponential is softmax', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 8 }), (z) => {
      const p = softmax(z)
      logSoftmax(z).forEach((value, k) => {
        expect(value <= 0).toBe(true)
        expect(Math.abs(Math.exp(value) - p[k])).toBeLessThanOrEqual(4 * Number.EPSILON)
      })
    }),
    { numRuns: 1000 },
  )
})

test('infinite logits and NaN', () => {
  expect([...logSoftmax([Infinity, 0])].map((value) => value + 0)).toEqual([0, -Infinity])
  expect([...logSoftmax([Infinity, Infinity])]).toEqual([-Math.LN2, -Math.LN2])
  expect([...logSoftmax([-Infinity, 0])].map((value) => value + 0)).toEqual([-Infinity, 0])
  for (const z of [[NaN], [NaN, -Infinity], [-Infinity, NaN], [1, NaN, 2]]) {
    expect([...logSoftmax(z)]).toEqual(z.map(() => NaN))
  }
})

test('in place, into another array, or into a new one', () => {
  const z = Float64Array.of(1, 2, 3)
  const fresh = logSoftmax(z)
  expect([...z]).toEqual([1, 2, 3])
  const out = new Float64Array(3)
  expect(logSoftmax(z, out)).toBe(out)
  expect(out).toEqual(fresh)
  expect(logSoftmax(z, z)).toBe(z)
  expect(z).toEqual(fresh)
})

test('refused: nothing to share, no room', () => {
  expect(() => logSoftmax([])).toThrow(new RangeError('logSoftmax: expected at least 1 logit, got 0'))
  expect(() => logSoftmax([1, 2, 3], new Float64Array(4))).toThrow(
    new RangeError('logSoftmax: expected out.length 3 (length of z), got 4'),
  )
})

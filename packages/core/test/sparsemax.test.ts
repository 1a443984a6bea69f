import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sparsemax } from '../src/sparsemax.ts'
import { activations } from './activation-reference.ts'
import { expectClose } from './reference.ts'

test('the reference, every share to 4 ε of the largest distance that it is made of', () => {
  for (const { z, sparsemax: shares } of activations.vectors) {
    const found = sparsemax(z)
    shares.forEach(([share, scale], k) => {
      expectClose(found[k], share, `sparsemax(${z})[${k}]`, scale)
      // What has no share has exactly none.
      if (share === 0) expect(found[k]).toBe(0)
    })
  }
})

const anyLogits = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 8 })
const logits = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 12 })

test('probabilities that sum to 1, of any numbers, 1e308 and infinity included', () => {
  fc.assert(
    fc.property(anyLogits, (z) => {
      const p = sparsemax(z)
      for (const share of p) expect(share >= 0 && share <= 1).toBe(true)
      expect(Math.abs(p.reduce((sum, share) => sum + share) - 1)).toBeLessThanOrEqual(8 * Number.EPSILON)
    }),
    { numRuns: 1000 },
  )
})

test('the nearest probabilities: no other vector of them makes a smaller angle', () => {
  // p is the projection of z if and only if (z − p)·(q − p) ≤ 0 for every corner q.
  fc.assert(
    fc.property(logits, (z) => {
      const p = sparsemax(z)
      const residual = z.map((x, k) => x - p[k])
      const at = residual.reduce((sum, r, k) => sum + r * p[k], 0)
      expect(Math.max(...residual) - at).toBeLessThanOrEqual(1e-14)
    }),
    { numRuns: 1000 },
  )
})

test('two logits: a ramp of their difference between −1 and 1', () => {
  fc.assert(
    fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (t) => {
      expectClose(sparsemax([t, 0])[0], Math.min(1, Math.max(0, (t + 1) / 2)), `at ${t}`, 1)
    }),
  )
})

test('ends on every input: equal, close and repeated logits', () => {
  const close = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 60 })
  fc.assert(
    fc.property(close, fc.constantFrom(0.1, 1 / 3, 0.025, Number.EPSILON), (units, unit) => {
      const p = sparsemax(units.map((u) => u * unit))
      expect(p.reduce((sum, share) => sum + share)).toBeCloseTo(1, 13)
    }),
    { numRuns: 2000 },
  )
})

test('at the threshold a share is 0', () => {
  expect([...sparsemax([1, 0])]).toEqual([1, 0])
  expect([...sparsemax([0.5, 0.5, -0.5])]).toEqual([0.5, 0.5, 0])
})

test('infinite logits: the limit; equal ones share', () => {
  expect([...sparsemax([Infinity, 0, -Infinity])]).toEqual([1, 0, 0])
  expect([...sparsemax([Infinity, Infinity, 7])]).toEqual([0.5, 0.5, 0])
  expect([...sparsemax([-Infinity, -Infinity])]).toEqual([0.5, 0.5])
})

test('NaN anywhere is NaN everywhere', () => {
  for (const z of [[NaN], [NaN, -Infinity], [-Infinity, NaN], [NaN, Infinity], [1, NaN, 2]]) {
    expect([...sparsemax(z)]).toEqual(z.map(() => NaN))
  }
})

test('in place, into another array, or into a new one', () => {
  const z = Float64Array.of(1, 0.5, -3)
  const fresh = sparsemax(z)
  expect([...z]).toEqual([1, 0.5, -3])
  expect([...fresh]).toEqual([0.75, 0.25, 0])
  const out = new Float64Array(3)
  expect(sparsemax(z, out)).toBe(out)
  expect(out).toEqual(fresh)
  expect(sparsemax(z, z)).toBe(z)
  expect(z).toEqual(fresh)
})

test('refused: nothing to share, no room', () => {
  expect(() => sparsemax([])).toThrow(new RangeError('sparsemax: expected at least 1 logit, got 0'))
  expect(() => sparsemax([1, 2, 3], new Float64Array(2))).toThrow(
    new RangeError('sparsemax: expected out.length 3 (length of z), got 2'),
  )
})

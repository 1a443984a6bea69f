import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logit } from '../src/logit.ts'
import { sigmoid } from '../src/sigmoid.ts'
import { expectClose, reference } from './reference.ts'

test('the reference, to 4 ε relative: subnormals, both sides of ½, next to 1', () => {
  for (const [p, value] of reference.logit) expectClose(logit(p), value, `logit(${p})`)
})

test('limits at the ends', () => {
  expect(logit(0)).toBe(-Infinity)
  expect(logit(1)).toBe(Infinity)
})

test.each([-Number.MIN_VALUE, 1 + Number.EPSILON, Infinity, -Infinity, NaN])('not a probability: %s', (p) => {
  expect(() => logit(p)).toThrow(new RangeError(`logit: expected a probability in [0, 1], got ${p}`))
})

test('the inverse of sigmoid', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => {
      // z carries an error of |z| ε, which σ turns into |z| ε (1 − p) of p.
      const z = logit(p)
      const bound = Number.MIN_VALUE + p * (Number.EPSILON * (4 + 4 * (Number.isFinite(z) ? Math.abs(z) : 0)))
      expect(Math.abs(sigmoid(z) - p)).toBeLessThanOrEqual(bound)
    }),
  )
})

test('odd about ½', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 - 1 }), (i) => {
      const p = i / 2 ** 40
      expectClose(logit(1 - p), -logit(p), `logit(1 − ${p})`)
    }),
  )
})

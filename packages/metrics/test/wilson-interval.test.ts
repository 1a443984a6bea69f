import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wilsonInterval } from '../src/wilson-interval.ts'
import { curves } from './curve-reference.ts'
import { expectNear } from './reference.ts'

describe('wilsonInterval', () => {
  test.each(curves.wilson)('as SciPy: $successes of $trials, z = $z', ({ successes, trials, z, ...peer }) => {
    const { lower, upper } = wilsonInterval(successes, trials, z)
    expectNear([lower, upper], [peer.lower, peer.upper])
  })

  test('holds the share, stays in [0, 1], and is that of the failures turned round', () => {
    const counts = fc.tuple(fc.nat(1000), fc.nat(1000)).filter(([hits, misses]) => hits + misses > 0)
    fc.assert(
      fc.property(counts, fc.double({ min: 0, max: 40, noNaN: true }), ([hits, misses], z) => {
        const { lower, upper } = wilsonInterval(hits, hits + misses, z)
        const share = hits / (hits + misses)
        expect(0 <= lower && upper <= 1).toBe(true)
        expect(lower <= share + 1e-15 && share <= upper + 1e-15).toBe(true)
        const turned = wilsonInterval(misses, hits + misses, z)
        expectNear([1 - turned.upper, 1 - turned.lower], [lower, upper])
      }),
    )
  })

  test('its ends are where the score test is at z', () => {
    const { lower, upper } = wilsonInterval(7, 20, 1.5)
    for (const p of [lower, upper]) expectNear(Math.abs(7 / 20 - p) / Math.sqrt((p * (1 - p)) / 20), 1.5)
    expect(wilsonInterval(7, 20, 0)).toEqual({ lower: 7 / 20, upper: 7 / 20 })
  })

  test('a small end keeps its digits', () => {
    // lower = 1e-9 (1 + z²/2n … ) to first order in z²: the root of (p̂ − p)² = z² p (1 − p)/n.
    const { lower } = wilsonInterval(1, 1e9, 10)
    expectNear(((1e-9 - lower) ** 2 * 1e9) / (100 * lower * (1 - lower)), 1)
  })

  test('what is no count is an error by name', () => {
    expect(() => wilsonInterval(1, 0, 1)).toThrow('wilsonInterval: expected trials finite and > 0, got 0')
    expect(() => wilsonInterval(1, NaN, 1)).toThrow('wilsonInterval: expected trials finite and > 0, got NaN')
    expect(() => wilsonInterval(3, 2, 1)).toThrow('wilsonInterval: expected successes in [0, 2], got 3')
    expect(() => wilsonInterval(-1, 2, 1)).toThrow('wilsonInterval: expected successes in [0, 2], got -1')
    expect(() => wilsonInterval(1, 2, Infinity)).toThrow(
      'wilsonInterval: expected z finite and >= 0, got Infinity',
    )
    expect(() => wilsonInterval(1, 2, -1)).toThrow('wilsonInterval: expected z finite and >= 0, got -1')
  })
})

import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { bucketSort } from '../src/bucket-sort.ts'
import { uniform } from '../src/xoshiro128.ts'

/** As the array's own sort, up to the order of −0 and 0. */
function expectSorted(keys: Float64Array): void {
  const expected = keys.slice().sort()
  bucketSort(keys)
  expect(keys.length).toBe(expected.length)
  for (let i = 0; i < keys.length; i++) if (keys[i] !== expected[i]) expect.fail(`${keys[i]} at ${i}`)
}

describe('bucketSort', () => {
  test('any doubles', () => {
    const doubles = fc.oneof(
      fc.array(fc.double({ noNaN: true }), { maxLength: 300 }),
      fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 300 }),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 100, maxLength: 300 }),
    )
    fc.assert(fc.property(doubles, (drawn) => expectSorted(Float64Array.from(drawn))))
  })

  const random = uniform(5)
  const spread: Record<string, (i: number) => number> = {
    uniform: () => random(),
    ascending: (i) => i,
    descending: (i) => -i,
    'all equal': () => 7,
    'two values': (i) => i % 2,
    'a hundred values': () => Math.floor(random() * 100),
    'crowded at 0': () => random() ** 40,
    'over all exponents': () => Math.sign(random() - 0.5) * 2 ** (random() * 2000 - 1000),
    'one far off': (i) => (i === 0 ? 1e300 : random()),
    'infinities among them': (i) => [Infinity, -Infinity, random(), random()][i % 4],
    'the widest range': (i) => [1.7e308, -1.7e308, random()][i % 3],
    subnormal: () => Math.floor(random() * 1000) * 5e-324,
    'geometric: each bucket crowded again': (i) => 1.02 ** -i,
  }
  test.each(Object.entries(spread))('%s', (_, draw) => {
    for (const n of [0, 1, 2, 33, 1000, 20_000])
      expectSorted(Float64Array.from({ length: n }, (_, i) => draw(i)))
  })

  test('many', () => {
    expectSorted(Float64Array.from({ length: 1_200_000 }, () => random() + random()))
  })

  test.each(Object.entries(spread))('does not fall back on the platform: %s', (_, draw) => {
    const keys = Float64Array.from({ length: 5000 }, (_, i) => draw(i))
    const platform = vi.spyOn(Float64Array.prototype, 'sort')
    try {
      bucketSort(keys)
      expect(platform).not.toHaveBeenCalled()
    } finally {
      platform.mockRestore()
    }
  })

  test('crowded in one place, in any bit of it, and of both signs', () => {
    const bits = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 40, maxLength: 200 })
    fc.assert(
      fc.property(bits, fc.integer({ min: 0, max: 60 }), (patterns, shift) => {
        const near = patterns.map((pattern) => 0x3fe0000000000000n + (pattern >> BigInt(shift + 4)))
        const drawn = new Float64Array(BigUint64Array.from([...patterns, ...near]).buffer)
        expectSorted(drawn.filter((key) => !Number.isNaN(key)))
        expectSorted(drawn.filter((key) => !Number.isNaN(key)).map((key) => -key))
      }),
    )
  })

  test('a part of an array leaves the rest alone', () => {
    const keys = Float64Array.from({ length: 200 }, () => random())
    const before = keys.slice()
    bucketSort(keys.subarray(50, 150))
    expect(keys.slice(0, 50)).toEqual(before.slice(0, 50))
    expect(keys.slice(150)).toEqual(before.slice(150))
    expect(keys.slice(50, 150)).toEqual(before.slice(50, 150).sort())
  })
})

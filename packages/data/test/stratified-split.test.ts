import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breastCancer } from '../src/data-set.ts'
import { stratifiedSplit } from '../src/stratified-split.ts'

const labels = fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 6 }).chain((sizes) =>
  fc.shuffledSubarray(
    sizes.flatMap((size, k) => Array.from({ length: size }, () => `class ${k}`)),
    { minLength: sizes.reduce((sum, size) => sum + size, 0) },
  ),
)
const fraction = fc.double({ min: 0.01, max: 0.99, noNaN: true })
const seed = fc.integer({ min: 0, max: 4294967295 })

test('every row is on one side, in order; every class on both, in proportion', () => {
  fc.assert(
    fc.property(labels, fraction, seed, (y, share, start) => {
      const { train, test: held } = stratifiedSplit(y, { fraction: share, seed: start })
      expect([...train, ...held].sort((a, b) => a - b)).toEqual([...y.keys()])
      expect(train).toEqual(train.slice().sort())
      expect(held).toEqual(held.slice().sort())
      let bound = false
      for (const label of new Set(y)) {
        const size = y.filter((other) => other === label).length
        const count = [...held].filter((i) => y[i] === label).length
        expect(count).toBeGreaterThanOrEqual(1)
        expect(count).toBeLessThanOrEqual(size - 1)
        bound ||= share * size < 1 || share * size > size - 1
        expect(Math.abs(count - share * size)).toBeLessThan(1 + 1e-9)
      }
      if (!bound) expect(held.length).toBe(Math.round(share * y.length))
    }),
  )
})

test('the same seed gives the same split, another seed another one', () => {
  const { labels: y } = breastCancer()
  const split = (start: number) => stratifiedSplit(y, { fraction: 0.25, seed: start })
  expect(split(7)).toEqual(split(7))
  expect(split(7)).not.toEqual(split(8))
  // Written down, so that a change of the random numbers does not go unnoticed.
  expect([...split(1).test.slice(0, 6)]).toMatchInlineSnapshot(`
    [
      4,
      7,
      11,
      16,
      18,
      23,
    ]
  `)
  expect(split(1).test.length).toBe(142)
  expect([...split(1).test].filter((i) => y[i] === 'malignant')).toHaveLength(53)
})

test('which rows are drawn does not depend on how the classes are spelled, only on their order', () => {
  const y = Array.from({ length: 50 }, (_, i) => i % 3)
  expect(stratifiedSplit(y)).toEqual(stratifiedSplit(y.map((k) => ['a', 'b', 'c'][k])))
  expect(stratifiedSplit(y.map((k) => k > 0))).toEqual(stratifiedSplit(y.map((k) => Math.min(k, 1))))
})

test('every row is drawn about as often as its class says', () => {
  const y = Array.from({ length: 20 }, (_, i) => (i < 5 ? 'a' : 'b'))
  const drawn = new Float64Array(20)
  for (let start = 0; start < 2000; start++)
    for (const i of stratifiedSplit(y, { fraction: 0.4, seed: start }).test) drawn[i]++
  // 2 of 5 and 6 of 15, 2000 times: 800 ± 5 standard deviations.
  for (const count of drawn) expect(Math.abs(count - 800)).toBeLessThan(5 * Math.sqrt(2000 * 0.4 * 0.6))
})

test('labels of different types are different classes', () => {
  const { test: held } = stratifiedSplit([1, '1', true, 1, '1', true], { fraction: 0.5 })
  expect([...held].map((i) => i % 3).sort()).toEqual([0, 1, 2])
})

describe('errors', () => {
  const y = ['a', 'a', 'b', 'b']
  test.each([0, 1, -0.1, 1.5, Number.NaN, Infinity])('fraction %d', (share) => {
    expect(() => stratifiedSplit(y, { fraction: share })).toThrow(
      /^stratifiedSplit: expected a fraction between 0 and 1, got /,
    )
  })
  test.each([-1, 0.5, 4294967296, Number.NaN])('seed %d', (start) => {
    expect(() => stratifiedSplit(y, { seed: start })).toThrow(
      /^stratifiedSplit: expected seed to be an integer from 0/,
    )
  })
  test('labels', () => {
    expect(() => stratifiedSplit([])).toThrow('stratifiedSplit: expected at least one label, got 0')
    expect(() => stratifiedSplit([1, 1, Number.NaN])).toThrow(
      /expected labels to be strings, numbers or booleans, got NaN at 2$/,
    )
    expect(() => stratifiedSplit(['a', null as unknown as string])).toThrow(/got null at 1$/)
    expect(() => stratifiedSplit(['b', 'a', 'b'])).toThrow(
      expect.objectContaining({
        name: 'DataError',
        message: 'class "a" has only 1 row, and a stratified split needs one on each side',
      }),
    )
  })
})

// Labels of every kind become indices of sorted classes, and are counted.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeLabels, type Label, sortLabels } from '../src/index.ts'

/** What it says, without any care for speed. */
function expected(labels: ArrayLike<Label>) {
  const all = Array.from(labels, (label) => (label === 0 ? 0 : label))
  const classes = sortLabels(new Set(all))
  const indices = Float64Array.from(all, (label) => classes.indexOf(label))
  return { classes, indices, counts: classes.map((_, k) => indices.filter((index) => index === k).length) }
}

const numbers = fc.oneof(
  fc.constantFrom(0, 1),
  fc.constantFrom(-0, 0, 1, 2, 3, 1023, 1024),
  fc.constantFrom(-1, 1),
  fc.constantFrom(0.5, 1.5, 2 ** 31, -(2 ** 31), 2 ** 32, 1e300),
)
const kinds = fc.oneof(
  fc.array(numbers, { minLength: 2 }),
  fc.array(fc.constantFrom('0', '1', '10', '2'), { minLength: 2 }),
  fc.array(fc.constantFrom('no', 'yes', '__proto__', ''), { minLength: 2 }),
  fc.array(fc.boolean(), { minLength: 2 }),
)

describe('encodeLabels', () => {
  it('finds the classes of any labels', () => {
    fc.assert(
      fc.property(kinds, (labels: Label[]) => {
        fc.pre(new Set(labels).size > 1)
        expect(encodeLabels('test', labels, labels.length)).toEqual(expected(labels))
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it.each([Float64Array, Float32Array, Int32Array, Uint8Array, Int8Array])('of %o', (Kind) => {
    for (const few of [
      [0, 1],
      [1, 0],
      [1, 2, 1],
      [5, 3, 3, 7],
      [0, 1, 2, 3],
      Kind === Uint8Array ? [200, 7] : [-1, 1],
    ]) {
      const labels = new Kind(few)
      const { indices, ...rest } = encodeLabels('test', labels, labels.length)
      expect({ indices, ...rest }).toEqual(expected(labels))
      expect(Array.from(labels)).toEqual(few)
      // What the caller does with y later changes nothing.
      expect(indices.buffer === labels.buffer).toBe(false)
    }
  })

  it.each<[string, unknown[], string]>([
    ['NaN', [0, 1, Number.NaN], 'number NaN at index 2'],
    ['Infinity', [0, 1, Infinity], 'number Infinity at index 2'],
    ['a number among strings', ['a', 1], 'number 1 at index 1'],
    ['a string among numbers', [0, '1'], 'string 1 at index 1'],
    ['a boolean among numbers', [0, true], 'boolean true at index 1'],
    ['a number among booleans', [false, 1], 'number 1 at index 1'],
    ['none', [0, undefined], 'undefined undefined at index 1'],
    ['null', [0, null], 'object null at index 1'],
    ['a big whole number', [0, 1n], 'bigint 1 at index 1'],
    ['big whole numbers', [0n, 1n], 'bigint 0 at index 0'],
  ])('refuses %s', (_, labels, what) => {
    expect(() => encodeLabels('test', labels as Label[], labels.length)).toThrow(
      `test: expected all of y strings, finite numbers or booleans, got ${what}`,
    )
  })

  it('takes no longer for many classes than for few, as where y was never meant to be classes', () => {
    const n = 50_000
    const labels = Array.from({ length: n }, (_, i) => ((i * 7919) % n) + 0.5)
    const start = performance.now()
    const { classes, counts, indices } = encodeLabels('test', labels, n)
    // A hundredth of a second for each thousand is many times what it takes; a look at all classes for each took ten times that.
    expect(performance.now() - start).toBeLessThan(n / 100)
    expect(classes).toHaveLength(n)
    expect(counts.every((count) => count === 1)).toBe(true)
    expect(indices.every((k, i) => classes[k] === labels[i])).toBe(true)
  })

  it('refuses one class, and another number of labels', () => {
    expect(() => encodeLabels('test', [7, 7], 2)).toThrow(
      'test: expected at least two classes in y, got one (7)',
    )
    expect(() => encodeLabels('test', Float64Array.of(1, 1), 2)).toThrow('got one (1)')
    expect(() => encodeLabels('test', [0, 1, 1], 2)).toThrow('test: expected y.length 2 (rows of X), got 3')
  })
})

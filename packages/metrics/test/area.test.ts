import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { area } from '../src/area.ts'
import { expectNear, scikitLearn } from './reference.ts'

describe('area', () => {
  test.each(scikitLearn.areas)('as scikit-learn', ({ x, y, area: peer }) => {
    expectNear(area(x, y), peer)
  })

  test('read backwards it is the same', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 2,
    })
    fc.assert(
      fc.property(points, (drawn) => {
        const sorted = drawn.toSorted((a, b) => a[0] - b[0])
        const [x, y] = [0, 1].map((c) => sorted.map((point) => point[c]))
        expect(area(x.toReversed(), y.toReversed())).toBe(area(x, y))
      }),
    )
  })

  test('of a straight line is exact', () => {
    expect(area([0, 1, 4], [0, 1, 4])).toBe(8)
    expect(area(Float64Array.of(4, 1, 0), [4, 1, 0])).toBe(8)
    expect(area([2, 2], [5, 7])).toBe(0)
  })

  test.each<[string, ArrayLike<number>, ArrayLike<number>, string]>([
    ['no points', [], [], 'area: expected x.length >= 2, got 0'],
    ['one point', [1], [1], 'area: expected x.length >= 2, got 1'],
    ['lengths', [1, 2], [1], 'area: expected y.length 2 (length of x), got 1'],
    ['NaN', [1, 2], [1, NaN], 'area: expected finite x[1] and y[1], got 2, NaN'],
    ['an infinite threshold', [Infinity, 2], [1, 0], 'area: expected finite x[0] and y[0], got Infinity, 1'],
    [
      'x that turns',
      [0, 2, 1, 3],
      [1, 1, 1, 1],
      'area: expected x[2] to go on from x[1] in one direction, got 2, 1',
    ],
    ['overflow', [0, 1e308], [1e308, 1e308], 'area: expected an area below the largest double, got Infinity'],
  ])('%s: an error by name', (_, x, y, message) => {
    expect(() => area(x, y)).toThrow(message)
  })
})

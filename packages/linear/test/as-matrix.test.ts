// Rows of any kind as one matrix of finite numbers, and what is no matrix by name.
import { describe, expect, it } from 'vitest'
import { asMatrix, type MatrixLike } from '../src/index.ts'

describe('rows', () => {
  const flat = [0.1, -2, -0, 5e-324, 1e308, 7]
  it.each([
    ['arrays', [flat.slice(0, 3), flat.slice(3)]],
    ['typed arrays', [Float64Array.from(flat.slice(0, 3)), Float64Array.from(flat.slice(3))]],
    ['some of each', [Float64Array.from(flat.slice(0, 3)), flat.slice(3)]],
    ['anything with a length', [{ length: 3, 0: 0.1, 1: -2, 2: -0 }, flat.slice(3)]],
  ])('%s are copied as they are', (_, rows) => {
    const { data, shape, stride, offset } = asMatrix('f', rows as MatrixLike)
    expect([shape, stride, offset]).toEqual([[2, 3], [3, 1], 0])
    expect([...(data as Float64Array)]).toEqual(flat)
  })

  it('of whole numbers and of single precision give those', () => {
    const rows = [Int8Array.of(1, -2), [3, 4], Float32Array.of(0.1, 5)]
    expect([...(asMatrix('f', rows).data as Float64Array)]).toEqual([1, -2, 3, 4, Math.fround(0.1), 5])
  })

  // Two numbers and a hole.
  const holed: number[] = [1, 2]
  holed.length = 3
  const missing = [[1, 2, 3]]
  missing.length = 2
  it.each([
    [
      'text',
      [
        [1, 2],
        [3, '4'],
      ],
      'finite numbers in X, got string in row 1, column 1 (x1)',
    ],
    ['a boolean', [[1, true]], 'finite numbers in X, got boolean in row 0, column 1 (x1)'],
    ['null', [[1, null]], 'finite numbers in X, got object in row 0, column 1 (x1)'],
    ['a hole', [holed], 'finite numbers in X, got undefined in row 0, column 2 (x2)'],
    ['bigints', [BigInt64Array.of(1n)], 'finite numbers in X, got bigint in row 0, column 0 (x0)'],
    ['NaN', [[1], [Number.NaN]], 'finite numbers in X, got NaN in row 1, column 0 (x0)'],
    [
      'infinity',
      [[1, Number.NEGATIVE_INFINITY]],
      'finite numbers in X, got -Infinity in row 0, column 1 (x1)',
    ],
    ['a row too short', [[1, 2], [3]], '2 numbers in row 1 of X, got 1'],
    ['a row that is text', [[1, 2], '12'], '2 numbers in row 1 of X, got 2'],
    ['a row that is a number', [[1], 2], '1 numbers in row 1 of X, got 2'],
    ['a row that is not there', missing, '3 numbers in row 1 of X, got undefined'],
    ['a row that is null', [null], '0 numbers in row 0 of X, got null'],
  ])('%s is named', (_, rows, what) => {
    expect(() => asMatrix('f', rows as MatrixLike)).toThrow(new RangeError(`f: expected ${what}`))
  })
})

import { expect, test } from 'vitest'
import { elementwise } from '../src/elementwise.ts'
import { leakyRelu } from '../src/leaky-relu.ts'
import { tanh } from '../src/tanh.ts'

test('in place, into another array, or into a new one', () => {
  const z = Float64Array.of(-1, 0, 2)
  const fresh = elementwise(tanh, z)
  expect([...fresh]).toEqual([Math.tanh(-1), 0, Math.tanh(2)])
  expect([...z]).toEqual([-1, 0, 2])
  const out = new Float64Array(3)
  expect(elementwise(tanh, z, out)).toBe(out)
  expect(out).toEqual(fresh)
  expect(elementwise(tanh, z, z)).toBe(z)
  expect(z).toEqual(fresh)
})

test('hands over the number alone, never the index, as a parameter', () => {
  const z = [-1, -1, -1]
  expect([...elementwise(leakyRelu, z)]).toEqual([-0.01, -0.01, -0.01])
  expect(z.map(leakyRelu as (z: number, k: number) => number)).toEqual([-0, -1, -2])
  expect(elementwise(leakyRelu, [])).toEqual(new Float64Array(0))
})

test('refuses an array of another length, before any work', () => {
  const out = Float64Array.of(7)
  expect(() => elementwise(tanh, [1, 2], out)).toThrow(
    new RangeError('elementwise: expected out.length 2 (length of z), got 1'),
  )
  expect(out[0]).toBe(7)
})

import { expect, it } from 'vitest'
import { arraysMade } from '../allocations.mjs'

it('sees what constructors, methods and memories make, and no views', () => {
  const before = [Float64Array, Array.from, Float64Array.prototype.slice, WebAssembly.Memory]
  const lengths = arraysMade(10, () => {
    const twelve = new Float64Array(12)
    expect(twelve).toBeInstanceOf(Float64Array)
    twelve.slice()
    twelve.subarray(1)
    new Float64Array(twelve.buffer, 0, 11)
    twelve.map((v) => v + 1).subarray(0, 5)
    Int32Array.from({ length: 13 }, (_, j) => j)
    new Uint8Array([1, 2, 3])
    Array.from({ length: 14 }, () => 0).filter(Boolean)
    new WebAssembly.Memory({ initial: 1 })
  })
  expect(lengths).toEqual([12, 12, 12, 13, 14, 65536])
  expect([Float64Array, Array.from, Float64Array.prototype.slice, WebAssembly.Memory]).toEqual(before)
})

it('leaves all as it was when the code throws', () => {
  const before = Float64Array
  expect(() =>
    arraysMade(1, () => {
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(Float64Array).toBe(before)
})

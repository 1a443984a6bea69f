// Memory that is given back is used again, memory that nobody holds is collected, and what was given back is not used by mistake.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { binaryCrossEntropy } from '@logodds/core'
import { type Design, fitLogistic, objective } from '@logodds/linear'
import { l2, lbfgs } from '@logodds/optim'
import { beforeEach, describe, expect, it } from 'vitest'
import { dense, free, matrix, threads } from '../src/index.ts'
import { giveMemory, takeMemory } from '../src/memory-pool.ts'
import { numbers, uniform } from './random.ts'

const PAGE = 65536
const pages = (count: number) => takeMemory(count * PAGE)

describe('the pool', () => {
  beforeEach(() => {
    // Eight small memories put everything else out.
    for (const held of Array.from({ length: 8 }, () => pages(1))) giveMemory(held.memory)
  })

  it('gives the smallest idle memory that fits, once', () => {
    const [large, middle, small] = [90, 60, 50].map((count) => pages(count).memory)
    for (const memory of [large, middle, small]) giveMemory(memory)
    expect(pages(55)).toEqual({ memory: middle, zeroed: false })
    expect(pages(55)).toEqual({ memory: large, zeroed: false })
    const fresh = pages(55)
    expect(fresh.zeroed).toBe(true)
    expect(fresh.memory.buffer.byteLength).toBe(55 * PAGE)
    expect(pages(30).memory).toBe(small)
  })

  it('gives none of more than twice the size, unless it is small', () => {
    giveMemory(pages(100).memory)
    expect(pages(49).zeroed).toBe(true)
    expect(pages(50).zeroed).toBe(false)
    giveMemory(pages(15).memory)
    expect(pages(2).zeroed).toBe(false)
  })

  it('gives memory that threads share where there may be several, and only there', () => {
    threads(1)
    const [own, other] = [pages(70).memory, pages(70).memory]
    threads(2)
    const shared = pages(70).memory
    for (const memory of [own, shared, other]) giveMemory(memory)
    expect(pages(70).memory).toBe(shared)
    expect(pages(70).memory.buffer).toBeInstanceOf(SharedArrayBuffer)
    threads(1)
    expect(new Set([pages(70).memory, pages(70).memory])).toEqual(new Set([own, other]))
  })

  it('keeps at most eight, those that came last', () => {
    const memories = Array.from({ length: 10 }, (_, k) => pages(100 + k).memory)
    for (const memory of memories) giveMemory(memory)
    expect(pages(102).memory).toBe(memories[2])
    const again = Array.from({ length: 7 }, () => pages(102).memory)
    expect(new Set(again)).toEqual(new Set(memories.slice(3)))
    expect(pages(100).zeroed).toBe(true)
  })

  it('keeps at most 1 GiB', () => {
    const [first, second, third] = [0, 0, 0].map(() => pages(8000).memory)
    for (const memory of [first, second, third]) giveMemory(memory)
    expect([pages(8000).memory, pages(8000).memory]).toEqual([second, third])
    expect(pages(8000).zeroed).toBe(true)
    giveMemory(pages(2 ** 14 + 1).memory)
    expect(pages(2 ** 14 + 1).zeroed).toBe(true)
  })
})

describe('free', () => {
  it('lets the next matrix of about its size have the memory, and it is all zeros', () => {
    const own = matrix(500, 40)
    own.data.fill(7)
    const { buffer } = own.data
    const { byteLength } = buffer
    free(own)
    const next = matrix(490, 40)
    expect(next.data.buffer.byteLength).toBe(byteLength)
    expect(next.data.every((v) => v === 0)).toBe(true)
    if (buffer instanceof ArrayBuffer) expect(own.data.length).toBe(0)
  })

  it('fits in memory used before are those in new memory', () => {
    const random = uniform(2)
    const X = { data: numbers(301 * 7, random), shape: [301, 7], stride: [7, 1], offset: 0 }
    const y = Array.from({ length: 301 }, (_, i) => X.data[7 * i] + random() > 0)
    const options = { penalty: l2(0.01), offset: numbers(301, random) }
    const first = dense(X)
    const expected = fitLogistic(first, y, options)
    free(first)
    // Something else of an odd number of rows passes through.
    const other = dense({ ...X, shape: [299, 7] })
    fitLogistic(
      other,
      y.slice(0, 299).map((v) => !v),
    )
    free(other)
    expect(fitLogistic(dense(X), y, options)).toEqual(expected)
  })

  it('what is asked of a design afterwards is an error that says so; to free it again is none', () => {
    const own = matrix(10, 2)
    own.data.forEach((_, q) => {
      own.data[q] = Math.sin(q)
    })
    const design = dense(own)
    const inner = design.rescaled(new Float64Array(2), Float64Array.of(1, 2), Int32Array.of(0, 1))
    const y = Array.from({ length: 10 }, (_, i) => i % 2)
    const reader = inner.reader()
    const oracle = objective({ design: inner, loss: binaryCrossEntropy, y })
    const at = new Float64Array(2)
    oracle({ ask: 'value', at })
    free(design)
    free(inner)
    free(own)
    const uses = [
      () => fitLogistic(design, y),
      () => reader.read(0, 10),
      () => reader.multiply(at, 1, new Float64Array(12)),
      () => inner.moments(new Float64Array(10).fill(0.1)),
      () => oracle({ ask: 'value', at }),
      () => dense(own),
    ]
    for (const use of uses)
      expect(use).toThrow(
        new TypeError('dense: expected a matrix in memory, got one that free has given back'),
      )
  })

  it('refuses what is not in memory of the kernels', () => {
    const plain = { data: new Float64Array(2), shape: [1, 2], stride: [2, 1], offset: 0 }
    expect(() => free(plain)).toThrow(
      'free: expected a design of dense, csr or csc, or what matrix made, got [object Object]',
    )
    expect(() => free(undefined as unknown as Design)).toThrow(TypeError)
  })

  it('what was wrong with X leaves its memory to the next', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => [i, i === 1500 ? Number.NaN : 1])
    for (let k = 0; k < 300; k++) expect(() => dense(rows)).toThrow('row 1500, column 1')
  })
})

describe('1,000 fits in a row', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const n = 500
  const p = 125
  const random = uniform(4)
  const data = numbers(n * p, random)
  const X = { data, shape: [n, p], stride: [p, 1], offset: 0 }
  const y = Uint8Array.from({ length: n }, (_, i) => +(data[p * i] + random() > 0))
  const used = () => {
    // Twice, since what the first finds is swept while others work.
    collect()
    collect()
    return process.memoryUsage()
  }

  it.each([
    ['given back', free],
    ['left to the collector', () => {}],
  ])(
    '%s: memory is where it was',
    (_, done: (design: Design) => void) => {
      const fit = () => {
        const design = dense(X)
        const { intercepts } = fitLogistic(design, y, {
          penalty: l2(1),
          maxIterations: 2,
          solver: () => lbfgs(),
        })
        expect(Number.isFinite(intercepts[0])).toBe(true)
        done(design)
      }
      for (let k = 0; k < 10; k++) fit()
      const before = used()
      // 0.9 MB each: with what is beside the numbers.
      for (let k = 0; k < 1000; k++) fit()
      const after = used()
      expect(after.external - before.external).toBeLessThan(16e6)
      expect(after.rss - before.rss).toBeLessThan(128e6)
    },
    60_000,
  )
})

import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { sortDoubles } from '../src/index.ts'

const same = (a: Float64Array, b: Float64Array) =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]))

/** Uniform numbers in [0, 1), the same in every run. */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const shapes: Record<string, (random: () => number, i: number) => number> = {
  uniform: (random) => random(),
  'probabilities of confident models': (random) => 1 / (1 + Math.exp(40 * (random() - 0.5))),
  'heavy ties': (random) => Math.floor(random() * 10) / 10,
  'all equal': () => 0.25,
  'every magnitude': (random) => (random() < 0.5 ? -1 : 1) * 10 ** (600 * random() - 300),
  subnormal: (random) => 5e-324 * Math.floor(random() * 1e4),
  'the whole range, whose width overflows': (random) => (random() - 0.5) * Number.MAX_VALUE * 2,
  'one far away': (random, i) => (i === 77 ? 1e300 : random()),
  'halves of halves': (random) => 2 ** -Math.floor(1000 * random()),
  ascending: (_, i) => i,
  descending: (_, i) => -i,
  'infinite, too': (random) => [-Infinity, Infinity, 0, random()][Math.floor(4 * random())],
  'both zeros': (random) => [-0, 0, 1, -1][Math.floor(4 * random())],
  'both zeros, least and crowded': (random) => (random() < 0.02 ? 0 * (random() - 0.5) : random() ** 9),
  'both zeros, largest and crowded': (random) => (random() < 0.02 ? 0 * (random() - 0.5) : -(random() ** 9)),
  'crowded in places, so that runs end in every way': (random, i) => random() ** (1 + (i % 7)),
  'with NaN': (random) => (random() < 0.01 ? Number.NaN : random()),
  'only NaN': () => Number.NaN,
}

describe('sortDoubles gives what the platform gives, bit for bit', () => {
  for (const [name, make] of Object.entries(shapes))
    it.each([0, 1, 2, 255, 256, 257, 1000, 65_537, 1_200_000])(`${name}: %i keys`, (n) => {
      const random = uniform(n)
      const keys = Float64Array.from({ length: n }, (_, i) => make(random, i))
      expect(same(sortDoubles(keys.slice()), keys.slice().sort())).toBe(true)
    })

  it('any doubles', () => {
    const bits = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 250, maxLength: 600 })
    fc.assert(
      fc.property(bits, (patterns) => {
        const keys = new Float64Array(BigUint64Array.from(patterns).buffer)
        expect(same(sortDoubles(keys.slice()), keys.slice().sort())).toBe(true)
      }),
      { seed: 1 },
    )
  })
})

describe('sortDoubles', () => {
  it('sorts in place, a view too, and touches nothing beside it', () => {
    const all = Float64Array.from({ length: 1000 }, (_, i) => -i)
    const view = all.subarray(100, 900)
    expect(sortDoubles(view)).toBe(view)
    expect(all[99]).toBe(-99)
    expect(all[100]).toBe(-899)
    expect(all[899]).toBe(-100)
    expect(all[900]).toBe(-900)
  })

  it('a small run after a large one, in the same memory, sees none of it', () => {
    const random = uniform(1)
    sortDoubles(Float64Array.from({ length: 300_000 }, random))
    const keys = Float64Array.from({ length: 300 }, random)
    expect(same(sortDoubles(keys.slice()), keys.slice().sort())).toBe(true)
  })

  it('sorts keys in lent memory where they are, also parts of it, and leaves the rest alone', () => {
    const random = uniform(2)
    for (const n of [0, 3, 300, 5000, 200_000]) {
      const all = Float64Array.from({ length: n }, random)
      const [from, to] = [n >> 3, n - (n >> 2)]
      const sorted = sortDoubles.lend(n, (keys) => {
        expect(keys.length).toBe(n)
        keys.set(all)
        const part = keys.subarray(from, to)
        expect(sortDoubles(part)).toBe(part)
        expect(sortDoubles(keys.subarray(0, from))).toEqual(all.slice(0, from).sort())
        return keys.slice()
      })
      const parts = [all.slice(0, from).sort(), all.slice(from, to).sort(), all.slice(to)]
      expect(same(sorted, Float64Array.from(parts.flatMap((part) => [...part])))).toBe(true)
    }
  })

  it('gives in lent memory what the platform gives, bit for bit', () => {
    for (const make of Object.values(shapes)) {
      const random = uniform(9)
      const keys = Float64Array.from({ length: 3000 }, (_, i) => make(random, i))
      const sorted = sortDoubles.lend(keys.length, (room) => {
        room.set(keys)
        return sortDoubles(room).slice()
      })
      expect(same(sorted, keys.sort())).toBe(true)
    }
  })

  it('lends to several at a time, and again after an error', () => {
    const random = uniform(3)
    const fill = (keys: Float64Array) => {
      for (let i = 0; i < keys.length; i++) keys[i] = random()
    }
    sortDoubles.lend(1000, (outer) => {
      fill(outer)
      const before = outer.slice()
      sortDoubles.lend(2000, (inner) => {
        expect(inner.buffer).not.toBe(outer.buffer)
        fill(inner)
        expect(same(inner.slice().sort(), sortDoubles(inner))).toBe(true)
        sortDoubles(Float64Array.from({ length: 4000 }, random))
      })
      expect(same(outer, before)).toBe(true)
      expect(same(sortDoubles(outer), before.sort())).toBe(true)
    })
    let kept: Float64Array | undefined
    const fail = (keys: Float64Array) => {
      kept = keys
      throw new RangeError('no')
    }
    expect(() => sortDoubles.lend(1000, fail)).toThrow('no')
    sortDoubles.lend(1000, (keys) => expect(keys.buffer).toBe(kept?.buffer))
    // Whoever kept it: sorted as any array is.
    fill(kept as Float64Array)
    expect(same((kept as Float64Array).slice().sort(), sortDoubles(kept as Float64Array))).toBe(true)
  })

  it('is not the platform that does it, where there is WebAssembly', () => {
    const platform = vi.spyOn(Float64Array.prototype, 'sort')
    try {
      sortDoubles(Float64Array.from({ length: 10_000 }, uniform(1)))
      expect(platform).not.toHaveBeenCalled()
    } finally {
      platform.mockRestore()
    }
  })

  it.each([-1, 0.5, 1000.5, Number.NaN, Number.POSITIVE_INFINITY])('lends no memory for %s keys', (n) => {
    const words = `sortDoubles.lend: expected n a whole number >= 0, got ${n}`
    expect(() => sortDoubles.lend(n, (keys) => keys.length)).toThrow(new RangeError(words))
  })

  it('refuses what is not a Float64Array', () => {
    expect(() => sortDoubles([2, 1] as unknown as Float64Array)).toThrow(
      'sortDoubles: expected a Float64Array, got [object Array]',
    )
  })
})

// The seeded order: every order as likely as another, every seed an order of its own.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allRows, inBatches, shuffle, wholeNumbers } from '../src/row-order.ts'

describe('wholeNumbers', () => {
  it('are spread evenly, and do not know their predecessor', () => {
    const draw = wholeNumbers(0)
    const cells = new Float64Array(100)
    let before = draw(10)
    const draws = 200_000
    for (let k = 0; k < draws; k++) {
      const next = draw(10)
      cells[10 * before + next]! += 1
      before = next
    }
    // χ² with 99 degrees of freedom: above 149 once in a thousand seeds.
    const expected = draws / 100
    expect(cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(149)
  })

  it('begin differently for each seed', () => {
    const first = Array.from({ length: 2000 }, (_, seed) => wholeNumbers(seed)(10))
    const counts = Array.from({ length: 10 }, (_, k) => first.filter((draw) => draw === k).length)
    // χ² with 9 degrees of freedom: above 27.9 once in a thousand.
    expect(counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0)).toBeLessThan(27.9)
  })

  it('are below their bound, for every seed', () => {
    fc.assert(
      fc.property(fc.nat(4294967295), fc.integer({ min: 1, max: 1e6 }), (seed, below) => {
        const draw = wholeNumbers(seed)
        for (let k = 0; k < 20; k++) {
          const number = draw(below)
          if (!(Number.isInteger(number) && number >= 0 && number < below)) return false
        }
        return true
      }),
    )
  })
})

describe('shuffle', () => {
  it('makes each of the 24 orders of four rows about as often', () => {
    const draw = wholeNumbers(5)
    const counts = new Map<string, number>()
    for (let k = 0; k < 24_000; k++) {
      const order = allRows(4)
      shuffle(order, draw)
      counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    // χ² with 23 degrees of freedom: above 49.7 once in a thousand.
    expect([...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(49.7)
  })
})

describe('inBatches', () => {
  it('deals out all rows, and sees what the order becomes', () => {
    const order = allRows(7)
    const at = new Float64Array(1)
    const batches = inBatches(at, at, order, 3)
    shuffle(order, wholeNumbers(1))
    expect(batches.map(({ rows }) => rows.length)).toEqual([3, 3, 1])
    expect(batches.flatMap(({ rows }) => [...rows])).toEqual([...order])
  })
})

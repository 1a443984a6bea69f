import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { thinLine } from '../src/thin-line.ts'

function distanceToPiece(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / square))
  return Math.hypot(px - ax - t * dx, py - ay - t * dy)
}

function furthest(x: number[], y: number[], kept: number[]): number {
  let most = 0
  for (let k = 1; k < kept.length; k++) {
    const [a, b] = [kept[k - 1], kept[k]]
    for (let i = a; i <= b; i++) most = Math.max(most, distanceToPiece(x[i], y[i], x[a], y[a], x[b], y[b]))
  }
  return most
}

describe('every point lies within √2 tolerance of the thinned line', () => {
  const walk = (step: fc.Arbitrary<[number, number]>) =>
    fc.array(step, { maxLength: 300 }).map((steps) => {
      const [x, y] = [[0], [0]]
      for (const [dx, dy] of steps) {
        x.push(x[x.length - 1] + dx)
        y.push(y[y.length - 1] + dy)
      }
      return [x, y]
    })
  const small = fc.double({ min: 0, max: 0.3, noNaN: true })
  const signed = fc.double({ min: -0.5, max: 0.5, noNaN: true })
  test.each([
    ['rising', fc.tuple(small, small)],
    ['staircase', fc.tuple(small, fc.boolean()).map(([d, up]): [number, number] => (up ? [0, d] : [d, 0]))],
    ['up and down', fc.tuple(small, signed)],
    ['anywhere', fc.tuple(signed, signed)],
    ['back and forth on a line', signed.map((d): [number, number] => [d, 0])],
  ])('%s', (_, step) => {
    fc.assert(
      fc.property(walk(step), fc.constantFrom(0.01, 0.1, 1), ([x, y], tolerance) => {
        const kept = thinLine(x, y, tolerance)
        expect(kept[0]).toBe(0)
        expect(kept[kept.length - 1]).toBe(x.length - 1)
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
        expect(furthest(x, y, kept)).toBeLessThanOrEqual(Math.SQRT2 * tolerance * (1 + 1e-9))
      }),
      { numRuns: 300 },
    )
  })
})

test('corners stay, points on a straight line go', () => {
  const x = [0, 0, 0, 1, 2, 3, 3]
  const y = [0, 1, 2, 2, 2, 2, 3]
  expect(thinLine(x, y, 0.1)).toEqual([0, 2, 5, 6])
})

test('100,000 points become some hundreds', () => {
  const n = 100_000
  const x = Array.from({ length: n }, (_, i) => (420 * i) / n)
  const y = x.map((value) => 420 * Math.sqrt(value / 420))
  const kept = thinLine(x, y, 0.1)
  expect(kept.length).toBeLessThan(300)
  expect(furthest(x, y, kept)).toBeLessThan(0.15)
})

test('short lines', () => {
  expect(thinLine([], [], 1)).toEqual([])
  expect(thinLine([1], [1], 1)).toEqual([0])
  expect(thinLine([1, 1], [1, 1], 1)).toEqual([0, 1])
})

import { expect, test } from 'vitest'
import { across, type Box, levelLine, type Plane, planeOf } from '../src/boundary.ts'

const box: Box = { left: 10, top: 20, right: 110, bottom: 70 }
const eta = ({ a, b, c }: Plane, x: number, y: number) => a * x + b * y + c

// Lines of every direction and distance, from a fixed recurrence.
const planes = Array.from({ length: 400 }, (_, k): Plane => {
  const angle = k * 2.399963229728653
  const size = 10 ** ((k % 9) - 4)
  return { a: size * Math.cos(angle), b: size * Math.sin(angle), c: size * (((k * 37) % 201) - 100) }
})

test('a level line has its level at both ends, which lie on the edge of the box', () => {
  let drawn = 0
  for (const plane of planes) {
    const size = Math.hypot(plane.a, plane.b)
    const level = size * 12
    const line = levelLine(plane, level, box)
    if (!line) continue
    drawn++
    for (const [x, y] of [
      [line.x1, line.y1],
      [line.x2, line.y2],
    ]) {
      expect(Math.abs(eta(plane, x, y) - level) / size).toBeLessThan(1e-9)
      const inside = Math.min(x - box.left, box.right - x, y - box.top, box.bottom - y)
      expect(Math.abs(inside)).toBeLessThan(1e-9)
    }
  }
  expect(drawn).toBeGreaterThan(100)
})

test('no line where the level lies outside the box: the four corners are on one side', () => {
  let absent = 0
  for (const plane of planes) {
    const corners = [box.left, box.right].flatMap((x) => [box.top, box.bottom].map((y) => eta(plane, x, y)))
    const crosses = Math.min(...corners) < 0 && Math.max(...corners) > 0
    expect(levelLine(plane, 0, box) !== null).toBe(crosses)
    if (!crosses) absent++
  }
  expect(absent).toBeGreaterThan(20)
})

test('upright and level lines', () => {
  expect(levelLine({ a: 2, b: 0, c: -100 }, 0, box)).toMatchObject({ x1: 50, x2: 50 })
  expect(levelLine({ a: 0, b: -1, c: 30 }, 0, box)).toMatchObject({ y1: 30, y2: 30 })
  expect(levelLine({ a: 0, b: -1, c: 10 }, 0, box)).toBeNull()
})

test('nothing is drawn of a model that says the same everywhere', () => {
  expect(levelLine({ a: 0, b: 0, c: 0 }, 0, box)).toBeNull()
  expect(across({ a: 0, b: 0, c: 1 }, 5, box)).toBeNull()
})

test('the shade runs across the decision line, from −reach to +reach', () => {
  for (const plane of planes) {
    const run = across(plane, 5, box)!
    expect(eta(plane, run.x1, run.y1)).toBeCloseTo(-5, 6)
    expect(eta(plane, run.x2, run.y2)).toBeCloseTo(5, 6)
    // At right angles to the line.
    expect(Math.abs((run.x2 - run.x1) * plane.b - (run.y2 - run.y1) * plane.a)).toBeLessThan(1e-6)
  }
})

test('a fit as a function of pixels', () => {
  const plane = planeOf([2, -3], 1, { at0: 4, perPixel: 0.1 }, { at0: 7, perPixel: -0.2 })
  const [x, y] = [30, 12]
  expect(eta(plane, x, y)).toBeCloseTo(1 + 2 * (4 + 0.1 * x) - 3 * (7 - 0.2 * y), 12)
})

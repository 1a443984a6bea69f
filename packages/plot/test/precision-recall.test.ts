import { describe, expect, test } from 'vitest'
import { plotPrecisionRecall } from '../src/precision-recall.ts'
import { checkWellFormed, parsed } from './svg.ts'

// Recall 1 → 0 as thresholds rise, then the end point (0, 1).
const curve = {
  precision: [0.4, 0.5, 2 / 3, 0.5, 1, 1],
  recall: [1, 1, 1, 0.5, 0.5, 0],
  averagePrecision: 0.5 * 1 + 0.5 * (2 / 3),
  baseRate: 0.4,
}

test('steps, whose area is the average precision', () => {
  const svg = plotPrecisionRecall(curve)
  checkWellFormed(svg)
  const { curves, dashed, texts } = parsed(svg)
  expect(curves).toHaveLength(1)
  const points = curves[0]
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]]
    expect(Math.min(Math.abs(x1 - x0), Math.abs(y1 - y0))).toBeLessThan(1e-9)
  }
  const area = points.slice(1).reduce((sum, [x, y], i) => sum + (x - points[i][0]) * y, 0)
  expect(area).toBeCloseTo(curve.averagePrecision, 4)
  expect(dashed).toHaveLength(1)
  for (const text of ['Precision–recall curve', 'Recall', 'Precision', 'AP 0.833', 'base rate 0.400'])
    expect(texts).toContain(text)
})

test('ascending recall is the same curve', () => {
  const { precision, recall } = curve
  expect(
    plotPrecisionRecall({ ...curve, precision: [...precision].reverse(), recall: [...recall].reverse() }),
  ).toBe(plotPrecisionRecall(curve))
})

test('several curves: a base rate each, noted once', () => {
  const { curves, dashed, texts } = parsed(
    plotPrecisionRecall([
      { ...curve, label: 'a' },
      { ...curve, label: 'b', baseRate: 0.2 },
      { precision: [0.3, 1], recall: [1, 0], label: 'c' },
    ]),
  )
  expect(curves).toHaveLength(3)
  expect(dashed).toHaveLength(2)
  expect(texts.filter((text) => text === 'base rates')).toHaveLength(1)
  expect(texts).toContain('a · AP 0.833')
  expect(texts).toContain('c')
})

test('without a base rate no line', () => {
  expect(parsed(plotPrecisionRecall({ precision: [0.3, 1], recall: [1, 0] })).dashed).toHaveLength(0)
})

test('100,000 points make a small file of the same area', () => {
  // Every third row is a positive at the top, fewer and fewer below.
  const n = 100_000
  const positive = Array.from({ length: n }, (_, i) => (i * 7919) % 10_007 < 9_000 * (1 - i / n))
  const total = positive.filter(Boolean).length
  const [precision, recall]: number[][] = [[1], [0]]
  let found = 0
  let average = 0
  positive.forEach((is, i) => {
    if (is) found++
    precision.push(found / (i + 1))
    recall.push(found / total)
    if (is) average += found / (i + 1) / total
  })
  const svg = plotPrecisionRecall({ precision, recall, averagePrecision: average, baseRate: total / n })
  expect(svg.length).toBeLessThan(100_000)
  const [points] = parsed(svg).curves
  const area = points
    .slice(1)
    .reduce((sum, [x, y], i) => sum + ((x - points[i][0]) * (y + points[i][1])) / 2, 0)
  expect(Math.abs(area - average)).toBeLessThan(1e-3)
})

describe('errors', () => {
  test.each([
    [
      { ...curve, recall: [1, 0.5, 0.7, 0.2, 0.1, 0] },
      'plotPrecisionRecall: expected recall in order, got 0.5 and then 0.7 at index 2',
    ],
    [
      { ...curve, precision: [1] },
      'plotPrecisionRecall: expected precision.length 6 (points of recall), got 1',
    ],
    [{ ...curve, baseRate: 2 }, 'plotPrecisionRecall: expected baseRate between 0 and 1, got 2'],
    [
      { ...curve, averagePrecision: -1 },
      'plotPrecisionRecall: expected averagePrecision between 0 and 1, got -1',
    ],
    [
      { ...curve, precision: [0, 0, 0, 0, 0, Number.NaN] },
      'plotPrecisionRecall: expected precision between 0 and 1, got NaN at index 5',
    ],
  ])('%#', (bad, message) => {
    expect(() => plotPrecisionRecall(bad)).toThrow(message)
  })
})

import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { plotRoc } from '../src/roc.ts'
import { checkWellFormed, parsed } from './svg.ts'

const curve = { falsePositiveRate: [0, 0, 0.25, 0.25, 1], truePositiveRate: [0, 0.5, 0.5, 1, 1], auc: 0.875 }
const three = ['a', 'b', 'c'].map((label) => ({ ...curve, label }))

test('one curve: its points, the diagonal, the area, the axes', () => {
  const svg = plotRoc(curve)
  checkWellFormed(svg)
  const { root, curves, dashed, areas, texts, all } = parsed(svg)
  expect(root.localName).toBe('svg')
  expect(root.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg')
  expect(root.getAttribute('viewBox')).toBe('0 0 504 516')
  expect([root.getAttribute('width'), root.getAttribute('height')]).toEqual(['504', '516'])
  expect(curves).toHaveLength(1)
  expect(curves[0]).toEqual([
    [0, 0],
    [0, 0.5],
    [0.25, 0.5],
    [0.25, 1],
    [1, 1],
  ])
  expect(dashed).toHaveLength(1)
  expect(areas).toHaveLength(1)
  for (const text of [
    'ROC curve',
    'False positive rate',
    'True positive rate',
    'AUC 0.875',
    'chance',
    '0.0',
    '1.0',
  ]) {
    expect(texts).toContain(text)
  }
  expect(all('title').map(({ textContent }) => textContent)).toEqual(['ROC curve; AUC 0.875'])
  expect(all('style')).toEqual([])
  expect(all('script')).toEqual([])
})

test('several curves: one colour and one line of the legend each', () => {
  const { curves, areas, texts, all } = parsed(plotRoc(three))
  expect(curves).toHaveLength(3)
  expect(areas).toHaveLength(0)
  const colours = all('g[aria-label="line"]')
    .filter((group) => group.getAttribute('stroke-width') === '2')
    .map((group) => group.getAttribute('stroke'))
  expect(new Set(colours).size).toBe(3)
  for (const label of ['a', 'b', 'c']) expect(texts).toContain(`${label} · AUC 0.875`)
  expect(texts).toContain('ROC curves')
})

test('the same input gives the same text', () => {
  expect(plotRoc(three)).toBe(plotRoc(three))
  expect(plotRoc(curve, { document: parseHTML('<html></html>').document })).toBe(plotRoc(curve))
})

test('typed arrays, descending order, frozen inputs', () => {
  const reversed = Object.freeze({
    falsePositiveRate: Float64Array.from(curve.falsePositiveRate).reverse(),
    truePositiveRate: Float64Array.from(curve.truePositiveRate).reverse(),
    auc: 0.875,
  })
  expect(plotRoc(Object.freeze([reversed]))).toBe(plotRoc(curve))
  expect([...reversed.falsePositiveRate]).toEqual([1, 0.25, 0.25, 0, 0])
})

test('titles and labels may hold anything', () => {
  const nasty = '<&> "b" \'c\' </svg>\u00a0\u0007\ud800 é猫😀'
  const svg = plotRoc([{ ...curve, label: nasty }], { title: nasty })
  checkWellFormed(svg)
  expect(svg).not.toMatch(/\p{Cc}(?<!\n)|\p{Cs}/u)
  const expected = '<&> "b" \'c\' </svg>\u00a0\ufffd\ufffd é猫😀'
  expect(parsed(svg).texts).toContain(expected)
})

test('long titles and labels are shortened; the whole title is what the mouse shows', () => {
  const { texts } = parsed(plotRoc([{ ...curve, label: 'l'.repeat(100) }], { title: 'm'.repeat(200) }))
  expect(texts).toContain(`${'l'.repeat(27)}… · AUC 0.875`)
  expect(texts.some((text) => /^m{20,40}…(?=m{200}$)/.test(text))).toBe(true)
})

test.each([
  [1, 'AUC 1.000'],
  [1 - 1e-15, 'AUC 1.000'],
  [0.99999, 'AUC > 0.999'],
  [0.9994, 'AUC 0.999'],
  [0, 'AUC 0.000'],
  [0.0001, 'AUC < 0.001'],
])('an area of %d reads %s', (auc, text) => {
  expect(parsed(plotRoc({ ...curve, auc })).texts).toContain(text)
})

test('without area and label there is no legend', () => {
  const { falsePositiveRate, truePositiveRate } = curve
  const { all, texts } = parsed(plotRoc({ falsePositiveRate, truePositiveRate }))
  expect(all('g[aria-label="link"]')).toEqual([])
  expect(texts.some((text) => text.includes('AUC'))).toBe(false)
})

test('100,000 points make a small file', () => {
  const n = 100_000
  const [fpr, tpr] = [new Float64Array(2 * n + 1), new Float64Array(2 * n + 1)]
  // A staircase of uneven steps around t ↦ √t.
  for (let i = 1; i <= 2 * n; i++) {
    const t = Math.ceil(i / 2) / n
    fpr[i] = t
    tpr[i] = Math.sqrt(i % 2 === 0 ? t : t - 1 / n)
  }
  const started = performance.now()
  const svg = plotRoc({ falsePositiveRate: fpr, truePositiveRate: tpr, auc: 2 / 3 })
  expect(performance.now() - started).toBeLessThan(10_000)
  expect(svg.length).toBeLessThan(50_000)
  const [points] = parsed(svg).curves
  expect(points[0]).toEqual([0, 0])
  expect(points[points.length - 1]).toEqual([1, 1])
  const area = points
    .slice(1)
    .reduce((sum, [x, y], i) => sum + ((x - points[i][0]) * (y + points[i][1])) / 2, 0)
  expect(Math.abs(area - 2 / 3)).toBeLessThan(5e-4)
})

test('fifty curves stay inside the square', () => {
  const curves = Array.from({ length: 50 }, (_, i) => ({ ...curve, label: `class ${i}` }))
  const { all, curves: drawn } = parsed(plotRoc(curves))
  expect(drawn).toHaveLength(50)
  const heights = all('text')
    .filter(({ textContent }) => textContent.startsWith('class'))
    .map((text) => Number(/,([\d.]+)\)/.exec(text.getAttribute('transform') ?? '')?.[1]))
  expect(heights).toHaveLength(50)
  expect(Math.min(...heights)).toBeGreaterThan(44)
  expect(Math.max(...heights)).toBeLessThan(464)
})

describe('errors', () => {
  const bad: [string, unknown, RegExp][] = [
    ['no curves', [], /^plotRoc: expected at least one curve, got 0$/],
    ['not a curve', [null], /^plotRoc: expected a curve or an array of curves, got null at index 0$/],
    ['no label', [curve, curve], /^plotRoc: expected a label on each of 2 curves, got undefined at index 0$/],
    [
      'NaN',
      { ...curve, truePositiveRate: [0, 0.5, Number.NaN, 1, 1] },
      /^plotRoc: expected truePositiveRate between 0 and 1, got NaN at index 2$/,
    ],
    [
      'above 1',
      { ...curve, falsePositiveRate: [0, 0, 0.2, 0.3, 1.5] },
      /^plotRoc: expected falsePositiveRate between 0 and 1, got 1.5 at index 4$/,
    ],
    [
      'lengths',
      { ...curve, truePositiveRate: [0, 1] },
      /^plotRoc: expected truePositiveRate.length 5 \(points of falsePositiveRate\), got 2$/,
    ],
    [
      'order',
      { ...curve, falsePositiveRate: [0, 0.5, 0.25, 0.25, 1] },
      /^plotRoc: expected falsePositiveRate in order, got 0.5 and then 0.25 at index 2$/,
    ],
    [
      'one point',
      { falsePositiveRate: [0], truePositiveRate: [0] },
      /^plotRoc: expected at least 2 points, got 1$/,
    ],
    [
      'no array',
      { falsePositiveRate: undefined, truePositiveRate: [0] },
      /^plotRoc: expected falsePositiveRate to be an array of numbers, got undefined$/,
    ],
    ['area', { ...curve, auc: Number.NaN }, /^plotRoc: expected auc between 0 and 1, got NaN$/],
  ]
  test.each(bad)('%s', (_, curves, message) => {
    expect(() => plotRoc(curves as typeof curve)).toThrow(message)
  })

  test('options', () => {
    expect(() => plotRoc(curve, { size: Number.NaN })).toThrow(
      'plotRoc: expected size from 100 to 4000 pixels, got NaN',
    )
    expect(() => plotRoc(curve, { title: 7 as unknown as string })).toThrow(
      'plotRoc: expected title to be a string, got 7',
    )
  })
})

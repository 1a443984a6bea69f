import { describe, expect, test } from 'vitest'
import { delayAfter } from '../src/pace.ts'
import { iterations, linear, logarithmic } from '../src/scale.ts'

const texts = ({ ticks }: { ticks: readonly { text: string }[] }) => ticks.map(({ text }) => text)

describe('linear', () => {
  test('maps ends to ends, and knows its inverse', () => {
    const scale = linear([2, 7], [40, 540], 5)
    expect([scale.at(2), scale.at(7), scale.at(4.5)]).toEqual([40, 540, 290])
    expect(scale.at0 + scale.perPixel * 290).toBeCloseTo(4.5, 12)
  })

  test.each([
    [[0.82, 2.68], 6, ['1.0', '1.5', '2.0', '2.5']],
    [[0, 0.7], 4, ['0.0', '0.2', '0.4', '0.6']],
    [[-3, 12], 4, ['0', '5', '10']],
    [[0, 1000], 5, ['0', '200', '400', '600', '800', '1000']],
  ] as const)('ticks of %j', (domain, count, expected) => {
    expect(texts(linear(domain, [0, 100], count))).toEqual(expected)
  })
})

test('logarithmic: equal ratios, powers of ten, and a floor', () => {
  const scale = logarithmic([-16, 0], [160, 0], 4)
  expect(texts(scale)).toEqual(['1', '10⁻⁴', '10⁻⁸', '10⁻¹²', '10⁻¹⁶'])
  expect(scale.at(1)).toBe(0)
  expect(scale.at(1e-8)).toBeCloseTo(80, 9)
  expect(scale.at(0)).toBe(160)
})

describe('iterations', () => {
  test('start at the left, end at the right, and never run backwards', () => {
    const scale = iterations(5000, [40, 340])
    expect(scale.at(0)).toBe(40)
    expect(scale.at(5000)).toBeCloseTo(340, 9)
    for (let k = 0; k < 5000; k++) expect(scale.at(k + 1)).toBeGreaterThan(scale.at(k))
  })

  test.each([
    [0, ['0', '1', '2', '5', '10']],
    [60, ['0', '1', '2', '5', '10', '20', '50']],
    [6000, ['0', '1', '10', '100', '1000']],
    [10_000, ['0', '1', '10', '100', '1000', '10000']],
  ])('ticks up to %i', (last, expected) => {
    expect(texts(iterations(last, [0, 300]))).toEqual(expected)
  })
})

test('a run can be watched: ten steps take about two seconds, ten thousand at most fifteen', () => {
  const seconds = (steps: number, pace: number) =>
    Array.from({ length: steps }, (_, k) => delayAfter(k, pace)).reduce((a, b) => a + b, 0) / 1000
  expect(seconds(10, 1)).toBeGreaterThan(1.5)
  expect(seconds(10, 1)).toBeLessThan(2.5)
  expect(seconds(10_000, 1)).toBeLessThan(15)
  expect(seconds(10_000, 0)).toBe(0)
})

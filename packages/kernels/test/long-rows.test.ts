// Rows of 16 KiB and more are read several at a time: the same moments and the same products up to rounding.
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { objective, dense as plainDense, withIntercept } from '@logodds/linear'
import { describe, expect, it } from 'vitest'
import { dense } from '../src/index.ts'
import { wrongMoments } from './moments.ts'
import { numbers, uniform } from './random.ts'

const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }

describe.each([2047, 2048, 2050, 2051])('p = %d', (p) => {
  it.each([1, 2, 4, 5, 11])('n = %d', (n) => {
    const random = uniform(n * p)
    const data = numbers(n * p, random)
    // A column that does not vary, and one that varies in a row without weight only.
    for (let i = 0; i < n; i++) data[i * p + 3] = 0.1
    for (let i = 0; i < n; i++) data[i * p + 5] = i === 1 ? 7 : 0.3
    const X = { data, shape: [n, p] as const, stride: [p, 1] as const, offset: 0 }
    const raw = Float64Array.from({ length: n }, (_, i) => (i % 3 === 1 ? 0 : 1 + random() / 2))
    const weights = raw.map((w) => w / raw.reduce((a, b) => a + b))
    const [plain, own] = [plainDense(X), dense(X)]
    expect(wrongMoments(own.moments(weights), plain.moments(weights))).toEqual([])

    const y = Array.from({ length: n }, (_, i) => i % 2)
    const offset = numbers(n, random)
    const at = numbers(p + 1, random)
    const answers = [plain, own].map((design) => {
      const f = objective({ design: withIntercept(design), loss, y, weights, offset })
      const gradient = new Float64Array(p + 1)
      return { value: f({ ask: 'gradient', at, gradient }), gradient }
    })
    const [expected, got] = answers
    expect(Math.abs(got.value - expected.value)).toBeLessThan(1e-12 * (1 + Math.abs(expected.value)))
    expected.gradient.forEach((g, j) => {
      expect(Math.abs(got.gradient[j] - g)).toBeLessThan(1e-12)
    })
  })
})

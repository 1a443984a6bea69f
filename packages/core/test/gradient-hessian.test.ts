import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binaryCrossEntropy } from '../src/binary-cross-entropy.ts'
import { categoricalCrossEntropy } from '../src/categorical-cross-entropy.ts'
import { gradientHessian } from '../src/gradient-hessian.ts'
import { hinge } from '../src/hinge.ts'
import { huber } from '../src/huber.ts'
import type { ScalarLoss } from '../src/loss.ts'
import { multiLabelCrossEntropy } from '../src/multi-label-cross-entropy.ts'
import { softmax } from '../src/softmax.ts'
import { zeroOne } from '../src/zero-one.ts'
import { eigenvalues } from './eigenvalues.ts'

const margin = fc.double({ min: -30, max: 30, noNaN: true })
const list = <T>(entry: fc.Arbitrary<T>, length: number) =>
  fc.array(entry, { minLength: length, maxLength: length })
const rows = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 5 })).chain(([n, K]) =>
  fc.record({
    n: fc.constant(n),
    K: fc.constant(K),
    margins: list(margin, n * K),
    labels: list(fc.nat(K - 1), n),
    weights: list(fc.constantFrom(0, 0.5, 3), n),
  }),
)

describe('a scalar loss', () => {
  test('n margins in, w σ − y and w σ(1 − σ) out', () => {
    const weights = [2, 1, 0]
    const { gradient, hessian } = gradientHessian(binaryCrossEntropy)([0, 2, 7], [1, 0.5, 0], weights)
    for (const [i, [z, y]] of [
      [0, 1],
      [2, 0.5],
      [7, 0],
    ].entries()) {
      expect(gradient[i] + 0).toBe(weights[i] * binaryCrossEntropy.gradient(z, y))
      expect(hessian[i]).toBe(weights[i] * binaryCrossEntropy.hessian(z, y))
    }
    expect(gradient).toBeInstanceOf(Float64Array)
  })

  test('float32 margins, as the libraries keep them; no weights or null', () => {
    const margins = Float32Array.of(0.1, -3)
    const found = gradientHessian(binaryCrossEntropy)(margins, Uint8Array.of(1, 0), null)
    expect(found).toEqual(gradientHessian(binaryCrossEntropy)([...margins], [1, 0]))
    expect(found).toEqual(gradientHessian(binaryCrossEntropy)(margins, [1, 0], [1, 1]))
    expect([...margins]).toEqual([...Float32Array.of(0.1, -3)])
  })

  test('of one’s own, without targets', () => {
    const squared: ScalarLoss = {
      name: 'squared',
      value: (eta, y) => (eta - y) ** 2 / 2,
      gradient: (eta, y) => eta - y,
      hessian: () => 1,
      smoothness: 1,
    }
    expect(gradientHessian(squared)([3], [5])).toEqual({
      gradient: Float64Array.of(-2),
      hessian: Float64Array.of(1),
    })
    expect(() => gradientHessian(squared)([3], [NaN])).toThrow('expected labels not NaN, got NaN in row 0')
  })
})

describe('softmax', () => {
  test('w (p − e_y) and w p(1 − p), 2 w p(1 − p), K/(K − 1) w p(1 − p), in either layout', () => {
    fc.assert(
      fc.property(rows, ({ n, K, margins, labels, weights }) => {
        const columns = Array.from({ length: n * K }, (_, j) => margins[(j % n) * K + Math.floor(j / n)])
        for (const [diagonal, factor] of [
          ['exact', 1],
          ['doubled', 2],
          ['rescaled', K / (K - 1)],
        ] as const) {
          const byRow = gradientHessian(categoricalCrossEntropy, { diagonal })(margins, labels, weights)
          const byColumn = gradientHessian(categoricalCrossEntropy, { diagonal, layout: 'column' })(
            columns,
            labels,
            weights,
          )
          for (let i = 0; i < n; i++) {
            const p = softmax(margins.slice(i * K, (i + 1) * K))
            for (let k = 0; k < K; k++) {
              const slope = weights[i] * (p[k] - (labels[i] === k ? 1 : 0))
              expect(Math.abs(byRow.gradient[i * K + k] - slope)).toBeLessThan(1e-15 * (1 + weights[i]))
              const bend = weights[i] * factor * p[k] * (1 - p[k])
              expect(Math.abs(byRow.hessian[i * K + k] - bend)).toBeLessThan(2e-15 * (1 + weights[i]))
              expect(byColumn.gradient[k * n + i]).toBe(byRow.gradient[i * K + k])
              expect(byColumn.hessian[k * n + i]).toBe(byRow.hessian[i * K + k])
            }
          }
        }
      }),
    )
  })

  test('twice the diagonal bounds the Hessian from above, the diagonal does not', () => {
    let below = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }).chain((K) => list(margin, K)),
        (z) => {
          const K = z.length
          const full = categoricalCrossEntropy.hessian(z, 0)
          const lowest = (diagonal: 'exact' | 'doubled') => {
            const { hessian } = gradientHessian(categoricalCrossEntropy, { diagonal })(z, [0])
            return eigenvalues(full.map((h, j) => (j % (K + 1) === 0 ? hessian[j / (K + 1)] : 0) - h))[0]
          }
          expect(lowest('doubled')).toBeGreaterThanOrEqual(-1e-15)
          below = Math.min(below, lowest('exact'))
        },
      ),
      { seed: 1 },
    )
    expect(below).toBeLessThan(-0.01)
  })
})

test('K labels: n × K of both', () => {
  const objective = gradientHessian(multiLabelCrossEntropy, { width: 3 })
  const { gradient, hessian } = objective([0, 1, -1, 2, 0, 4], [1, 0, 0, 0, 0.5, 1])
  expect(gradient[3]).toBe(binaryCrossEntropy.gradient(2, 0))
  expect(hessian[5]).toBeCloseTo(binaryCrossEntropy.hessian(4, 1), 16)
  const columns = gradientHessian(multiLabelCrossEntropy, { width: 3, layout: 'column' })
  expect(columns([0, 2, 1, 0, -1, 4], [1, 0, 0, 0, 0.5, 1]).gradient).toEqual(
    Float64Array.of(gradient[0], gradient[3], gradient[1], gradient[4], gradient[2], gradient[5]),
  )
})

describe('refused', () => {
  test('what has no derivatives, before any margin is there', () => {
    for (const [loss, name] of [
      [zeroOne, 'zero-one'],
      [huber, 'huber'],
    ] as const) {
      expect(() => gradientHessian(loss as unknown as ScalarLoss)).toThrow(
        new TypeError(`gradientHessian: expected a loss with a hessian, got ${name}`),
      )
    }
  })

  const binary = gradientHessian(binaryCrossEntropy)
  const softmaxOf = gradientHessian(categoricalCrossEntropy)
  test.each([
    ['margins.length 2 (of 2 labels), got 3', () => binary([1, 2, 3], [0, 1])],
    ['2 rows of K margins, got 3', () => softmaxOf([1, 2, 3], [0, 1])],
    [
      '2 rows of 3 margins, got 4',
      () => gradientHessian(categoricalCrossEntropy, { width: 3 })([1, 2, 3, 4], [0, 1]),
    ],
    ['labels.length a multiple of 1, got 0', () => binary([], [])],
    [
      'labels.length a multiple of 2, got 3',
      () => gradientHessian(multiLabelCrossEntropy, { width: 2 })([1, 2, 3], [0, 1, 1]),
    ],
    [
      'width, the length of a label of multi-label-cross-entropy, got undefined',
      () => gradientHessian(multiLabelCrossEntropy),
    ],
    ['weights.length 2 (of labels), got 1', () => binary([1, 2], [0, 1], [1])],
    ['finite margins, got NaN in row 1', () => binary([1, NaN], [0, 1])],
    ['finite margins, got Infinity in row 0', () => binary([Infinity], [0])],
    ['finite weights >= 0, got -1 in row 0', () => binary([1], [0], [-1])],
    ['finite weights >= 0, got NaN in row 0', () => binary([1], [0], [NaN])],
    ['labels from 0 to 1, got -1 in row 1', () => binary([1, 2], [0, -1])],
    ['labels a class index below K, got 2 in row 0', () => softmaxOf([1, 2], [2])],
    ['labels -1 or +1, got 0 in row 0', () => gradientHessian(hinge)([1], [0])],
    [
      'at least 2 margins a row to rescale, got 1',
      () => gradientHessian(binaryCrossEntropy, { diagonal: 'rescaled' })([1], [0]),
    ],
    ["layout 'row' or 'column', got rows", () => gradientHessian(hinge, { layout: 'rows' as 'row' })],
    [
      "diagonal 'exact', 'doubled' or 'rescaled', got half",
      () => gradientHessian(hinge, { diagonal: 'half' as 'exact' }),
    ],
  ])('%s', (message, call) => {
    expect(call).toThrow(new RangeError(`gradientHessian: expected ${message}`))
  })
})

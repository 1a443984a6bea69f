import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binaryCrossEntropy } from '../src/binary-cross-entropy.ts'
import { categoricalCrossEntropy as loss } from '../src/categorical-cross-entropy.ts'
import { categoricalCrossEntropyBlocks as fused } from '../src/categorical-cross-entropy-blocks.ts'
import { logSumExp } from '../src/log-sum-exp.ts'
import type { Block } from '../src/loss.ts'
import { softmax } from '../src/softmax.ts'
import { GARBAGE, randomBlock, singleRow } from './random-block.ts'
import { expectClose, reference } from './reference.ts'

const vectors = fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 1, maxLength: 6 })
const labelled = vectors.chain((z) => fc.tuple(fc.constant(z), fc.nat(z.length - 1)))

function expectAllClose(found: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(found.length).toBe(expected.length)
  for (let k = 0; k < expected.length; k++) expectClose(found[k], expected[k], `${what}[${k}]`)
}

describe('against the reference, 4 ε relative in every entry', () => {
  const cases = reference.categorical.flatMap((row) => row.z.map((_, y) => ({ ...row, y })))

  test('pointwise', () => {
    for (const { z, y, logSoftmax, gradients, hessian } of cases) {
      const at = `of (${z}), ${y}`
      expectClose(loss.value(z, y), -logSoftmax[y], `value ${at}`)
      expectAllClose(loss.gradient(z, y), gradients[y], `gradient ${at}`)
      expectAllClose(loss.hessian(z, y), hessian, `hessian ${at}`)
    }
  })

  test('in blocks', () => {
    for (const { z, y, logSoftmax, gradients, hessian } of cases) {
      const at = `of (${z}), ${y}`
      const block = singleRow(z, y)
      expectClose(fused.hessian(block), -logSoftmax[y], `value ${at}`)
      expectAllClose(block.residual, gradients[y], `residual ${at}`)
      expectAllClose(block.curvature, hessian, `curvature ${at}`)
    }
  })

  test('conjugate of a block, 4 ε of its largest term', () => {
    // π log π multiplies the half step that a subnormal π is rounded by with log π, at most 745.
    for (const { z, conjugates } of reference.categorical) {
      for (const { c, y, value, term } of conjugates) {
        const found = fused.conjugate(singleRow(z, y), c)
        expectClose(found, value, `conjugate of (${z}), ${y}, scale ${c}`, term, 2 * 745)
      }
    }
  })
})

describe('what it is', () => {
  test('its derivatives, by central differences', () => {
    const h = 1e-4
    fc.assert(
      fc.property(labelled, ([z, y]) => {
        const K = z.length
        const gradient = loss.gradient(z, y)
        const hessian = loss.hessian(z, y)
        for (let k = 0; k < K; k++) {
          const up = z.map((entry, j) => (j === k ? entry + h : entry))
          const down = z.map((entry, j) => (j === k ? entry - h : entry))
          const width = up[k] - down[k]
          const slope = (loss.value(up, y) - loss.value(down, y)) / width
          expect(Math.abs(slope - gradient[k])).toBeLessThan(5e-9)
          const above = loss.gradient(up, y)
          const below = loss.gradient(down, y)
          for (let j = 0; j < K; j++) {
            expect(Math.abs((above[j] - below[j]) / width - hessian[j * K + k])).toBeLessThan(5e-9)
          }
        }
      }),
    )
  })

  test('of two classes: binary cross-entropy of the difference', () => {
    fc.assert(
      fc.property(fc.integer({ min: -7000, max: 7000 }), fc.constantFrom(0, 1), (tenths, y) => {
        const eta = tenths / 10
        const at = `at ${eta}, ${y}`
        expectClose(loss.value([0, eta], y), binaryCrossEntropy.value(eta, y), `value ${at}`)
        const slope = binaryCrossEntropy.gradient(eta, y)
        expectAllClose(loss.gradient([0, eta], y), [-slope, slope], `gradient ${at}`)
        const bend = binaryCrossEntropy.hessian(eta, y)
        expectAllClose(loss.hessian([0, eta], y), [bend, -bend, -bend, bend], `hessian ${at}`)
      }),
    )
  })

  test('blind to a shift of all logits: gradient and Hessian rows sum to 0', () => {
    fc.assert(
      fc.property(labelled, ([z, y]) => {
        const K = z.length
        const sum = (entries: Float64Array) => entries.reduce((a, b) => a + b, 0)
        expect(Math.abs(sum(loss.gradient(z, y)))).toBeLessThanOrEqual(4 * Number.EPSILON)
        const hessian = loss.hessian(z, y)
        for (let a = 0; a < K; a++) {
          expect(Math.abs(sum(hessian.subarray(a * K, (a + 1) * K)))).toBeLessThanOrEqual(4 * Number.EPSILON)
        }
      }),
    )
  })

  test('curvature along any direction is between 0 and the smoothness, which two equal classes attain', () => {
    const directed = labelled.chain(([z, y]) =>
      fc.tuple(
        fc.constant(z),
        fc.constant(y),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: z.length, maxLength: z.length }),
      ),
    )
    const quadratic = (hessian: Float64Array, v: number[]) =>
      v.reduce(
        (sum, va, a) => sum + v.reduce((row, vb, b) => row + va * vb * hessian[a * v.length + b], 0),
        0,
      )
    fc.assert(
      fc.property(directed, ([z, y, v]) => {
        const norm = v.reduce((sum, entry) => sum + entry * entry, 0)
        const along = quadratic(loss.hessian(z, y), v)
        expect(along).toBeGreaterThanOrEqual(-1e-14 * norm)
        expect(along).toBeLessThanOrEqual(loss.smoothness * norm * (1 + 1e-14))
      }),
      { numRuns: 500 },
    )
    const hessian = loss.hessian([1e308, 1e308, -1e308], 0)
    expect(quadratic(hessian, [Math.SQRT1_2, -Math.SQRT1_2, 0])).toBeCloseTo(loss.smoothness, 15)
  })

  test('never NaN, of any numbers', () => {
    const any = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(any, fc.nat(), (z, at) => {
        const y = at % z.length
        expect(loss.value(z, y)).toBeGreaterThanOrEqual(0)
        const block = singleRow(z, y)
        expect(fused.hessian(block)).toBeGreaterThanOrEqual(0)
        for (const entry of block.residual)
          expect(Math.abs(entry)).toBeLessThanOrEqual(1 + 8 * Number.EPSILON)
        for (const entry of block.curvature) expect(Math.abs(entry)).toBeLessThanOrEqual(0.25 + 1e-15)
        expect(fused.conjugate(block, 1)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 1000 },
    )
  })

  test('infinite logits give the limit; NaN is NaN', () => {
    expect(loss.value([Infinity, 0], 0)).toBe(0)
    expect(loss.value([Infinity, 0], 1)).toBe(Infinity)
    expect(loss.value([-Infinity, 0, 0], 1)).toBe(Math.LN2)
    expect(loss.value([NaN, 0], 1)).toBeNaN()
    expect([...loss.gradient([1, NaN], 0)]).toEqual([NaN, NaN])
  })

  test('writes into out, never into η', () => {
    const z = Float64Array.of(1, 2, 3)
    const gradient = new Float64Array(3)
    const hessian = new Float64Array(9)
    expect(loss.gradient(z, 1, gradient)).toBe(gradient)
    expect(loss.hessian(z, 1, hessian)).toBe(hessian)
    expect(gradient).toEqual(loss.gradient([1, 2, 3], 1))
    expect(hessian).toEqual(loss.hessian([1, 2, 3], 1))
    expect([...z]).toEqual([1, 2, 3])
  })

  test.each([-1, 3, 0.5, NaN])('y = %s is no class of three', (y) => {
    const refused = new RangeError(
      `categoricalCrossEntropy: expected y to be a class index below 3 (length of eta), got ${y}`,
    )
    expect(() => loss.value([1, 2, 3], y)).toThrow(refused)
    expect(() => loss.gradient([1, 2, 3], y)).toThrow(refused)
    expect(() => loss.hessian([1, 2, 3], y)).toThrow(refused)
    expect(() => loss.conjugate([0, 0, 0], y)).toThrow(refused)
  })

  test('no room', () => {
    expect(() => loss.gradient([1, 2], 0, new Float64Array(3))).toThrow(
      new RangeError('categoricalCrossEntropy: expected out.length 2, got 3'),
    )
    expect(() => loss.hessian([1, 2], 0, new Float64Array(2))).toThrow(
      new RangeError('categoricalCrossEntropy: expected out.length 4, got 2'),
    )
  })
})

describe('blocks', () => {
  const blocks = randomBlock(fc.integer({ min: 1, max: 5 }), (width) => fc.nat(width - 1))
  const row = ({ eta, width }: Block, i: number) => eta.subarray(i * width, (i + 1) * width)

  test('are the pointwise form, row by row', () => {
    fc.assert(
      fc.property(blocks, (block) => {
        const before = structuredClone(block)
        const { rows, first, width: K, targets: y, weights: s } = block
        let value = 0
        for (let i = 0; i < rows; i++) value += s[first + i] * loss.value(row(block, i), y[first + i])
        expectClose(fused.value(block), value, 'value')
        expect(block).toEqual(before)

        expect(fused.gradient(block)).toBe(fused.value(block))
        expect(block.curvature).toEqual(before.curvature)
        const residual = block.residual.slice()
        block.residual.fill(GARBAGE)
        expect(fused.hessian(block)).toBe(fused.value(block))
        expect(block.residual).toEqual(residual)
        for (let i = 0; i < rows; i++) {
          const weigh = (entries: Float64Array) => entries.map((entry) => s[first + i] * entry)
          const gradient = weigh(loss.gradient(row(block, i), y[first + i]))
          expectAllClose(block.residual.subarray(i * K, (i + 1) * K), gradient, `residual ${i}`)
          const hessian = weigh(loss.hessian(row(block, i), y[first + i]))
          expectAllClose(block.curvature.subarray(i * K * K, (i + 1) * K * K), hessian, `curvature ${i}`)
        }
        expect({ ...block, residual: 0, curvature: 0 }).toEqual({ ...before, residual: 0, curvature: 0 })
      }),
    )
  })

  test('Fenchel–Young: value + conjugate = Σ s gᵀη at scale 1, and ≥ the same of c g below', () => {
    fc.assert(
      fc.property(blocks, fc.double({ min: 0, max: 1, noNaN: true }), (block, c) => {
        const value = fused.gradient(block)
        let inner = 0
        let size = 1
        for (let k = 0; k < block.eta.length; k++) {
          inner += block.residual[k] * block.eta[k]
          size += Math.abs(block.residual[k] * block.eta[k])
        }
        expect(Math.abs(value + fused.conjugate(block, 1) - inner)).toBeLessThan(1e-14 * size)
        expect(value + fused.conjugate(block, c) - c * inner).toBeGreaterThan(-1e-14 * size)
      }),
      { numRuns: 500 },
    )
  })

  test('the conjugate of a row that is surely right keeps its digits, as the fused one does', () => {
    for (let m = 1; m < 740; m += 7.3) {
      const z = [m, 0, -3]
      const term = m * Math.exp(-m)
      expectClose(
        loss.conjugate(loss.gradient(z, 0), 0),
        fused.conjugate(singleRow(z, 0), 1),
        `at ${m}`,
        term,
        2 * 745,
      )
    }
    expect(loss.conjugate([NaN, 0, 0], 1)).toBeNaN()
  })

  test('the conjugate is +Infinity outside its domain', () => {
    expect(fused.conjugate(singleRow([0, 0, 0], 1), 2)).toBe(Infinity)
    expect(fused.conjugate(singleRow([0, 0, 0], 1), -0.1)).toBe(Infinity)
  })

  test('rows of weight 0 count exactly 0, whatever their η', () => {
    const block: Block = {
      ...singleRow([0, 0], 0),
      rows: 3,
      first: 1,
      eta: Float64Array.of(1e308, -1e308, NaN, Infinity, 1, 2),
      targets: Float64Array.of(0, 1, 0, 1),
      weights: Float64Array.of(9, 0, 0, 0.5),
      residual: new Float64Array(6).fill(GARBAGE),
      curvature: new Float64Array(12).fill(GARBAGE),
    }
    expect(fused.hessian(block)).toBe(0.5 * loss.value([1, 2], 1))
    expect([...block.residual.subarray(0, 4)]).toEqual([0, 0, 0, 0])
    expect([...block.curvature.subarray(0, 8)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expectClose(block.residual[4], 0.5 * loss.gradient([1, 2], 1)[0], 'residual')
    expect(fused.conjugate(block, 1)).toBe(0.5 * fused.conjugate(singleRow([1, 2], 1), 1))
  })

  test('the value is logSumExp(η) − η_y, the residual softmax(η) − e_y', () => {
    fc.assert(
      fc.property(labelled, ([z, y]) => {
        const block = singleRow(z, y)
        const value = fused.gradient(block)
        const largest = Math.max(1, ...z.map(Math.abs))
        expectClose(value, logSumExp(z) - z[y], 'value', largest)
        const p = softmax(z)
        block.residual.forEach((entry, k) => {
          expectClose(entry, p[k] - (k === y ? 1 : 0), `residual[${k}]`, 1)
        })
      }),
    )
  })
})

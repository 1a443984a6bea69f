import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binaryCrossEntropy } from '../src/binary-cross-entropy.ts'
import { binaryCrossEntropyBlocks as fused } from '../src/binary-cross-entropy-blocks.ts'
import { blockForm } from '../src/block-form.ts'
import { categoricalCrossEntropy } from '../src/categorical-cross-entropy.ts'
import { categoricalCrossEntropyBlocks } from '../src/categorical-cross-entropy-blocks.ts'
import type { Loss, ScalarLoss } from '../src/loss.ts'
import { GARBAGE, randomBlock, singleRow } from './random-block.ts'

const squared: ScalarLoss = {
  name: 'squared',
  value: (eta, y) => (eta - y) ** 2 / 2,
  gradient: (eta, y) => eta - y,
  hessian: () => 1,
  smoothness: 1,
  conjugate: (u, y) => u * y + u ** 2 / 2,
}
const blocks = randomBlock(fc.constant(1), () => fc.double({ min: 0, max: 1, noNaN: true }))

describe('a loss with a block form of its own', () => {
  test.each([
    { ...binaryCrossEntropy, blocks: fused },
    { ...categoricalCrossEntropy, blocks: categoricalCrossEntropyBlocks },
  ] as Loss[])('$name: is it', (loss) => {
    expect(blockForm(loss)).toBe(loss.blocks)
  })
})

describe('a loss without one', () => {
  const form = blockForm(squared)

  test('goes through the pointwise functions', () => {
    fc.assert(
      fc.property(blocks, fc.double({ min: 0, max: 1, noNaN: true }), (block, c) => {
        const before = structuredClone(block)
        const { rows, first, eta, targets: y, weights: s } = block
        let value = 0
        let conjugate = 0
        for (let i = 0; i < rows; i++) {
          value += s[first + i] * squared.value(eta[i], y[first + i])
          conjugate += s[first + i] * squared.conjugate!(c * (eta[i] - y[first + i]), y[first + i])
        }
        expect(form.value(block)).toBe(value)
        expect(form.conjugate!(block, c)).toBe(conjugate)
        expect(block).toEqual(before)
        const residual = eta.map((z, i) => s[first + i] * (z - y[first + i]))
        expect(form.gradient(block)).toBe(value)
        expect(block.residual.map((r) => r + 0)).toEqual(residual.map((r) => r + 0))
        expect(block.curvature).toEqual(before.curvature)
        block.residual.fill(GARBAGE)
        expect(form.hessian(block)).toBe(value)
        expect(block.residual.map((r) => r + 0)).toEqual(residual.map((r) => r + 0))
        expect(block.curvature).toEqual(eta.map((_, i) => s[first + i]))
      }),
    )
  })

  test('agrees with a fused form of the same loss', () => {
    const made = blockForm(binaryCrossEntropy)
    fc.assert(
      fc.property(blocks, (block) => {
        const value = fused.hessian(block)
        const { residual, curvature } = structuredClone(block)
        expect(made.hessian(block)).toBeCloseTo(value, 12)
        for (let i = 0; i < block.rows; i++) {
          expect(Math.abs(block.residual[i] - residual[i])).toBeLessThan(1e-14)
          expect(Math.abs(block.curvature[i] - curvature[i])).toBeLessThan(1e-14)
        }
        expect(made.conjugate!(block, 1)).toBeCloseTo(fused.conjugate(block, 1), 12)
      }),
    )
  })

  test('does not look at rows of weight 0', () => {
    const block = { ...singleRow([NaN], 0), weights: Float64Array.of(0) }
    expect(form.hessian(block)).toBe(0)
    expect(form.conjugate!(block, 1)).toBe(0)
    expect([block.residual[0], block.curvature[0]]).toEqual([0, 0])
  })

  test('has a conjugate only if the loss has one', () => {
    const { conjugate: _, ...without } = squared
    expect(blockForm(without).conjugate).toBeUndefined()
    expect(Object.keys(blockForm(without))).toEqual(['value', 'gradient', 'hessian'])
  })

  test('calls methods of the loss as methods', () => {
    class Scaled implements ScalarLoss {
      readonly name = 'scaled'
      readonly smoothness = 3
      private readonly factor = 3
      value(eta: number, y: number) {
        return this.factor * squared.value(eta, y)
      }
      gradient(eta: number, y: number) {
        return this.factor * squared.gradient(eta, y)
      }
      hessian() {
        return this.factor
      }
    }
    const block = singleRow([2], 1)
    expect(blockForm(new Scaled()).hessian(block)).toBe(1.5)
    expect([block.residual[0], block.curvature[0]]).toEqual([3, 3])
  })

  test('needs the three pointwise functions', () => {
    const { hessian: _, ...partial } = squared
    expect(() => blockForm(partial as ScalarLoss)).toThrow(
      new TypeError('blockForm: expected loss.hessian to be a function, got undefined'),
    )
  })
})

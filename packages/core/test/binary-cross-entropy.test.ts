import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binaryCrossEntropy as loss } from '../src/binary-cross-entropy.ts'
import { binaryCrossEntropyBlocks as fused } from '../src/binary-cross-entropy-blocks.ts'
import type { Block } from '../src/loss.ts'
import { sigmoid } from '../src/sigmoid.ts'
import { softplus } from '../src/softplus.ts'
import { GARBAGE, randomBlock, singleRow } from './random-block.ts'
import { expectClose, reference } from './reference.ts'

const logits = fc.double({ min: -40, max: 40, noNaN: true })
const targets = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }))
const isHard = (y: number) => y === 0 || y === 1

describe('against the reference', () => {
  test('pointwise: 4 ε relative for hard labels, 4 ε of the largest term for soft ones', () => {
    for (const { eta, y, value, gradient, hessian, terms } of reference.binary) {
      const at = `at η = ${eta}, y = ${y}`
      expectClose(loss.value(eta, y), value, `value ${at}`, isHard(y) ? value : terms[0])
      expectClose(loss.gradient(eta, y), gradient, `gradient ${at}`, isHard(y) ? gradient : terms[1])
      expectClose(loss.hessian(eta, y), hessian, `hessian ${at}`)
    }
  })

  test('in blocks', () => {
    for (const { eta, y, value, gradient, hessian, terms } of reference.binary) {
      const at = `at η = ${eta}, y = ${y}`
      const block = singleRow([eta], y)
      expectClose(fused.hessian(block), value, `value ${at}`, isHard(y) ? value : terms[0])
      expectClose(block.residual[0], gradient, `residual ${at}`, isHard(y) ? gradient : terms[1])
      expectClose(block.curvature[0], hessian, `curvature ${at}`)
    }
  })

  test('conjugate of u', () => {
    for (const { u, y, value, term } of reference.binaryConjugate.atU) {
      expectClose(loss.conjugate(u, y), value, `conjugate(${u}, ${y})`, term)
    }
  })

  test('conjugate of a block', () => {
    // π log π multiplies the half step that a subnormal π is rounded by with log π, at most 745.
    for (const { eta, y, c, value, term } of reference.binaryConjugate.atEta) {
      const found = fused.conjugate(singleRow([eta], y), c)
      expectClose(found, value, `conjugate at η = ${eta}, y = ${y}, scale ${c}`, term, 2 * 745)
    }
  })
})

describe('what it is', () => {
  test('a hard label: softplus of the negative margin', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.constantFrom(0, 1), (eta, y) => {
        const margin = softplus((1 - 2 * y) * eta)
        expectClose(loss.value(eta, y), margin, `at ${eta}, ${y}`)
      }),
    )
  })

  test('gradient σ(η) − y, Hessian σ(η) σ(−η)', () => {
    fc.assert(
      fc.property(logits, targets, (eta, y) => {
        const p = sigmoid(eta)
        expectClose(loss.gradient(eta, y), p - y, `gradient at ${eta}, ${y}`, Math.max(p, y))
        expectClose(loss.hessian(eta, y), p * sigmoid(-eta), `hessian at ${eta}`)
      }),
    )
  })

  test('its derivatives, by central differences', () => {
    const h = 1e-4
    fc.assert(
      fc.property(logits, targets, (eta, y) => {
        const width = eta + h - (eta - h)
        const slope = (loss.value(eta + h, y) - loss.value(eta - h, y)) / width
        expect(Math.abs(slope - loss.gradient(eta, y))).toBeLessThan(2e-9)
        const bend = (loss.gradient(eta + h, y) - loss.gradient(eta - h, y)) / width
        expect(Math.abs(bend - loss.hessian(eta, y))).toBeLessThan(2e-9)
      }),
    )
  })

  test('the same with the classes exchanged', () => {
    fc.assert(
      fc.property(logits, fc.constantFrom(0, 1), (eta, y) => {
        expect(loss.value(-eta, 1 - y)).toBe(loss.value(eta, y))
        expect(loss.gradient(-eta, 1 - y) + 0).toBe(-loss.gradient(eta, y) + 0)
      }),
    )
  })

  test('never NaN, never negative, of any number; the Hessian bounded by the smoothness, which 0 attains', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), targets, (eta, y) => {
        expect(loss.value(eta, y)).toBeGreaterThanOrEqual(0)
        expect(Math.abs(loss.gradient(eta, y))).toBeLessThanOrEqual(1)
        const h = loss.hessian(eta, y)
        expect(h >= 0 && h <= loss.smoothness * (1 + 2 * Number.EPSILON)).toBe(true)
      }),
      { numRuns: 1000 },
    )
    expect(loss.hessian(0, 1)).toBe(loss.smoothness)
  })

  test('infinite logits give the limit; NaN is NaN', () => {
    expect(loss.value(Infinity, 1)).toBe(0)
    expect(loss.value(-Infinity, 0)).toBe(0)
    expect(loss.value(Infinity, 0)).toBe(Infinity)
    expect(loss.value(-Infinity, 0.5)).toBe(Infinity)
    expect(loss.gradient(Infinity, 0)).toBe(1)
    expect(loss.gradient(-Infinity, 0.25)).toBe(-0.25)
    expect(loss.hessian(-Infinity, 0)).toBe(0)
    expect(loss.value(NaN, 1)).toBeNaN()
    expect(loss.value(1, NaN)).toBeNaN()
    expect(loss.gradient(NaN, 1)).toBeNaN()
    expect(loss.hessian(NaN, 1)).toBeNaN()
  })
})

describe('conjugate', () => {
  test('Fenchel–Young: ℓ(η, y) + ℓ*(u, y) ≥ uη, with equality at the gradient', () => {
    fc.assert(
      fc.property(logits, targets, fc.double({ min: 0, max: 1, noNaN: true }), (eta, y, pi) => {
        const slack = (u: number) => loss.value(eta, y) + loss.conjugate(u, y) - u * eta
        const rounding = 8 * Number.EPSILON * Math.max(1, Math.abs(eta))
        expect(slack(pi - y)).toBeGreaterThanOrEqual(-rounding)
        expect(Math.abs(slack(loss.gradient(eta, y)))).toBeLessThanOrEqual(rounding)
      }),
      { numRuns: 500 },
    )
  })

  test('0 at certainty, −log 2 at doubt, +Infinity outside', () => {
    expect(loss.conjugate(0, 1)).toBe(0)
    expect(loss.conjugate(-1, 1)).toBe(0)
    expect(loss.conjugate(1, 0)).toBe(0)
    expect(loss.conjugate(-0.5, 1)).toBe(-Math.LN2)
    expect(loss.conjugate(1e-9, 1)).toBe(Infinity)
    expect(loss.conjugate(-Number.MIN_VALUE, 0)).toBe(Infinity)
    expect(loss.conjugate(1.5, 0.25)).toBe(Infinity)
    expect(loss.conjugate(NaN, 0)).toBeNaN()
  })

  test('finite at its own gradient, however the target is rounded', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true }),
        targets,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (eta, y, c) => {
          expect(loss.conjugate(loss.gradient(eta, y), y)).toBeLessThanOrEqual(0)
          expect(fused.conjugate(singleRow([eta], y), c)).toBeLessThanOrEqual(0)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('blocks', () => {
  const blocks = randomBlock(fc.constant(1), () => targets)

  test('are the pointwise form, row by row', () => {
    fc.assert(
      fc.property(blocks, fc.double({ min: 0, max: 1, noNaN: true }), (block, c) => {
        const before = structuredClone(block)
        const { rows, first, eta, targets: y, weights: s } = block
        let value = 0
        let conjugate = 0
        for (let i = 0; i < rows; i++) {
          value += s[first + i] * loss.value(eta[i], y[first + i])
          conjugate += s[first + i] * loss.conjugate(c * loss.gradient(eta[i], y[first + i]), y[first + i])
        }
        expectClose(fused.value(block), value, 'value')
        expect(Math.abs(fused.conjugate(block, c) - conjugate)).toBeLessThan(1e-12)
        expect(block).toEqual(before)

        expect(fused.gradient(block)).toBe(fused.value(block))
        expect(block.curvature).toEqual(before.curvature)
        for (let i = 0; i < rows; i++) {
          expectClose(block.residual[i], s[first + i] * loss.gradient(eta[i], y[first + i]), `residual ${i}`)
        }
        const residual = block.residual.slice()
        block.residual.fill(GARBAGE)

        expect(fused.hessian(block)).toBe(fused.value(block))
        expect(block.residual).toEqual(residual)
        for (let i = 0; i < rows; i++) {
          expectClose(block.curvature[i], s[first + i] * loss.hessian(eta[i], y[first + i]), `curvature ${i}`)
        }
        expect({ ...block, residual: 0, curvature: 0 }).toEqual({ ...before, residual: 0, curvature: 0 })
      }),
    )
  })

  test('rows of weight 0 count exactly 0, whatever their η', () => {
    const block: Block = {
      ...singleRow([0], 1),
      rows: 4,
      first: 1,
      eta: Float64Array.of(1e308, Infinity, NaN, 2),
      targets: Float64Array.of(0, 0, 0, 1, 0),
      weights: Float64Array.of(9, 0, 0, 0, 0.5),
      residual: new Float64Array(4).fill(GARBAGE),
      curvature: new Float64Array(4).fill(GARBAGE),
    }
    expect(fused.hessian(block)).toBe(0.5 * loss.value(2, 0))
    expect([...block.residual.subarray(0, 3)]).toEqual([0, 0, 0])
    expect([...block.curvature.subarray(0, 3)]).toEqual([0, 0, 0])
    expect(block.residual[3]).toBe(0.5 * sigmoid(2))
    expect(fused.value(block)).toBe(0.5 * loss.value(2, 0))
    expect(fused.conjugate(block, 1)).toBe(0.5 * fused.conjugate(singleRow([2], 0), 1))
  })

  test('a logit that overflowed to Infinity gives the limit', () => {
    const block = singleRow([Infinity], 1)
    expect(fused.hessian(block)).toBe(0)
    expect(block.residual[0] + 0).toBe(0)
    expect(block.curvature[0]).toBe(0)
    expect(fused.value(singleRow([-Infinity], 1))).toBe(Infinity)
  })
})

// Mixing of the steps of an affine map: its fixed point after as many steps as it has dimensions, and what happens where there is none to tell.
import { describe, expect, it } from 'vitest'
import { anderson } from '../src/anderson.ts'

// x → Gx + c, G with eigenvalues 0.9, −0.5 and 0.3.
const G = [
  [0.9, 0.2, -0.4],
  [0, -0.5, 0.7],
  [0, 0, 0.3],
]
const c = [1, -2, 0.5]
const step = (x: Float64Array) => x.map((_, i) => G[i].reduce((sum, g, j) => sum + g * x[j], c[i]))
// From the last equation up.
const third = 0.5 / 0.7
const second = (-2 + 0.7 * third) / 1.5
const fixed = [(1 + 0.2 * second - 0.4 * third) / 0.1, second, third]

const distance = (x: Float64Array) => Math.hypot(...x.map((v, i) => v - fixed[i]))

describe('anderson', () => {
  it('finds the fixed point of an affine map of three dimensions in four steps, from where it stands or from where it led', () => {
    for (const follow of [false, true]) {
      const mixing = anderson(5)
      let x = Float64Array.of(3, 1, -2)
      const mixed = x.slice()
      for (let k = 0; k < 4; k++) {
        const image = step(x)
        mixing.note(
          image.map((v, i) => v - x[i]),
          image,
        )
        mixed.set(image)
        expect(mixing.mix(mixed)).toBe(k > 0)
        x = follow ? mixed.slice() : image
      }
      // The map alone would be at 0.9⁴ of the way.
      // Up to what 10⁻¹² on the diagonal of normal equations leaves.
      expect(distance(mixed)).toBeLessThan(1e-6)
    }
  })

  it('converges with fewer steps than dimensions kept', () => {
    const mixing = anderson(2)
    let x = Float64Array.of(3, 1, -2)
    let plain = x
    for (let k = 0; k < 20; k++) {
      const image = step(x)
      plain = step(plain)
      mixing.note(
        image.map((v, i) => v - x[i]),
        image,
      )
      mixing.mix(image)
      x = image
    }
    expect(distance(x)).toBeLessThan(0.1 * distance(plain))
  })

  it('notes copies, says how long a step was, and gives the step before the last back', () => {
    const mixing = anderson(3)
    const residual = Float64Array.of(3, 4)
    const image = Float64Array.of(1, 2)
    expect(mixing.note(residual, image)).toBe(25)
    image.set([7, 8])
    residual.set([0.6, 0.8])
    expect(mixing.note(residual, image)).toBeCloseTo(1, 15)
    image.fill(0)
    mixing.back(image)
    expect([...image]).toEqual([1, 2])
    // Memory that is used again is not what was noted before.
    mixing.clear()
    expect(mixing.mix(image)).toBe(false)
    expect(mixing.note(residual, Float64Array.of(5, 6))).toBeCloseTo(1, 15)
    mixing.note(residual, Float64Array.of(9, 9))
    mixing.back(image)
    expect([...image]).toEqual([5, 6])
  })

  it('mixes nothing where no step has a length', () => {
    const mixing = anderson(3)
    const image = Float64Array.of(1, 2)
    mixing.note(new Float64Array(2), image)
    mixing.note(new Float64Array(2), image)
    expect(mixing.mix(image)).toBe(false)
    expect([...image]).toEqual([1, 2])
  })
})

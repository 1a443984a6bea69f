import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockForm } from '../src/block-form.ts'
import { gaussianNll } from '../src/gaussian-nll.ts'
import { eigenvalues } from './eigenvalues.ts'
import { singleRow } from './random-block.ts'
import { expectClose } from './reference.ts'

interface Row {
  eta: [number, number]
  y: number
  /** Each result, and the largest terms of its formula. */
  value: [number, number]
  gradient: [number[], number[]]
  hessian: [number[], number[]]
}

/** See fixtures/regression.py. */
const { gaussianNll: fixtures }: { gaussianNll: Record<'variance' | 'log-variance', Row[]> } = JSON.parse(
  readFileSync(new URL('./fixtures/regression.json', import.meta.url), 'utf8'),
  (_, value) => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value),
)

const kinds = ['variance', 'log-variance'] as const
const FLOOR = 1e-6

describe.each(kinds)('of mean and %s', (kind) => {
  const loss = gaussianNll(FLOOR, kind)
  const number = fc.double({ min: -20, max: 20, noNaN: true })
  const free = kind === 'variance' ? fc.double({ min: 0.05, max: 20, noNaN: true }) : number.map((s) => s / 4)

  test('value, gradient and Hessian are those of the reference', () => {
    expect(fixtures[kind].length).toBeGreaterThan(100)
    for (const { eta, y, value, gradient, hessian } of fixtures[kind]) {
      const at = `at η = ${eta}, y = ${y}`
      expectClose(loss.value(eta, y), value[0], `value ${at}`, value[1])
      loss.gradient(eta, y).forEach((entry, k) => {
        expectClose(entry, gradient[0][k], `gradient[${k}] ${at}`, gradient[1][k])
      })
      loss.hessian(eta, y).forEach((entry, k) => {
        expectClose(entry, hessian[0][k], `hessian[${k}] ${at}`, hessian[1][k])
      })
    }
  })

  test('its derivatives, by central differences', () => {
    const h = 1e-5
    fc.assert(
      fc.property(number, free, number, (mean, second, y) => {
        const eta = [mean, second]
        const gradient = loss.gradient(eta, y)
        const hessian = loss.hessian(eta, y)
        for (const k of [0, 1]) {
          const up = eta.map((entry, j) => (j === k ? entry + h : entry))
          const down = eta.map((entry, j) => (j === k ? entry - h : entry))
          const run = up[k] - down[k]
          const slope = (loss.value(up, y) - loss.value(down, y)) / run
          const size = 1 + Math.abs(loss.value(eta, y)) + Math.max(...hessian.map(Math.abs))
          expect(Math.abs(slope - gradient[k])).toBeLessThan(1e-7 * size)
          const [above, below] = [loss.gradient(up, y), loss.gradient(down, y)]
          for (const j of [0, 1]) {
            const bend = (above[j] - below[j]) / run
            expect(Math.abs(bend - hessian[2 * j + k])).toBeLessThan(1e-6 * size)
          }
        }
      }),
      { seed: 1 },
    )
  })

  test('convex in the mean, not jointly; no bound of slope or curvature', () => {
    expect(loss.convex).toBe(false)
    fc.assert(
      fc.property(number, free, number, (mean, second, y) => {
        expect(loss.hessian([mean, second], y)[0]).toBeGreaterThan(0)
      }),
    )
    const one = kind === 'variance' ? 1 : 0
    expect(eigenvalues(loss.hessian([3, one], 0))[0]).toBeLessThan(-0.01)
    expect([loss.smoothness, loss.lipschitz]).toEqual([Infinity, Infinity])
    expect(Math.max(...loss.hessian([1e100, one], 0))).toBeGreaterThan(1e99)
    expect(Math.max(...loss.gradient([1e100, one], 0))).toBeGreaterThan(1e99)
  })

  test('below the floor the variance is the floor, and nothing changes: the value is continuous, its slope jumps', () => {
    const at = kind === 'variance' ? 0.25 : Math.log(0.25)
    const floored = gaussianNll(0.25, kind)
    expect(floored.differentiability).toBe(0)
    expect(floored.value([3, at - 1], 1)).toBeCloseTo(floored.value([3, at], 1), 15)
    expect([...floored.gradient([3, at - 1], 1)]).toEqual([8, 0])
    expect([...floored.hessian([3, at - 1], 1)]).toEqual([4, 0, 0, 0])
    // At the kink, the derivatives of the side above.
    expect(floored.gradient([3, at], 1)[1]).toBeCloseTo(kind === 'variance' ? -30 : -7.5, 12)
    expect(floored.gradient([3, at - 1e-12], 1)[1]).toBe(0)
  })

  test('is the density, but for ½ log 2π; least at the mean and the mean square', () => {
    fc.assert(
      fc.property(number, fc.double({ min: 0.1, max: 9, noNaN: true }), number, (mean, v, y) => {
        const density = Math.exp(-((y - mean) ** 2) / (2 * v)) / Math.sqrt(2 * Math.PI * v)
        fc.pre(density > 1e-300)
        const eta = [mean, kind === 'variance' ? v : Math.log(v)]
        const expected = -Math.log(density) - Math.log(2 * Math.PI) / 2
        expect(Math.abs(loss.value(eta, y) - expected)).toBeLessThan(1e-12 * (1 + Math.abs(expected)))
      }),
    )
    const sample = [1, 2, 6]
    const [mean, v] = [3, 14 / 3]
    const sum = [0, 0]
    for (const y of sample) {
      loss.gradient([mean, kind === 'variance' ? v : Math.log(v)], y).forEach((g, k) => {
        sum[k] += g
      })
    }
    expect(Math.hypot(...sum)).toBeLessThan(1e-15)
  })

  test('in blocks of rows with two inputs and one target', () => {
    const block = singleRow([2, 0.5], -1)
    expect(blockForm(loss).hessian(block)).toBe(loss.value([2, 0.5], -1))
    expect(block.residual).toEqual(loss.gradient([2, 0.5], -1))
    expect(block.curvature).toEqual(loss.hessian([2, 0.5], -1))
  })

  test('a number in, never NaN out; NaN in, NaN out', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(finite, finite, finite, (mean, second, y) => {
        const found = [
          loss.value([mean, second], y),
          ...loss.gradient([mean, second], y),
          ...loss.hessian([mean, second], y),
        ]
        if (found.some(Number.isNaN)) expect.fail(`${found} at ${mean}, ${second}, ${y}`)
      }),
      { numRuns: 2000, seed: 3 },
    )
    expect(loss.value([NaN, 1], 0)).toBeNaN()
    expect(loss.value([0, NaN], 0)).toBeNaN()
    expect(loss.value([0, 1], NaN)).toBeNaN()
  })
})

test.each(kinds)('a tiny floor: still a number, or the Infinity that it is (%s)', (kind) => {
  const floor = 2 ** -1022
  const loss = gaussianNll(floor, kind)
  for (const v of [floor, 1e-200, 1e-150, 1, 1e200]) {
    const second = kind === 'variance' ? v : Math.log(v)
    for (const r of [0, 1e-300, 1e-160, 1e-100, 1, 1e150, 1e300]) {
      const found = [
        loss.value([r, second], 0),
        ...loss.gradient([r, second], 0),
        ...loss.hessian([r, second], 0),
      ]
      if (found.some(Number.isNaN)) expect.fail(`${found} at r = ${r}, v = ${v}`)
    }
  }
  // r²/v³ = 10⁶⁰⁰, less ½/v² = ½ 10⁴⁰⁰.
  if (kind === 'variance') expect(loss.hessian([1, 1e-200], 0)[3]).toBe(Infinity)
  expect(() => gaussianNll(1e-320, kind)).toThrow(
    `gaussianNll: expected a finite floor >= 2**-1022 and 'variance' or 'log-variance', got 1e-320, ${kind}`,
  )
})

test('the two kinds are one function of the variance', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 50, noNaN: true }), (v) => {
      const [a, b] = [
        gaussianNll().value([3, v], 1),
        gaussianNll(FLOOR, 'log-variance').value([3, Math.log(v)], 1),
      ]
      expect(Math.abs(a - b)).toBeLessThan(1e-14 * (1 + 4 / v))
    }),
  )
})

test('what is refused, by name', () => {
  for (const bad of [0, -1, NaN, Infinity]) expect(() => gaussianNll(bad)).toThrow(/^gaussianNll: expected/)
  // @ts-expect-error as from JavaScript
  expect(() => gaussianNll(1, 'sd')).toThrow(RangeError)
  const loss = gaussianNll()
  for (const f of ['value', 'gradient', 'hessian'] as const) {
    expect(() => loss[f]([1, 2, 3], 0)).toThrow(
      RangeError('gaussianNll: expected eta.length 2 (mean, variance), got 3'),
    )
  }
  expect(() => loss.gradient([1, 2], 0, new Float64Array(3))).toThrow(
    RangeError('gaussianNll: expected out.length 2, got 3'),
  )
  expect(() => loss.hessian([1, 2], 0, new Float64Array(2))).toThrow(
    RangeError('gaussianNll: expected out.length 4, got 2'),
  )
})

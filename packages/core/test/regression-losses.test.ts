import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { absolute } from '../src/absolute.ts'
import { blockForm } from '../src/block-form.ts'
import { epsilonInsensitive } from '../src/epsilon-insensitive.ts'
import { huber } from '../src/huber.ts'
import { logCosh } from '../src/log-cosh.ts'
import type { ConjugateLoss } from '../src/loss.ts'
import { mape } from '../src/mape.ts'
import { poissonDeviance } from '../src/poisson-deviance.ts'
import { pseudoHuber } from '../src/pseudo-huber.ts'
import { quantile } from '../src/quantile.ts'
import { squared } from '../src/squared.ts'
import { singleRow } from './random-block.ts'
import { expectClose } from './reference.ts'

/** See fixtures/regression.py. */
interface Fixtures {
  losses: Record<string, [number, number, number, number, number, number?, number?][]>
  conjugates: Record<string, [number, number, number, number?][]>
}

const fixtures: Fixtures = JSON.parse(
  readFileSync(new URL('./fixtures/regression.json', import.meta.url), 'utf8'),
  (_, value) => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value),
)

const cases: Record<string, ConjugateLoss> = {
  squared,
  absolute,
  'huber(1.0)': huber(),
  'huber(1.345)': huber(1.345),
  'huber(0.1)': huber(0.1),
  'huber(1e-200)': huber(1e-200),
  'huber(1e+200)': huber(1e200),
  'pseudoHuber(1.0)': pseudoHuber(),
  'pseudoHuber(1.345)': pseudoHuber(1.345),
  'pseudoHuber(0.1)': pseudoHuber(0.1),
  'pseudoHuber(1e-200)': pseudoHuber(1e-200),
  'pseudoHuber(1e+200)': pseudoHuber(1e200),
  logCosh,
  'quantile(0.5)': quantile(),
  'quantile(0.1)': quantile(0.1),
  'quantile(0.975)': quantile(0.975),
  'epsilonInsensitive(0.1)': epsilonInsensitive(),
  'epsilonInsensitive(0.5)': epsilonInsensitive(0.5),
  'epsilonInsensitive(0.0)': epsilonInsensitive(0),
  mape,
  poissonDeviance,
}

test('every fixture has its loss', () => {
  expect(Object.keys(fixtures.losses)).toEqual(Object.keys(cases))
  expect(Object.keys(fixtures.conjugates)).toEqual(Object.keys(cases))
})

describe.each(Object.entries(cases))('%s', (label, loss) => {
  test('value, gradient and Hessian are those of the reference', () => {
    expect(fixtures.losses[label].length).toBeGreaterThan(100)
    for (const row of fixtures.losses[label]) {
      const [eta, y, value, gradient, hessian, valueTerm, gradientTerm] = row
      const at = `at η = ${eta}, y = ${y}`
      expectClose(loss.value(eta, y), value, `value ${at}`, valueTerm)
      expectClose(loss.gradient(eta, y), gradient, `gradient ${at}`, gradientTerm)
      expectClose(loss.hessian(eta, y), hessian, `hessian ${at}`)
    }
  })

  test('conjugate is that of the reference', () => {
    expect(fixtures.conjugates[label].length).toBeGreaterThan(50)
    for (const [u, y, value, term] of fixtures.conjugates[label]) {
      expectClose(loss.conjugate(u, y), value, `conjugate(${u}, ${y})`, term)
    }
  })

  test('in blocks: the same, and finite at its own gradient', () => {
    const form = blockForm(loss)
    for (const [eta, y, value, gradient, hessian] of fixtures.losses[label]) {
      if (![value, gradient, hessian].every(Number.isFinite)) continue
      const block = singleRow([eta], y)
      expect(form.hessian(block)).toBe(loss.value(eta, y))
      expect(block.residual[0]).toBe(loss.gradient(eta, y))
      expect(block.curvature[0]).toBe(loss.hessian(eta, y))
      for (const scale of [0, 0.3, 1]) {
        const dual = form.conjugate!(block, scale)
        if (Math.abs(gradient * y) < 1e300 && Math.abs(gradient) < 1e150) {
          expect(dual, `conjugate at η = ${eta}, y = ${y}`).toBeLessThan(Infinity)
        } else expect(dual).not.toBeNaN()
      }
    }
  })
})

describe('at the kinks', () => {
  const at = (loss: ConjugateLoss, eta: number, y: number) => [
    loss.value(eta, y),
    loss.gradient(eta, y),
    loss.hessian(eta, y),
  ]
  const above = 2 + 2 ** -51
  const below = 2 - 2 ** -52

  test.each([
    ['absolute', absolute, -1, 1],
    ['quantile(0.1)', quantile(0.125), -0.125, 0.875],
    ['mape', mape, -0.5, 0.5],
    ['epsilonInsensitive(0)', epsilonInsensitive(0), -1, 1],
  ])('%s: the subgradient nearest 0 at η = y', (_, loss, left, right) => {
    expect(at(loss, 2, 2)).toEqual([0, 0, 0])
    expect(loss.gradient(above, 2)).toBe(right)
    expect(loss.gradient(below, 2)).toBe(left)
  })

  test('ε-insensitive: 0 at the rim of the tube', () => {
    const loss = epsilonInsensitive(1)
    expect(at(loss, 3, 2)).toEqual([0, 0, 0])
    expect(at(loss, 1, 2)).toEqual([0, 0, 0])
    expect(loss.gradient(3 + 2 ** -51, 2)).toBe(1)
    expect(loss.gradient(1 - 2 ** -52, 2)).toBe(-1)
  })

  test('huber: curvature 1 up to and with δ', () => {
    const loss = huber(1)
    expect(at(loss, 3, 2)).toEqual([0.5, 1, 1])
    expect(at(loss, 1, 2)).toEqual([0.5, -1, 1])
    expect(loss.hessian(3 + 2 ** -51, 2)).toBe(0)
    expect(loss.hessian(1 - 2 ** -52, 2)).toBe(0)
  })
})

describe('constant factors', () => {
  test('½ of the squared error, in Huber and its kin too near the target; ½ of the absolute one for the median', () => {
    expect(squared.value(5, 2)).toBe(4.5)
    expect(huber(4).value(5, 2)).toBe(4.5)
    for (const loss of [pseudoHuber(), logCosh]) expect(loss.value(2e-4, 1e-4)).toBeCloseTo(0.5e-8, 15)
    expect(quantile().value(5, 2)).toBe(1.5)
    expect(absolute.value(5, 2)).toBe(3)
    expect(mape.value(5, 2)).toBe(1.5)
    expect(poissonDeviance.value(0, 2)).toBeCloseTo(2 * (2 * Math.log(2) - 1), 14)
  })
})

test('the largest δ there is: the parabola, and nothing is NaN', () => {
  const loss = pseudoHuber(Number.MAX_VALUE)
  for (const r of [0, 5e-324, -1e-300, 3, -1e150]) {
    expect(loss.value(r, 0)).toBe(squared.value(r, 0))
    expect(loss.gradient(r, 0)).toBe(r)
    expect(loss.hessian(r, 0)).toBe(1)
    expect(loss.conjugate(r, 0)).toBe(squared.conjugate(r, 0))
  }
  expect(loss.conjugate(-Number.MAX_VALUE, 0)).toBe(Infinity)
})

describe('conjugate is Infinity outside the slopes that the loss has', () => {
  const step = 1 + 2 ** -51
  test.each([
    ['absolute', absolute, -1, 1],
    ['huber(0.7)', huber(0.7), -0.7, 0.7],
    ['pseudoHuber(0.7)', pseudoHuber(0.7), -0.7, 0.7],
    ['logCosh', logCosh, -1, 1],
    ['quantile(0.1)', quantile(0.1), -0.1, 0.9],
    ['epsilonInsensitive()', epsilonInsensitive(), -1, 1],
    ['mape', mape, -1 / 7, 1 / 7],
    ['poissonDeviance', poissonDeviance, -14, NaN],
  ])('%s', (_, loss, lowest, highest) => {
    expect(loss.conjugate(lowest, 7)).toBeLessThan(Infinity)
    expect(loss.conjugate(lowest * step, 7)).toBe(Infinity)
    if (Number.isNaN(highest)) return
    expect(loss.conjugate(highest, 7)).toBeLessThan(Infinity)
    expect(loss.conjugate(highest * step, 7)).toBe(Infinity)
  })
})

describe('what is refused, by name', () => {
  test('parameters', () => {
    for (const bad of [0, -1, NaN, Infinity]) {
      expect(() => huber(bad)).toThrow(RangeError(`huber: expected a finite delta > 0, got ${bad}`))
      expect(() => pseudoHuber(bad)).toThrow(
        RangeError(`pseudoHuber: expected a finite delta > 0, got ${bad}`),
      )
    }
    for (const bad of [0, 1, -0.1, NaN]) {
      expect(() => quantile(bad)).toThrow(RangeError(`quantile: expected tau between 0 and 1, got ${bad}`))
    }
    for (const bad of [-1e-9, NaN, Infinity]) {
      expect(() => epsilonInsensitive(bad)).toThrow(
        RangeError(`epsilonInsensitive: expected epsilon to be a number >= 0, got ${bad}`),
      )
    }
  })

  test('targets of which there is no percentage, and no count', () => {
    for (const f of ['value', 'gradient', 'hessian', 'conjugate'] as const) {
      for (const zero of [0, -0]) {
        expect(() => mape[f](0, zero)).toThrow(/^mape: expected y other than 0/)
      }
      // The curvature of the deviance does not depend on y.
      for (const bad of f === 'hessian' ? [] : [-1, NaN, Infinity]) {
        expect(() => poissonDeviance[f](0, bad)).toThrow(
          RangeError(`poissonDeviance: expected y to be a finite number >= 0, got ${bad}`),
        )
      }
    }
  })
})

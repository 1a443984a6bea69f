import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elasticNet } from '../src/elastic-net.ts'
import { type FistaOptions, fista } from '../src/fista.ts'
import { l1 } from '../src/l1.ts'
import { l2 } from '../src/l2.ts'
import { minimize } from '../src/minimize.ts'
import { newton } from '../src/newton.ts'
import type { GradientQuery, Oracle, ValueQuery } from '../src/oracle.ts'
import { penalized } from '../src/penalized.ts'
import { compositeProblems, error, quadratic, smoothProblems } from './bank.ts'

describe('fista', () => {
  it('carries its penalty', () => {
    const penalty = l1(0.1)
    expect(fista({ penalty }).penalty).toBe(penalty)
  })

  it.each(compositeProblems)('reports f + P, and a measured optimality at the end: $name', (problem) => {
    const { oracle, penalty, start } = problem
    const gradient = new Float64Array(start.length)
    for (const maxIterations of [3, 10_000]) {
      const { at, value, optimality, status } = minimize(oracle, fista({ penalty, maxIterations }), start)
      expect(status).toBe(maxIterations === 3 ? 'iteration-limit' : 'converged')
      expect(oracle({ ask: 'gradient', at, gradient }) + penalty.value(at)).toBe(value)
      expect(penalty.distance(at, gradient)).toBe(optimality)
    }
  })

  it('solves a separable problem in closed form: soft thresholding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (center, lambda) => {
          const sphere: Oracle<ValueQuery | GradientQuery> = (query) => {
            if (query.ask === 'gradient') query.gradient.set(query.at.map((v, j) => v - center[j]!))
            return query.at.reduce((sum, v, j) => sum + 0.5 * (v - center[j]!) ** 2, 0)
          }
          const penalty = l1(lambda)
          const expected = new Float64Array(center.length)
          penalty.prox(Float64Array.from(center), 1, expected)
          const outcome = minimize(
            sphere,
            fista({ penalty }),
            expected.map(() => 0.7),
          )
          expect(outcome.status).toBe('converged')
          expect(error(outcome.at, expected)).toBeLessThan(2e-8)
        },
      ),
    )
  })

  it('is at 0 at once when lambda is as large as the largest slope there', () => {
    const { oracle, start } = compositeProblems[1]!
    const gradient = new Float64Array(start.length)
    oracle({ ask: 'gradient', at: start, gradient })
    const lambda = Math.max(...gradient.map(Math.abs))
    const outcome = minimize(oracle, fista({ penalty: l1(lambda) }), start)
    expect(outcome).toMatchObject({ status: 'converged', iterations: 0, queries: 1 })
    expect(minimize(oracle, fista({ penalty: l1(lambda * 0.99) }), start).at.some((w) => w !== 0)).toBe(true)
  })

  it('agrees with Newton where the penalty is smooth', () => {
    const { oracle, start } = smoothProblems.find(({ name }) => name.includes('plain'))!
    const penalty = l2(0.05, { weights: [0, 1, 1, 2] })
    const exact = minimize(penalized(oracle, penalty), newton({ tolerance: 1e-13 }), start)
    const { at, value } = minimize(oracle, fista({ penalty, tolerance: 1e-10 }), start)
    expect(error(at, exact.at)).toBeLessThan(1e-8)
    expect(value).toBeCloseTo(exact.value, 14)
  })

  it('leaves unpenalised coordinates unpenalised', () => {
    const { oracle, start } = smoothProblems.find(({ name }) => name.includes('plain'))!
    const gradient = new Float64Array(4)
    const penalty = elasticNet(0.2, 0.8, { weights: [0, 1, 1, 1] })
    const { at } = minimize(oracle, fista({ penalty }), start)
    oracle({ ask: 'gradient', at, gradient })
    expect(Math.abs(gradient[0]!)).toBeLessThan(1e-8)
    expect(Math.abs(gradient[1]!)).toBeGreaterThan(0.1)
  })

  it('is accelerated: on a quadratic of condition 1e4 far from the 1e5 steps of plain descent', () => {
    const { oracle, start } = quadratic(
      '',
      Array.from({ length: 30 }, (_, j) => 1e-4 ** (j / 29)),
      true,
    )
    for (const step of [undefined, 1]) {
      const { status, iterations } = minimize(oracle, fista({ penalty: l1(0), step, tolerance: 1e-9 }), start)
      expect(status).toBe('converged')
      expect(iterations).toBeLessThan(3000)
    }
  })

  it('takes two passes per iteration and few more to find its step, though f is far flatter or steeper than 1', () => {
    for (const unit of [1e-6, 1, 1e6]) {
      const { oracle, start } = quadratic('', [0.1 * unit, unit], true)
      const { status, iterations, queries } = minimize(
        oracle,
        fista({ penalty: l1(0), tolerance: 1e-10 * unit }),
        start,
      )
      expect(status).toBe('converged')
      expect(queries).toBeLessThan(2.5 * iterations + 25)
      expect(iterations).toBeLessThan(150)
    }
  })

  it('does not ask twice for the gradient at one point', () => {
    const sphere: Oracle<ValueQuery | GradientQuery> = (query) => {
      if (query.ask === 'gradient') query.gradient[0] = query.at[0]!
      return query.at[0]! ** 2 / 2
    }
    // 3e-8, 1.5e-8, 0.75e-8: close enough for the gradient to be asked at each, and no momentum in the first iteration.
    const outcome = minimize(sphere, fista({ penalty: l1(0), step: 0.5 }), [3e-8])
    expect(outcome).toMatchObject({ status: 'converged', iterations: 2, queries: 3 })
  })

  it('lets the step grow again after a steep stretch', () => {
    // Steep beyond 1, flat below: f = ½ c x² with c = 1000 where |x| > 1, and 1 (plus a constant slope) inside.
    const bent: Oracle<ValueQuery | GradientQuery> = (query) => {
      const x = query.at[0]!
      const over = Math.max(0, Math.abs(x) - 1)
      if (query.ask === 'gradient') query.gradient[0] = x + 999 * over * Math.sign(x)
      return 0.5 * x * x + 0.5 * 999 * over * over
    }
    const { status, iterations } = minimize(bent, fista({ penalty: l1(0) }), [50])
    expect(status).toBe('converged')
    expect(iterations).toBeLessThan(100)
  })

  it('falls back from momentum that leads out of the domain', () => {
    // −log x + x / 10 with its minimum at 10, from close to the border; the gradient is not defined for x ≤ 0.
    const barrier: Oracle<ValueQuery | GradientQuery> = (query) => {
      const x = query.at[0]!
      if (query.ask === 'gradient') query.gradient[0] = x > 0 ? 100 - 1 / x : NaN
      return x > 0 ? 100 * x - Math.log(x) : NaN
    }
    const { status, at } = minimize(barrier, fista({ penalty: l1(0), tolerance: 1e-6 }), [3])
    expect(status).toBe('converged')
    expect(at[0]).toBeCloseTo(0.01, 8)
  })

  it('refuses to start without a penalty or with a step that is none', () => {
    expect(() => fista({} as FistaOptions)).toThrow(
      new TypeError('fista: expected options.penalty, got undefined'),
    )
    expect(() => (fista as () => unknown)()).toThrow(TypeError)
    for (const step of [0, -1, NaN, Infinity])
      expect(() => fista({ penalty: l1(1), step })).toThrow(
        new RangeError(`fista: expected step > 0, got ${step}`),
      )
  })
})

// Methods of Newton's kind on functions that are not convex: never worse than the start, whatever happens on the way.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bfgs } from '../src/bfgs.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize } from '../src/minimize.ts'
import { newton } from '../src/newton.ts'
import { newtonCg } from '../src/newton-cg.ts'
import type { Oracle, Solver } from '../src/oracle.ts'
import type { SmoothQuery } from '../src/penalized.ts'
import { trustRegion } from '../src/trust-region.ts'

const solvers: [string, (maxIterations: number) => Solver<SmoothQuery>][] = [
  ['newton', (maxIterations) => newton({ maxIterations })],
  ['newtonCg', (maxIterations) => newtonCg({ maxIterations })],
  ['newtonCg, exact', (maxIterations) => newtonCg({ maxIterations, forcing: 0 })],
  ['trustRegion', (maxIterations) => trustRegion({ maxIterations })],
  ['trustRegion from a small region', (maxIterations) => trustRegion({ maxIterations, radius: 0.01 })],
  ['bfgs', (maxIterations) => bfgs({ maxIterations })],
  ['lbfgs', (maxIterations) => lbfgs({ maxIterations })],
]

interface Wave {
  a: number
  k: number[]
  phase: number
}

/** Σ a sin(kᵀx + phase) + c Σ xⱼ⁴: many minima and saddles; beyond `edge`, where a value is not finite, nothing is. */
function waves(terms: Wave[], quartic: number, edge: number): Oracle<SmoothQuery> {
  return (query) => {
    const { at } = query
    const p = at.length
    if (at.some((x) => Math.abs(x) > edge)) {
      if (query.ask === 'gradient' || query.ask === 'hessian') query.gradient.fill(NaN)
      return NaN
    }
    const h = new Float64Array(p * p)
    const g = at.map((x) => 4 * quartic * x ** 3)
    let value = at.reduce((sum, x) => sum + quartic * x ** 4, 0)
    for (let j = 0; j < p; j++) h[j * p + j] = 12 * quartic * at[j]! ** 2
    for (const { a, k, phase } of terms) {
      const angle = at.reduce((sum, x, j) => sum + k[j]! * x, phase)
      value += a * Math.sin(angle)
      for (let i = 0; i < p; i++) {
        g[i]! += a * k[i]! * Math.cos(angle)
        for (let j = 0; j < p; j++) h[i * p + j]! -= a * k[i]! * k[j]! * Math.sin(angle)
      }
    }
    if (query.ask === 'gradient' || query.ask === 'hessian') query.gradient.set(g)
    if (query.ask === 'hessian') query.hessian.set(h)
    if (query.ask === 'curvature')
      query.product.set(g.map((_, i) => query.along.reduce((sum, v, j) => sum + h[i * p + j]! * v, 0)))
    return query.ask === 'curvature' ? NaN : value
  }
}

// In thousandths: no denormal numbers, whose reciprocals overflow.
const number = (min: number, max: number) =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((v) => v / 1000)
const wave = fc.record({
  a: number(-2, 2),
  k: fc.array(number(-4, 4), { minLength: 3, maxLength: 3 }),
  phase: number(0, 7),
})
const problem = fc.record({
  terms: fc.array(wave, { minLength: 1, maxLength: 6 }),
  quartic: fc.constantFrom(0, 1e-6, 0.01, 1),
  edge: fc.constantFrom(3.5, Infinity),
  start: fc.array(number(-3, 3), { minLength: 3, maxLength: 3 }),
  scale: fc.constantFrom(1e-6, 1, 1e6),
})

describe.each(solvers)('%s on random functions of many minima', (_, make) => {
  it('never ends at a worse point than it started from, nor at one worse than it reported', () => {
    fc.assert(
      fc.property(problem, fc.constantFrom(0, 1, 3, 200), ({ terms, quartic, edge, start, scale }, limit) => {
        const plain = waves(terms, quartic, edge)
        // In other units: y = f · scale.
        const oracle: Oracle<SmoothQuery> = (query) => {
          const value = plain(query)
          const out =
            query.ask === 'curvature' ? [query.product] : query.ask === 'value' ? [] : [query.gradient]
          if (query.ask === 'hessian') out.push(query.hessian)
          for (const array of out) for (let j = 0; j < array.length; j++) array[j]! *= scale
          return value * scale
        }
        let before = oracle({ ask: 'value', at: Float64Array.from(start) })
        const first = before
        const outcome = minimize(oracle, make(limit), start, {
          onStep: ({ value }) => {
            // 10⁻¹² |f| is what counts as rounding.
            expect(value).toBeLessThanOrEqual(before + 1e-12 * Math.abs(before))
            before = value
          },
        })
        expect(outcome.value).toBe(before)
        expect(outcome.value).toBeLessThanOrEqual(first + 1e-12 * Math.abs(first))
        expect(oracle({ ask: 'value', at: outcome.at })).toBe(outcome.value)
        if (limit === 200 && quartic >= 0.01 && edge === Infinity && scale === 1)
          expect(outcome.status).toBe('converged')
      }),
      { numRuns: 200, seed: 11 },
    )
  })

  it('ends as non-finite, at the last good point, where the world ends', () => {
    // x² to the left of 2.5, and not a number anywhere else but at the start.
    let asked = 0
    const cliff: Oracle<SmoothQuery> = (query) => {
      const x = query.at[0]!
      const good = x === 3
      if (query.ask === 'curvature') query.product[0] = 2 * query.along[0]!
      else asked++
      if (query.ask === 'gradient' || query.ask === 'hessian') query.gradient[0] = good ? 6 : NaN
      if (query.ask === 'hessian') query.hessian[0] = 2
      return good ? 9 : NaN
    }
    const outcome = minimize(cliff, make(50), [3])
    expect(outcome).toMatchObject({ status: 'non-finite', value: 9, iterations: 0, optimality: 6 })
    expect([...outcome.at]).toEqual([3])
    expect(asked).toBeGreaterThan(1)
  })
})

import { describe, expect, it } from 'vitest'
import { l2 } from '../src/l2.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize } from '../src/minimize.ts'
import { newton } from '../src/newton.ts'
import type { Oracle } from '../src/oracle.ts'
import { addPenalty, penalized, type SmoothQuery } from '../src/penalized.ts'
import { error, logistic, smoothProblems } from './bank.ts'

const at = Float64Array.of(0.5, -1, 2)
const X = [
  [1, 0.3, -1],
  [1, -2, 0.5],
  [1, 1, 1],
]
const y = [1, 0, 1]

describe('penalized', () => {
  it('answers as an oracle that has the penalty in its formula', () => {
    const added = penalized(logistic(X, y, 0), l2(0.25))
    const whole = logistic(X, y, 0.25)
    const answers = (oracle: Oracle<SmoothQuery>) => {
      const gradient = new Float64Array(3)
      const more = { gradient: new Float64Array(3), hessian: new Float64Array(9) }
      const product = new Float64Array(3)
      const values = [
        oracle({ ask: 'value', at }),
        oracle({ ask: 'gradient', at, gradient }),
        oracle({ ask: 'hessian', at, ...more }),
      ]
      oracle({ ask: 'curvature', at, along: Float64Array.of(1, 2, 3), product })
      return [...values, ...gradient, ...more.gradient, ...more.hessian, ...product]
    }
    const expected = answers(whole)
    answers(added).forEach((v, k) => {
      expect(v).toBeCloseTo(expected[k]!, 14)
    })
  })

  it('leads every solver to the penalised minimum', () => {
    // The bank's separable problem has its ridge in the oracle; here it is taken out and added.
    const { oracle, start, solution } = smoothProblems.find(({ name }) => name.includes('separable'))!
    const bare: Oracle<SmoothQuery> = (query) => {
      const value = oracle(query)
      const back = l2(0.001)
      if (query.ask === 'gradient' || query.ask === 'hessian')
        for (let j = 0; j < 3; j++) query.gradient[j]! -= 0.001 * query.at[j]!
      if (query.ask === 'hessian') for (let j = 0; j < 3; j++) query.hessian[4 * j]! -= 0.001
      return value - back.value(query.at)
    }
    for (const solver of [newton({ tolerance: 1e-11 }), lbfgs({ tolerance: 1e-11 })]) {
      const outcome = minimize(penalized(bare, l2(0.001)), solver, start)
      expect([outcome.status, error(outcome.at, solution) < 1e-8]).toEqual(['converged', true])
    }
  })
})

describe('addPenalty', () => {
  it('adds to the outputs and returns P(at), whatever was asked', () => {
    const p = l2(2, { weights: [1, 0, 1] })
    const gradient = new Float64Array(3).fill(1)
    const hessian = new Float64Array(9).fill(1)
    const product = new Float64Array(3).fill(1)
    const value = p.value(at)
    expect(addPenalty(p, { ask: 'value', at })).toBe(value)
    expect(addPenalty(p, { ask: 'gradient', at, gradient })).toBe(value)
    expect(gradient).toEqual(Float64Array.of(2, 1, 5))
    expect(addPenalty(p, { ask: 'hessian', at, gradient, hessian })).toBe(value)
    expect(hessian).toEqual(Float64Array.of(3, 1, 1, 1, 1, 1, 1, 1, 3))
    expect(addPenalty(p, { ask: 'curvature', at, along: at, product })).toBe(value)
    expect(product).toEqual(Float64Array.of(2, 1, 5))
  })
})

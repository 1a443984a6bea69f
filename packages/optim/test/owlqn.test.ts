import { describe, expect, it } from 'vitest'
import { elasticNet } from '../src/elastic-net.ts'
import { fista } from '../src/fista.ts'
import { groupLasso } from '../src/group-lasso.ts'
import { l1 } from '../src/l1.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize } from '../src/minimize.ts'
import type { GradientQuery, Oracle } from '../src/oracle.ts'
import { type OwlqnOptions, owlqn } from '../src/owlqn.ts'
import type { KinkedPenalty } from '../src/penalty.ts'
import { compositeProblems, error, smoothProblems } from './bank.ts'
import { oracle, start } from './composite-problems.ts'

describe('owlqn', () => {
  it('is L-BFGS where λ is 0: smooth minima of the bank', () => {
    for (const { name, oracle, start, solution, tolerance, condition } of smoothProblems) {
      // Where L-BFGS does not get there either.
      if (condition > 1e5 && name.startsWith('quadratic')) continue
      const solver = owlqn({ penalty: l1(0), tolerance, maxIterations: 5000 })
      const { status, at, iterations } = minimize(oracle, solver, start)
      expect([name, status, error(at, solution) < 1e-8]).toEqual([name, 'converged', true])
      const other = minimize(oracle, lbfgs({ tolerance, maxIterations: 5000 }), start).iterations
      expect(iterations).toBeLessThan(3 * other + 10)
    }
  })

  it('never goes uphill, and asks about once per iteration', () => {
    for (const { oracle, penalty, start } of compositeProblems) {
      const values: number[] = []
      const outcome = minimize(oracle, owlqn({ penalty: penalty as KinkedPenalty }), start, {
        onStep: ({ value }) => values.push(value),
      })
      expect(outcome.status).toBe('converged')
      for (let k = 1; k < values.length; k++)
        expect(values[k]! - values[k - 1]!).toBeLessThanOrEqual(1e-12 * Math.abs(values[k]!))
      expect(outcome.queries).toBeLessThan(1.6 * outcome.iterations + 5)
    }
  })

  it('needs fewer passes than FISTA', () => {
    const hard = compositeProblems.find(({ name }) => name.includes('1000'))!
    const { penalty } = hard
    const passes = (solver: Parameters<typeof minimize<GradientQuery>>[1]) =>
      minimize(hard.oracle as Oracle<GradientQuery>, solver, hard.start).queries
    expect(passes(owlqn({ penalty: penalty as KinkedPenalty }))).toBeLessThan(
      passes(fista({ penalty }) as Parameters<typeof minimize<GradientQuery>>[1]) / 2,
    )
  })

  it('stays in the orthant that it chose for a step: a sign changes only by way of zero', () => {
    const penalty = elasticNet(0.02, 0.9, { weights: start.map((_, j) => Number(j > 0)) })
    let before = start.map((_, j) => (j % 2 ? 0.5 : -0.5))
    minimize(oracle, owlqn({ penalty }), before.slice(), {
      onStep: ({ at }) => {
        at.forEach((v, j) => {
          if (j) expect(v * before[j]!).toBeGreaterThanOrEqual(0)
        })
        before = at.slice()
      },
    })
  })

  it('measures the optimality of the penalty itself', () => {
    const penalty = elasticNet(0.02, 0.5)
    const gradient = start.slice()
    for (const maxIterations of [0, 3, 1000]) {
      const { at, optimality, value } = minimize(oracle, owlqn({ penalty, maxIterations }), start)
      expect(value).toBeCloseTo(oracle({ ask: 'gradient', at, gradient }) + penalty.value(at), 15)
      expect(optimality).toBeCloseTo(penalty.distance(at, gradient), 14)
    }
  })

  it('refuses penalties of another kind', () => {
    expect(() => owlqn({} as OwlqnOptions)).toThrow(
      new TypeError('owlqn: expected options.penalty l1 or elasticNet, got undefined'),
    )
    // @ts-expect-error A group lasso has its kink elsewhere.
    expect(() => owlqn({ penalty: groupLasso(1, [0, 0]) })).toThrow(
      new TypeError('owlqn: expected options.penalty l1 or elasticNet, got group-lasso'),
    )
    for (const memory of [0, 1.5, NaN])
      expect(() => owlqn({ penalty: l1(1), memory })).toThrow(
        new RangeError(`owlqn: expected memory 1, 2, …, got ${memory}`),
      )
  })
})

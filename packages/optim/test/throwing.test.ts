// An oracle that throws: the exception passes, and what was reached is not lost.
import { describe, expect, it } from 'vitest'
import { bfgs } from '../src/bfgs.ts'
import { fista } from '../src/fista.ts'
import { gradientDescent } from '../src/gradient-descent.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize } from '../src/minimize.ts'
import { minimizeAsync } from '../src/minimize-async.ts'
import { momentum } from '../src/momentum.ts'
import { nesterov } from '../src/nesterov.ts'
import { newton } from '../src/newton.ts'
import { newtonCg } from '../src/newton-cg.ts'
import type { Oracle, Solver, Step } from '../src/oracle.ts'
import type { SmoothQuery } from '../src/penalized.ts'
import { trustRegion } from '../src/trust-region.ts'
import { error, smoothProblems } from './bank.ts'

const problem = smoothProblems.find(({ name }) => name.includes('plain'))!
const solvers: [string, Solver<SmoothQuery>][] = [
  ['gradientDescent', gradientDescent()],
  ['gradientDescent by Barzilai and Borwein', gradientDescent({ step: 'barzilai-borwein' })],
  ['gradientDescent with a fixed step', gradientDescent({ step: 1 })],
  ['momentum', momentum()],
  ['nesterov', nesterov()],
  ['newton', newton()],
  ['newtonCg', newtonCg()],
  ['trustRegion', trustRegion()],
  ['bfgs', bfgs()],
  ['lbfgs', lbfgs()],
  ['fista', fista({ penalty: undefined })],
]

describe.each(solvers)('%s', (_, solver) => {
  const whole = minimize(problem.oracle, solver, problem.start)

  /** Spoils the answer to question k before it throws, as a pass that breaks off does. */
  const failing = (k: number): Oracle<SmoothQuery> => {
    let asked = 0
    return (query) => {
      if (++asked < k) return problem.oracle(query)
      if (query.ask === 'gradient' || query.ask === 'hessian') query.gradient.fill(NaN)
      if (query.ask === 'curvature') query.product.fill(NaN)
      throw new Error(`question ${k}`)
    }
  }

  it('lets the exception pass, at every question, and leaves the start and the last step’s point intact', () => {
    for (let k = 1; k <= whole.queries; k++) {
      const start = problem.start.slice()
      let last: Step | undefined
      let copy: Float64Array | undefined
      const onStep = (step: Step) => {
        last = step
        copy = step.at.slice()
      }
      expect(() => minimize(failing(k), solver, start, { onStep })).toThrow(new RegExp(`^question ${k}$`))
      expect(start).toEqual(problem.start)
      // The solver's own buffer, which the caller may have kept, still is the point of that step.
      expect(last?.at).toEqual(copy)
      if (last) expect(problem.oracle({ ask: 'value', at: last.at })).toBe(last.value)
      expect(k === 1).toBe(last === undefined)
    }
  })

  it('goes on from that point to the same optimum, and the solver can be used again', async () => {
    let at = problem.start
    const onStep = (step: Step) => {
      at = step.at.slice()
    }
    const k = Math.ceil(whole.queries / 2)
    await expect(minimizeAsync(failing(k), solver, problem.start, { onStep })).rejects.toThrow(
      `question ${k}`,
    )
    const rest = minimize(problem.oracle, solver, at)
    expect(rest.status).toBe('converged')
    expect(error(rest.at, problem.solution)).toBeLessThan(1e-6)
    expect(minimize(problem.oracle, solver, problem.start)).toEqual(whole)
  })
})

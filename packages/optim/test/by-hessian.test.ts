import { expect, it } from 'vitest'
import { byHessian } from '../src/by-hessian.ts'
import { byModel } from '../src/by-model.ts'
import { l1 } from '../src/l1.ts'
import { minimize } from '../src/minimize.ts'
import type { GradientQuery, HessianQuery, ModelQuery, Oracle, Step } from '../src/oracle.ts'
import type { ProximalSolver } from '../src/penalty.ts'
import { proximalNewton } from '../src/proximal-newton.ts'
import { compositeProblems } from './bank.ts'
import { byGram } from './models.ts'

it.each(compositeProblems)('gives the iterates that the oracle’s own Gram model gives: $name', (problem) => {
  const { oracle, penalty, start } = problem
  const steps = (run: (onStep: (step: Step) => void) => unknown) => {
    const seen: number[][] = []
    run(({ value, optimality, at }) => seen.push([value, optimality, ...at]))
    return seen
  }
  const solver = proximalNewton({ penalty, tolerance: 1e-11 })
  const hessians: Oracle<HessianQuery> = (query) => {
    expect(query.ask).toBe('hessian')
    return oracle(query)
  }
  const asked = steps((onStep) => minimize(hessians, byHessian(solver), start, { onStep }))
  const model = steps((onStep) => minimize(byGram(oracle), solver, start, { onStep }))
  expect(asked.length).toBe(model.length)
  asked.forEach((step, k) => {
    step.forEach((v, j) => {
      expect(v).toBeCloseTo(model[k]![j]!, 11)
    })
  })
})

it.each(compositeProblems)(
  'byModel gives them, too, with models that somebody else makes: $name',
  (problem) => {
    const { oracle, penalty, start } = problem
    const solver = proximalNewton({ penalty, tolerance: 1e-11 })
    const whole = minimize(byGram(oracle), solver, start)
    const last = start.slice()
    const models = byGram(oracle)
    const found = minimize(
      (query: GradientQuery) => {
        expect(query.ask).toBe('gradient')
        last.set(query.at)
        return oracle(query)
      },
      byModel(solver, (gradient) => {
        const query: ModelQuery = { ask: 'model', at: last, gradient: gradient.slice() }
        models(query)
        expect(query.gradient).toEqual(gradient)
        return query.model!
      }),
      start,
    )
    expect(found.iterations).toBe(whole.iterations)
    expect(found.at).toEqual(whole.at)
  },
)

it('carries the penalty, and ends the solver when it is ended', () => {
  const penalty = l1(0.1)
  let cleaned = false
  const solver: ProximalSolver<ModelQuery> = Object.assign(
    function* (x: Float64Array) {
      try {
        yield* proximalNewton({ penalty })(x)
      } finally {
        cleaned = true
      }
      return { status: 'stopped', message: '', at: x, value: 0, iterations: 0, optimality: 0 } as const
    },
    { penalty },
  )
  const run = byHessian(solver)
  expect(run.penalty).toBe(penalty)
  const { oracle, start } = compositeProblems[0]!
  minimize(oracle as Oracle<HessianQuery>, run, start, { onStep: () => 'stop' })
  expect(cleaned).toBe(true)
})

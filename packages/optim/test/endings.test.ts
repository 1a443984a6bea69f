// What holds for all solvers: how they begin, what they report, how they end, and what options they refuse.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adagrad } from '../src/adagrad.ts'
import { bfgs } from '../src/bfgs.ts'
import { fista } from '../src/fista.ts'
import { gradientDescent } from '../src/gradient-descent.ts'
import { l1 } from '../src/l1.ts'
import { lbfgs } from '../src/lbfgs.ts'
import type { Limits } from '../src/limits.ts'
import { minimize } from '../src/minimize.ts'
import { momentum } from '../src/momentum.ts'
import { nesterov } from '../src/nesterov.ts'
import { newton } from '../src/newton.ts'
import { newtonCg } from '../src/newton-cg.ts'
import type {
  CurvatureQuery,
  GradientQuery,
  HessianQuery,
  Oracle,
  SampleQuery,
  Solver,
  Step,
  ValueQuery,
} from '../src/oracle.ts'
import { saga } from '../src/saga.ts'
import { sgd } from '../src/sgd.ts'
import { svrg } from '../src/svrg.ts'
import { trustRegion } from '../src/trust-region.ts'
import { error, quadratic, rosenbrock, smoothProblems } from './bank.ts'

type Asked = ValueQuery | GradientQuery | CurvatureQuery | HessianQuery
type Make = (limits?: Limits) => Solver<Asked>
const penalty = l1(0)
const one = { rows: 1, maxIterations: 1000 }

/** One row is all rows: a sample of it is the gradient. */
function byGradients(solver: Solver<SampleQuery>): Solver<GradientQuery> {
  return function* (x) {
    const run = solver(x)
    let turn = run.next(0)
    while (!turn.done) {
      const asked: SampleQuery | Step = turn.value
      turn = run.next(yield asked.ask === 'step' ? asked : { ...asked, ask: 'gradient' })
    }
    return turn.value
  }
}
const solvers: [string, Make][] = [
  ['gradientDescent', (limits) => gradientDescent(limits)],
  ['gradientDescent with a fixed step', (limits) => gradientDescent({ ...limits, step: 0.4 })],
  ['gradientDescent by Barzilai and Borwein', (l) => gradientDescent({ ...l, step: 'barzilai-borwein' })],
  ['momentum', (limits) => momentum(limits)],
  ['momentum with a fixed step', (limits) => momentum({ ...limits, step: 0.4, momentum: 0.5 })],
  ['nesterov', (limits) => nesterov(limits)],
  ['nesterov with a fixed step', (limits) => nesterov({ ...limits, step: 0.4 })],
  ['newton', (limits) => newton(limits)],
  ['newtonCg', (limits) => newtonCg(limits)],
  ['trustRegion', (limits) => trustRegion(limits)],
  ['bfgs', (limits) => bfgs(limits)],
  ['lbfgs', (limits) => lbfgs(limits)],
  ['fista', (limits) => fista({ ...limits, penalty })],
  ['fista with a fixed step', (limits) => fista({ ...limits, penalty, step: 0.4 })],
  ['sgd with a fixed step', (limits) => byGradients(sgd({ ...one, ...limits, step: 0.4 }))],
  ['sgd with a fixed step and momentum', (l) => byGradients(sgd({ ...one, ...l, step: 0.3, momentum: 0.2 }))],
  ['adagrad with a fixed step', (limits) => byGradients(adagrad({ ...one, ...limits, step: 1 }))],
  ['saga with a fixed step', (limits) => byGradients(saga({ ...one, ...limits, step: 0.4 }))],
  [
    'svrg with a fixed step',
    (limits) => byGradients(svrg({ ...one, ...limits, measureEvery: 1, step: 0.4, penalty })),
  ],
]
const searching = solvers.filter(([name]) => !name.includes('fixed'))
const bowl = quadratic('', [0.5, 1, 2], true)

/** An oracle in one dimension from f, f', f''. */
const scalar =
  (f: (x: number) => number, d: (x: number) => number, dd: (x: number) => number): Oracle<Asked> =>
  (query) => {
    const x = query.at[0]!
    if (query.ask === 'curvature') {
      query.product[0] = dd(x) * query.along[0]!
      return NaN
    }
    if (query.ask !== 'value') query.gradient[0] = d(x)
    if (query.ask === 'hessian') query.hessian[0] = dd(x)
    return f(x)
  }

/** −log x + x: not defined for x ≤ 0, least at 1. */
const barrier = scalar(
  (x) => x - Math.log(x),
  (x) => (x > 0 ? 1 - 1 / x : NaN),
  (x) => (x > 0 ? 1 / x ** 2 : NaN),
)

describe.each(solvers)('%s', (_, make) => {
  it('stops at once at an optimum: one question, step 0, no iteration', () => {
    const steps: number[] = []
    const outcome = minimize(bowl.oracle, make(), bowl.solution, {
      onStep: ({ iteration, optimality }) => steps.push(iteration, optimality),
    })
    expect(outcome).toMatchObject({ status: 'converged', iterations: 0, queries: 1, optimality: 0 })
    expect(steps).toEqual([0, 0])
  })

  it('converges to what it says: the optimality is measured at the point returned', () => {
    const { status, at, value, optimality } = minimize(bowl.oracle, make(), [5, -5, 5])
    const gradient = new Float64Array(3)
    expect(status).toBe('converged')
    expect(bowl.oracle({ ask: 'gradient', at, gradient })).toBe(value)
    expect(Math.max(...gradient.map(Math.abs))).toBe(optimality)
    expect(optimality).toBeLessThanOrEqual(1e-8)
  })

  it('starts warm: from its own result it has nothing to do', () => {
    const first = minimize(bowl.oracle, make(), [5, -5, 5])
    expect(minimize(bowl.oracle, make(), first.at)).toMatchObject({ iterations: 0, queries: 1 })
  })

  it('ends at the iteration limit with a measured optimality, and says what to do', () => {
    // (Newton would be there in one.)
    const { oracle, start } = smoothProblems.find(({ name }) => name.includes('plain'))!
    const outcome = minimize(oracle, make({ maxIterations: 2 }), start)
    expect(outcome).toMatchObject({ status: 'iteration-limit', iterations: 2 })
    expect(outcome.message).toMatch(/raise maxIterations/)
    const gradient = new Float64Array(start.length)
    oracle({ ask: 'gradient', at: outcome.at, gradient })
    expect(Math.max(...gradient.map(Math.abs))).toBe(outcome.optimality)
    expect(minimize(oracle, make({ maxIterations: 0 }), start)).toMatchObject({
      status: 'iteration-limit',
      iterations: 0,
      queries: 1,
    })
  })

  it.each([
    ['a value', () => NaN, () => 1],
    ['an infinite value', () => Infinity, () => 1],
    ['a value without bound', () => -Infinity, () => 1],
    ['a gradient', () => 1, () => NaN],
    ['an infinite gradient', () => 1, () => -Infinity],
  ])('ends at the start if %s is not finite there', (_, f, d) => {
    const outcome = minimize(
      scalar(f, d, () => 1),
      make(),
      [2],
    )
    expect(outcome).toMatchObject({ status: 'non-finite', iterations: 0, queries: 1 })
    expect([...outcome.at]).toEqual([2])
    expect(outcome.value).not.toBeNaN()
    expect(outcome.optimality).not.toBeNaN()
  })

  it('returns the last good point if nothing but the start is finite', () => {
    const island = scalar(
      (x) => (x === 2 ? 4 : NaN),
      (x) => (x === 2 ? 4 : NaN),
      () => 2,
    )
    const outcome = minimize(island, make(), [2])
    expect(outcome).toMatchObject({ status: 'non-finite', value: 4, optimality: 4, iterations: 0 })
    expect([...outcome.at]).toEqual([2])
    expect(outcome.message).toMatch(/start elsewhere/)
  })

  it('reports finite steps only, numbered from 0', () => {
    let next = 0
    minimize(barrier, make({ maxIterations: 50 }), [0.9], {
      onStep: ({ iteration, value, optimality, at }) => {
        expect(iteration).toBe(next++)
        expect([value, optimality, ...at].every(Number.isFinite)).toBe(true)
      },
    })
    expect(next).toBeGreaterThan(1)
  })

  it.each([
    [{ tolerance: NaN }, 'tolerance >= 0, got NaN'],
    [{ tolerance: -1 }, 'tolerance >= 0, got -1'],
    [{ maxIterations: NaN }, 'maxIterations >= 0, got NaN'],
    [{ maxIterations: -3 }, 'maxIterations >= 0, got -3'],
  ])('refuses %j by name', (limits, message) => {
    expect(() => make(limits)).toThrow(RangeError)
    expect(() => make(limits)).toThrow(
      new RegExp(
        `^(gradientDescent|momentum|nesterov|newton|newtonCg|trustRegion|bfgs|lbfgs|fista|sgd|adagrad|saga|svrg): expected ${message}$`,
      ),
    )
  })
})

describe.each(searching)('%s, which searches for its step', (_, make) => {
  it('backs off from where the function is not finite', () => {
    for (const start of [0.01, 0.5, 3, 40]) {
      const { status, at } = minimize(barrier, make(), [start])
      expect([status, Math.abs(at[0]! - 1) < 1e-6]).toEqual(['converged', true])
    }
  })

  it('never ends at a worse point than it started from', () => {
    const coordinate = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(coordinate, coordinate, (a, b) => {
        const start = rosenbrock.oracle({ ask: 'value', at: Float64Array.of(a, b) })
        expect(minimize(rosenbrock.oracle, make({ maxIterations: 30 }), [a, b]).value).toBeLessThanOrEqual(
          start,
        )
      }),
    )
  })

  it('gives up in good time, at a good point, when the tolerance is below the rounding error', () => {
    const { oracle, start, solution } = smoothProblems.find(({ name }) => name.includes('plain'))!
    const outcome = minimize(oracle, make({ tolerance: 0, maxIterations: 2000 }), start)
    expect(['converged', 'line-search-failed', 'iteration-limit']).toContain(outcome.status)
    expect(error(outcome.at, solution)).toBeLessThan(1e-12)
  })

  it('tells that value and gradient are not of one function', () => {
    const wrong = scalar(
      (x) => x * x,
      (x) => -2 * x,
      () => 2,
    )
    const outcome = minimize(wrong, make(), [1])
    expect(outcome).toMatchObject({ status: 'line-search-failed', value: 1, iterations: 0 })
    expect(outcome.message).toMatch(/check the gradient/)
    expect(outcome.queries).toBeLessThan(100)
  })
})

// Every solver on every problem that it applies to; and the bank itself.
import { describe, expect, it } from 'vitest'
import { bfgs } from '../src/bfgs.ts'
import { fista } from '../src/fista.ts'
import { gradientDescent } from '../src/gradient-descent.ts'
import { l1 } from '../src/l1.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize } from '../src/minimize.ts'
import { momentum } from '../src/momentum.ts'
import { nesterov } from '../src/nesterov.ts'
import { newton } from '../src/newton.ts'
import { newtonCg } from '../src/newton-cg.ts'
import type { CurvatureQuery, GradientQuery, HessianQuery, Solver, ValueQuery } from '../src/oracle.ts'
import { trustRegion } from '../src/trust-region.ts'
import { compositeProblems, error, smoothProblems, uniform } from './bank.ts'

type Firm = Solver<ValueQuery | GradientQuery | CurvatureQuery | HessianQuery>

describe('the bank', () => {
  it.each(smoothProblems)('$name: its derivatives are those of its value', ({ oracle, start, solution }) => {
    const n = start.length
    const random = uniform(1)
    const at = start.map((v, j) => v + 0.3 * (solution[j]! - v) + 0.01 * random())
    const gradient = new Float64Array(n)
    const hessian = new Float64Array(n * n)
    oracle({ ask: 'hessian', at, gradient, hessian })
    const largest = Math.max(...gradient.map(Math.abs))
    const steepest = Math.max(...hessian.map(Math.abs))
    for (let j = 0; j < n; j++) {
      const h = 1e-5
      const moved = (by: number) => at.map((v, k) => (k === j ? v + by : v))
      const ahead = new Float64Array(n)
      const behind = new Float64Array(n)
      const rise =
        oracle({ ask: 'gradient', at: moved(h), gradient: ahead }) -
        oracle({ ask: 'gradient', at: moved(-h), gradient: behind })
      expect(Math.abs(rise / (2 * h) - gradient[j]!)).toBeLessThan(1e-6 * Math.max(largest, steepest, 1e-3))
      for (let k = 0; k < n; k++)
        expect(Math.abs((ahead[k]! - behind[k]!) / (2 * h) - hessian[j * n + k]!)).toBeLessThan(
          1e-6 * steepest,
        )
    }
  })

  it.each(smoothProblems)(
    '$name: a curvature answer is the Hessian times the vector',
    ({ oracle, start }) => {
      const n = start.length
      const random = uniform(5)
      const along = start.map(random)
      const product = new Float64Array(n)
      const hessian = new Float64Array(n * n)
      oracle({ ask: 'curvature', at: start, along, product })
      oracle({ ask: 'hessian', at: start, gradient: new Float64Array(n), hessian })
      const expected = start.map((_, j) => along.reduce((sum, v, k) => sum + hessian[j * n + k]! * v, 0))
      expect(error(product, expected)).toBeLessThan(1e-12)
    },
  )
})

describe('methods that use curvature find every minimiser to 1e-8', () => {
  const solvers: [string, (tolerance: number) => Firm][] = [
    ['newton', (tolerance) => newton({ tolerance })],
    ['newtonCg', (tolerance) => newtonCg({ tolerance })],
    ['trustRegion', (tolerance) => trustRegion({ tolerance })],
    ['bfgs', (tolerance) => bfgs({ tolerance })],
    ['lbfgs', (tolerance) => lbfgs({ tolerance, maxIterations: 20_000 })],
  ]
  for (const [method, solver] of solvers)
    it.each(smoothProblems)(`${method}: $name`, ({ oracle, start, solution, tolerance }) => {
      const { status, at, optimality } = minimize(oracle, solver(tolerance), start)
      expect([status, error(at, solution) < 1e-8, optimality <= tolerance]).toEqual(['converged', true, true])
    })
})

describe('first-order methods find the minimisers of condition up to 1000 to 1e-6', () => {
  const solvers: [string, (smoothness: number) => Solver<ValueQuery | GradientQuery>][] = [
    ['gradientDescent with backtracking', () => gradientDescent({ maxIterations: 50_000 })],
    ['gradientDescent with step 1/L', (L) => gradientDescent({ step: 1 / L, maxIterations: 50_000 })],
    [
      'gradientDescent with steps of Barzilai and Borwein',
      () => gradientDescent({ step: 'barzilai-borwein' }),
    ],
    ['momentum with backtracking', () => momentum()],
    ['momentum with backtracking, never restarted', () => momentum({ restart: false })],
    ['momentum with step 1/L', (L) => momentum({ step: 1 / L })],
    ['momentum with step 1/L, restarted', (L) => momentum({ step: 1 / L, restart: true })],
    ['nesterov with backtracking', () => nesterov()],
    ['nesterov with backtracking, never restarted', () => nesterov({ restart: false })],
    ['nesterov with step 1/L', (L) => nesterov({ step: 1 / L })],
    ['fista with an idle penalty', () => fista({ penalty: l1(0) })],
    ['fista with an idle penalty and step 1/L', (L) => fista({ penalty: l1(0), step: 1 / L })],
  ]
  const problems = smoothProblems.filter(({ condition }) => condition <= 1000)
  for (const [method, solver] of solvers)
    it.each(problems)(`${method}: $name`, ({ oracle, start, solution, smoothness }) => {
      const { status, at } = minimize(oracle, solver(smoothness), start)
      expect([status, error(at, solution) < 1e-6]).toEqual(['converged', true])
    })
})

describe('fista finds the minimisers of composite problems, and the same zeros', () => {
  for (const fixed of [false, true])
    it.each(compositeProblems)(`${fixed ? 'step 1/L' : 'backtracking'}: $name`, (problem) => {
      const { oracle, penalty, start, solution, smoothness } = problem
      const step = fixed ? 1 / smoothness : undefined
      const outcome = minimize(oracle, fista({ penalty, step, tolerance: 1e-11 }), start)
      expect(outcome.status).toBe('converged')
      expect(error(outcome.at, solution)).toBeLessThan(1e-7)
      expect(outcome.at.map((w) => (w === 0 ? 0 : 1))).toEqual(solution.map((w) => (w === 0 ? 0 : 1)))
      expect(Math.abs(outcome.value - problem.value)).toBeLessThan(
        1e-13 * Math.max(1, Math.abs(problem.value)),
      )
    })
})

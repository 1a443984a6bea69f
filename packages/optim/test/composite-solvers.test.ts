// The composite solvers against one another, against minimisers to 17 digits, and against glmnet.
import { describe, expect, it } from 'vitest'
import { fista } from '../src/fista.ts'
import { minimize } from '../src/minimize.ts'
import { minimizeAsync } from '../src/minimize-async.ts'
import { minimizeTogether } from '../src/minimize-together.ts'
import type { GradientQuery, ManyOracle, ModelQuery, Oracle, Solver, ValueQuery } from '../src/oracle.ts'
import { owlqn } from '../src/owlqn.ts'
import type { Penalty } from '../src/penalty.ts'
import { projectedGradient } from '../src/projected-gradient.ts'
import { proximalGradient } from '../src/proximal-gradient.ts'
import { proximalNewton } from '../src/proximal-newton.ts'
import { compositeProblems, error } from './bank.ts'
import { isConstraint, isKinked, oracle, problems, start } from './composite-problems.ts'
import { byGram } from './models.ts'

type Asked = ValueQuery | GradientQuery | ModelQuery
const model = byGram(oracle)

/** Those that take the penalty. */
const solversFor = (penalty: Penalty, tolerance: number, maxIterations = 200_000) => {
  const limits = { tolerance, maxIterations }
  const solvers: [string, Solver<Asked>][] = [
    ['proximalGradient', proximalGradient({ penalty, ...limits })],
    ['fista', fista({ penalty, ...limits })],
    ['proximalNewton', proximalNewton({ penalty, ...limits })],
  ]
  if (isKinked(penalty)) solvers.push(['owlqn', owlqn({ penalty, ...limits })])
  if (isConstraint(penalty)) solvers.push(['projectedGradient', projectedGradient({ penalty, ...limits })])
  return solvers
}
const support = (w: Float64Array) => w.map((v) => Math.sign(v))

describe.each(problems)('$name', ({ penalty, solution, value, glmnet }) => {
  it.each(solversFor(penalty, 1e-10))('%s finds the minimiser, its value and its zeros', (_, solver) => {
    const outcome = minimize(model, solver, start)
    expect(outcome.status).toBe('converged')
    expect(Math.abs(outcome.value - value)).toBeLessThan(1e-13)
    expect(error(outcome.at, solution)).toBeLessThan(1e-6)
    expect(support(outcome.at)).toEqual(support(solution))
    if (glmnet) expect(error(outcome.at, Float64Array.from(glmnet))).toBeLessThan(1e-6)
    // Active bounds are met exactly.
    if (isConstraint(penalty)) {
      const at = solution.slice()
      penalty.prox(at, 1, at)
      expect(at).toEqual(solution)
      const gap = outcome.at.map((v, j) => v - solution[j]!)
      solution.forEach((v, j) => {
        if (v === 0 || v === 0.3 || v === -0.2) expect(gap[j]).toBe(0)
      })
    }
  })

  it.each(solversFor(penalty, 1e-8, 40))(
    '%s gives the same later and side by side, bit for bit',
    async (_, solver) => {
      const alone = minimize(model, solver, start)
      expect(await minimizeAsync(async (query: Asked) => model(query), solver, start)).toEqual(alone)
      const many: ManyOracle<Asked> = (queries, answers) => {
        queries.forEach((query, k) => {
          if (query) answers[k] = model(query)
        })
      }
      expect(minimizeTogether(many, [solver, solver], [start, start])).toEqual([alone, alone])
    },
  )

  it.each(solversFor(penalty, 1e-8))(
    '%s ends at the last good point where answers stop being finite',
    (_, solver) => {
      let answers = 0
      const failing: Oracle<Asked> = (query) => (answers++ < 4 ? model(query) : NaN)
      let last: Float64Array | undefined
      const outcome = minimize(failing, solver, start, {
        onStep: ({ at }) => {
          last = at.slice()
        },
      })
      expect(outcome.status).toBe('non-finite')
      expect(outcome.at).toEqual(last)
      expect(oracle({ ask: 'value', at: outcome.at }) + penalty.value(outcome.at)).toBeCloseTo(
        outcome.value,
        14,
      )
      expect(minimize(() => NaN, solver, start)).toMatchObject({
        status: 'non-finite',
        iterations: 0,
        at: start,
      })
    },
  )

  it.each(solversFor(penalty, 1e-10))('%s starts at the minimum and stays there', (_, solver) => {
    const there = minimize(model, solver, start).at
    const again = minimize(model, solver, there)
    expect(again).toMatchObject({ status: 'converged', iterations: 0, queries: 1, at: there })
  })

  it('from a start where the penalty is infinite they begin at the nearest point', () => {
    const far = start.map((_, j) => (j % 2 ? 3 : -3))
    for (const [, solver] of solversFor(penalty, 1e-9)) {
      const { status, value: found } = minimize(model, solver, far)
      expect(status).toBe('converged')
      expect(Math.abs(found - value)).toBeLessThan(1e-12)
    }
  })
})

describe.each(compositeProblems)('$name', ({ oracle, penalty, start, solution, value }) => {
  it.each(solversFor(penalty, 1e-10))('%s agrees in support, and in value', (_, solver) => {
    const outcome = minimize(byGram(oracle), solver, start)
    expect(outcome.status).toBe('converged')
    expect(support(outcome.at)).toEqual(support(solution))
    expect(Math.abs(outcome.value - value)).toBeLessThan(1e-12)
  })
})

// Several solvers, one pass for all.
import { describe, expect, it } from 'vitest'
import { bfgs } from '../src/bfgs.ts'
import { gradientDescent } from '../src/gradient-descent.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize } from '../src/minimize.ts'
import { minimizeTogether } from '../src/minimize-together.ts'
import { momentum } from '../src/momentum.ts'
import { nesterov } from '../src/nesterov.ts'
import { newton } from '../src/newton.ts'
import { newtonCg } from '../src/newton-cg.ts'
import type { ManyOracle, Query, Solver, Step } from '../src/oracle.ts'
import type { SmoothQuery } from '../src/penalized.ts'
import { trustRegion } from '../src/trust-region.ts'
import { type Problem, quadratic, smoothProblems } from './bank.ts'
import { everySolver, everything, start } from './every-solver.ts'

/** Answers each solver's question by its own problem, and counts the passes. */
function together(problems: readonly Problem[]) {
  const oracle: ManyOracle<SmoothQuery> = (queries, answers) => {
    self.passes++
    queries.forEach((query, k) => {
      if (query) answers[k] = problems[k]!.oracle(query)
    })
  }
  const self = { oracle, passes: 0 }
  return self
}

const problems = smoothProblems.filter(({ condition }) => condition < 1e4)
const starts = problems.map(({ start }) => start)
const bits = (step: Step) => ({ ...step, at: [...step.at] })

describe('minimizeTogether', () => {
  it('takes as many passes as the slowest alone, and gives what each gives alone, bit for bit', () => {
    const solvers: Solver<SmoothQuery>[] = [
      gradientDescent(),
      gradientDescent({ step: 'barzilai-borwein' }),
      momentum(),
      nesterov(),
      newton(),
      newtonCg(),
      trustRegion(),
      bfgs(),
      lbfgs(),
    ]
    for (const solver of solvers) {
      const shared = together(problems)
      const steps: unknown[][] = problems.map(() => [])
      const outcomes = minimizeTogether(
        shared.oracle,
        problems.map(() => solver),
        starts,
        { onStep: (k, step) => steps[k]!.push(bits(step)) },
      )
      const alone = problems.map(({ oracle, start }, k) => {
        const own: unknown[] = []
        const outcome = minimize(oracle, solver, start, { onStep: (step) => own.push(bits(step)) })
        expect(steps[k]).toEqual(own)
        return outcome
      })
      expect(outcomes).toEqual(alone)
      expect(shared.passes).toBe(Math.max(...alone.map(({ queries }) => queries)))
      expect(new Set(alone.map(({ queries }) => queries)).size).toBeGreaterThan(2)
    }
  })

  it('runs every kind of solver side by side: as many passes as the slowest, the same bits', () => {
    let passes = 0
    const oracle: ManyOracle<Query> = (queries, answers) => {
      passes++
      queries.forEach((query, k) => {
        if (query) answers[k] = everything(query)
      })
    }
    const steps: unknown[][] = everySolver.map(() => [])
    const outcomes = minimizeTogether(
      oracle,
      everySolver.map(([, solver]) => solver),
      everySolver.map(() => start),
      { onStep: (k, step) => steps[k]!.push(bits(step)) },
    )
    const alone = everySolver.map(([, solver], k) => {
      const own: unknown[] = []
      const outcome = minimize(everything, solver, start, { onStep: (step) => own.push(bits(step)) })
      expect(steps[k]).toEqual(own)
      return outcome
    })
    expect(outcomes).toEqual(alone)
    expect(passes).toBe(Math.max(...alone.map(({ queries }) => queries)))
  })

  it('stops one solver alone', () => {
    const { oracle } = together(problems)
    const outcomes = minimizeTogether(oracle, [newton(), newton()], starts.slice(0, 2), {
      onStep: (k) => (k === 0 ? 'stop' : undefined),
    })
    expect(outcomes.map(({ status }) => status)).toEqual(['stopped', 'converged'])
  })

  it('stops all of them on a signal or at the time limit', () => {
    const { oracle } = together(problems)
    const solvers = problems.map(() => newton())
    const statuses = (options: { signal?: AbortSignal; timeLimit?: number }) =>
      new Set(minimizeTogether(oracle, solvers, starts, options).map(({ status }) => status))
    expect(statuses({ signal: AbortSignal.abort() })).toEqual(new Set(['stopped']))
    expect(statuses({ timeLimit: 0 })).toEqual(new Set(['time-limit']))
  })

  it('runs different solvers side by side, with different questions', () => {
    const one = quadratic('', [1, 2, 3], true)
    const solvers: Solver<SmoothQuery>[] = [newton(), lbfgs(), newtonCg(), trustRegion(), bfgs(), nesterov()]
    const { oracle } = together(solvers.map(() => one))
    const outcomes = minimizeTogether(
      oracle,
      solvers,
      solvers.map(() => one.start),
    )
    expect(outcomes).toEqual(solvers.map((solver) => minimize(one.oracle, solver, one.start)))
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['converged']))
    expect(outcomes[0]!.iterations).toBe(1)
  })

  it('takes an answer that was not given for one that is not finite', () => {
    const forgetful: ManyOracle<SmoothQuery> = () => {}
    expect(minimizeTogether(forgetful, [lbfgs()], [[1]])[0]!.status).toBe('non-finite')
  })

  it('has nothing to do for no solvers, and refuses a start too few', () => {
    const { oracle } = together([])
    expect(minimizeTogether(oracle, [], [])).toEqual([])
    expect(() => minimizeTogether(oracle, [newton(), newton()], [[1]])).toThrow(
      new RangeError('minimizeTogether: expected starts.length 2 (one per solver), got 1'),
    )
  })
})

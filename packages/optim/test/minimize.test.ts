// The drivers on this thread: what they count, keep, stop and pass on.
import { describe, expect, it } from 'vitest'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize, stepThrough } from '../src/minimize.ts'
import { newton } from '../src/newton.ts'
import type { GradientQuery, Oracle, Query, Solver, Step } from '../src/oracle.ts'
import { quadratic, rosenbrock, smoothProblems } from './bank.ts'

/** Gradient descent with momentum (Polyak's heavy ball), as a user would write it. */
const heavyBall = (step: number, momentum: number): Solver<GradientQuery> =>
  function* (at) {
    const velocity = new Float64Array(at.length)
    const gradient = new Float64Array(at.length)
    for (let iteration = 0; ; iteration++) {
      const value = yield { ask: 'gradient', at, gradient }
      const optimality = Math.max(...gradient.map(Math.abs))
      yield { ask: 'step', iteration, value, optimality, at }
      if (optimality < 1e-10)
        return { status: 'converged', message: 'Done.', at, value, iterations: iteration, optimality }
      for (let j = 0; j < at.length; j++)
        at[j]! += velocity[j] = momentum * velocity[j]! - step * gradient[j]!
    }
  }

/** Goes down, then up for ever: what the driver should not return. */
const overshooting: Solver<GradientQuery> = function* (at) {
  const gradient = new Float64Array(1)
  for (let iteration = 0; ; iteration++) {
    at[0] = iteration
    const value = yield { ask: 'gradient', at, gradient }
    yield { ask: 'step', iteration, value, optimality: Math.abs(gradient[0]!), at }
  }
}
const parabola: Oracle<GradientQuery> = ({ at, gradient }) => {
  gradient[0] = 2 * (at[0]! - 3)
  return (at[0]! - 3) ** 2
}

const counting = <Q extends Query>(oracle: Oracle<Q>) => {
  const counted = (query: Q) => {
    self.count++
    return oracle(query)
  }
  const self = Object.assign(counted, { count: 0 })
  return self
}

describe('minimize', () => {
  it('counts the questions and leaves the start alone', () => {
    const start = [-1.2, 1]
    const oracle = counting(rosenbrock.oracle)
    const { queries, at } = minimize(oracle, lbfgs(), start)
    expect(queries).toBe(oracle.count)
    expect(start).toEqual([-1.2, 1])
    expect(at).toBeInstanceOf(Float64Array)
  })

  it('reports the start as step 0, then every iteration', () => {
    const iterations: number[] = []
    const outcome = minimize(rosenbrock.oracle, newton(), rosenbrock.start, {
      onStep: ({ iteration }) => iterations.push(iteration),
    })
    expect(iterations).toEqual(Array.from({ length: outcome.iterations + 1 }, (_, k) => k))
  })

  it('stops at the best point so far, with its value, optimality and iteration', () => {
    const outcome = minimize(parabola, overshooting, [9], {
      onStep: ({ iteration }) => (iteration === 8 ? 'stop' : undefined),
    })
    expect(outcome).toMatchObject({ status: 'stopped', value: 0, optimality: 0, iterations: 3, queries: 9 })
    expect(outcome.message).toMatch(/start from this point/)
    expect([...outcome.at]).toEqual([3])
  })

  it('stops on a signal before the next question', () => {
    const controller = new AbortController()
    const oracle = counting(parabola)
    const outcome = minimize(oracle, overshooting, [9], {
      signal: controller.signal,
      onStep: ({ iteration }) => {
        if (iteration === 5) controller.abort()
      },
    })
    expect([outcome.status, outcome.iterations, oracle.count]).toEqual(['stopped', 3, 6])
  })

  it('asks nothing at all under a signal that is already given, and says that nothing was measured', () => {
    const oracle = counting(parabola)
    const outcome = minimize(oracle, overshooting, [9], { signal: AbortSignal.abort() })
    expect(outcome).toMatchObject({ status: 'stopped', value: Infinity, optimality: Infinity, queries: 0 })
    expect([...outcome.at, oracle.count]).toEqual([9, 0])
  })

  it('ends at the time limit with the best point so far', () => {
    const slow: Oracle<GradientQuery> = (query) => {
      const until = performance.now() + 5
      while (performance.now() < until);
      return parabola(query)
    }
    const outcome = minimize(slow, overshooting, [9], { timeLimit: 0.3 })
    expect(outcome).toMatchObject({ status: 'time-limit', value: 0, iterations: 3 })
    expect(outcome.queries).toBeLessThanOrEqual(61)
    expect(minimize(parabola, overshooting, [9], { timeLimit: 0 })).toMatchObject({
      queries: 0,
      iterations: 0,
    })
  })

  it('lets a solver clean up when it is stopped', () => {
    let cleaned = false
    const careful: Solver<GradientQuery> = function* (at) {
      try {
        return yield* overshooting(at)
      } finally {
        cleaned = true
      }
    }
    minimize(parabola, careful, [0], { onStep: () => 'stop' })
    expect(cleaned).toBe(true)
  })

  it('passes on what the oracle or onStep throws', () => {
    const broken: Oracle<GradientQuery> = () => {
      throw new Error('no connection')
    }
    expect(() => minimize(broken, lbfgs(), [0])).toThrow('no connection')
    const onStep = () => {
      throw new Error('page closed')
    }
    expect(() => minimize(parabola, lbfgs(), [0], { onStep })).toThrow('page closed')
  })

  it.each([
    [[1, NaN], {}, 'minimize: expected start[1] finite, got NaN'],
    [[-Infinity], {}, 'minimize: expected start[0] finite, got -Infinity'],
    [[1], { timeLimit: NaN }, 'minimize: expected timeLimit >= 0, got NaN'],
    [[1], { timeLimit: -1 }, 'minimize: expected timeLimit >= 0, got -1'],
  ])('refuses start %j, options %j before any work', (start, options, message) => {
    const oracle = counting(parabola)
    expect(() => minimize(oracle, lbfgs(), start, options)).toThrow(new RangeError(message))
    expect(oracle.count).toBe(0)
  })

  it("runs a user's own solver", () => {
    const { oracle, solution } = quadratic('', [1, 4, 9], true)
    const { status, at } = minimize(oracle, heavyBall(0.1, 0.7), [5, 5, 5])
    expect(status).toBe('converged')
    for (let j = 0; j < 3; j++) expect(at[j]).toBeCloseTo(solution[j]!, 9)
  })

  it('has nothing to do in no dimensions', () => {
    const oracle = () => 4
    for (const solver of [newton(), lbfgs()])
      expect(minimize<Query>(oracle, solver, [])).toMatchObject({ status: 'converged', value: 4, queries: 1 })
  })
})

describe('stepThrough', () => {
  it.each(smoothProblems.slice(0, 5))(
    'gives the steps and the outcome of minimize: $name',
    ({ oracle, start }) => {
      const expected: Step[] = []
      const onStep = (step: Step) => expected.push({ ...step, at: step.at.slice() })
      const outcome = minimize(oracle, lbfgs({ maxIterations: 100 }), start, { onStep })

      const walk = stepThrough(oracle, lbfgs({ maxIterations: 100 }), start)
      const steps: Step[] = []
      let turn = walk.next()
      for (; !turn.done; turn = walk.next()) steps.push({ ...turn.value, at: turn.value.at.slice() })
      expect(steps).toEqual(expected)
      expect(turn.value).toEqual(outcome)
    },
  )

  it('works only when asked to', () => {
    const oracle = counting(parabola)
    const walk = stepThrough(oracle, overshooting, [0])
    expect(oracle.count).toBe(0)
    walk.next()
    expect(oracle.count).toBe(1)
    walk.next()
    expect(oracle.count).toBe(2)
  })

  it('refuses a broken start at once', () => {
    expect(() => stepThrough(parabola, overshooting, [NaN])).toThrow(
      'stepThrough: expected start[0] finite, got NaN',
    )
  })
})

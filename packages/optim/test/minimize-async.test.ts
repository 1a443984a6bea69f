// Answers that come later: the same iterates, a living page, and an end that does not wait.
import { getEventListeners } from 'node:events'
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
import type { AsyncOracle, GradientQuery, Oracle, Query, Solver, Step } from '../src/oracle.ts'
import type { SmoothQuery } from '../src/penalized.ts'
import { trustRegion } from '../src/trust-region.ts'
import { compositeProblems, rosenbrock, smoothProblems } from './bank.ts'
import { everySolver, everything, start } from './every-solver.ts'

const later =
  <Q extends Query>(oracle: Oracle<Q>): AsyncOracle<Q> =>
  async (query) => {
    await null
    return oracle(query)
  }

const bits = (step: Step) => ({ ...step, at: [...step.at] })

/** x ← x + 1 from 0, for ever. */
const walking: Solver<GradientQuery> = function* (at) {
  const gradient = new Float64Array(1)
  for (let iteration = 0; ; iteration++) {
    const value = yield { ask: 'gradient', at, gradient }
    yield { ask: 'step', iteration, value, optimality: 1, at }
    at[0]!++
  }
}
const falling: Oracle<GradientQuery> = ({ at }) => -at[0]!

describe('minimizeAsync', () => {
  it.each(smoothProblems)('yields the iterates of minimize, bit for bit: $name', async (problem) => {
    const { oracle, start, tolerance } = problem
    const limits = { tolerance, maxIterations: 300 }
    const solvers: Solver<SmoothQuery>[] = [
      gradientDescent({ step: 'barzilai-borwein', ...limits }),
      momentum(limits),
      nesterov(limits),
      newton(limits),
      newtonCg(limits),
      trustRegion(limits),
      bfgs(limits),
      lbfgs(limits),
    ]
    for (const solver of solvers) {
      const here: unknown[] = []
      const there: unknown[] = []
      const known = minimize(oracle, solver, start, { onStep: (step) => here.push(bits(step)) })
      const outcome = await minimizeAsync(later(oracle), solver, start, {
        onStep: (step) => there.push(bits(step)),
      })
      expect(there).toEqual(here)
      expect(outcome).toEqual(known)
      expect(await minimizeAsync(oracle, solver, start)).toEqual(known)
    }
  })

  it.each(everySolver)('runs %s alike', async (_, solver) => {
    expect(await minimizeAsync(later(everything), solver, start)).toEqual(minimize(everything, solver, start))
  })

  it('runs proximal solvers alike', async () => {
    const { oracle, penalty, start } = compositeProblems[1]!
    const solver = fista({ penalty })
    expect(await minimizeAsync(later(oracle), solver, start)).toEqual(minimize(oracle, solver, start))
  })

  it('lets the event loop run about every 12 ms, even when all answers are at hand', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const slow: Oracle<GradientQuery> = (query) => {
      const until = performance.now() + 4
      while (performance.now() < until);
      return falling(query)
    }
    await minimizeAsync(slow, walking, [0], {
      onStep: ({ iteration }) => (iteration === 40 ? 'stop' : undefined),
    })
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(6)
  })

  it('ends on a signal while an answer is pending, with the best point so far', async () => {
    const controller = new AbortController()
    let answer = (_: number) => {}
    const hanging: AsyncOracle<GradientQuery> = (query) =>
      query.at[0]! < 4
        ? falling(query)
        : new Promise((resolve) => {
            answer = resolve
            setTimeout(() => controller.abort(), 5)
          })
    const steps: number[] = []
    const outcome = await minimizeAsync(hanging, walking, [0], {
      signal: controller.signal,
      onStep: ({ iteration }) => steps.push(iteration),
    })
    expect(outcome).toMatchObject({ status: 'stopped', value: -3, iterations: 3, queries: 5 })
    expect([...outcome.at]).toEqual([3])
    // The late answer changes nothing.
    answer(-4)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(steps).toEqual([0, 1, 2, 3])
    expect([...outcome.at]).toEqual([3])
  })

  it('ignores a late failure (an unhandled rejection would fail this run)', async () => {
    const controller = new AbortController()
    const failing: AsyncOracle<GradientQuery> = () =>
      new Promise((_, reject) => {
        controller.abort()
        setTimeout(() => reject(new Error('too late')), 5)
      })
    const outcome = await minimizeAsync(failing, walking, [0], { signal: controller.signal })
    expect(outcome).toMatchObject({ status: 'stopped', value: Infinity, queries: 1 })
    await new Promise((resolve) => setTimeout(resolve, 10))
  })

  it('asks nothing under a signal that is already given', async () => {
    const outcome = await minimizeAsync(later(falling), walking, [0], { signal: AbortSignal.abort() })
    expect(outcome).toMatchObject({ status: 'stopped', queries: 0 })
  })

  it('ends on a signal between answers that are at hand', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 20)
    const outcome = await minimizeAsync(falling, walking, [0], { signal: controller.signal })
    expect(outcome.status).toBe('stopped')
    expect(outcome.value).toBe(-outcome.iterations)
  })

  it('ends at the time limit, also while an answer is pending', async () => {
    const hanging: AsyncOracle<GradientQuery> = (query) =>
      query.at[0] ? new Promise(() => {}) : falling(query)
    const outcome = await minimizeAsync(hanging, walking, [0], { timeLimit: 0.02 })
    expect(outcome).toMatchObject({ status: 'time-limit', iterations: 0, queries: 2 })
    expect((await minimizeAsync(falling, walking, [0], { timeLimit: 0.02 })).status).toBe('time-limit')
    const far = await minimizeAsync(later(rosenbrock.oracle), newton(), rosenbrock.start, { timeLimit: 1e9 })
    expect(far.status).toBe('converged')
  })

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController()
    const listening: number[] = []
    const onStep = () => listening.push(getEventListeners(signal, 'abort').length)
    await minimizeAsync(later(rosenbrock.oracle), newton(), rosenbrock.start, { signal, onStep })
    expect(new Set(listening)).toEqual(new Set([1]))
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('rejects with what the oracle throws, at once or later, and with callers’ mistakes', async () => {
    const thrown = () => {
      throw new Error('no connection')
    }
    await expect(minimizeAsync(thrown, lbfgs(), [0])).rejects.toThrow('no connection')
    await expect(minimizeAsync(async () => thrown(), lbfgs(), [0])).rejects.toThrow('no connection')
    await expect(minimizeAsync(falling, lbfgs(), [NaN])).rejects.toThrow(
      new RangeError('minimizeAsync: expected start[0] finite, got NaN'),
    )
  })
})

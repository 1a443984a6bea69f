// An abort, a throwing oracle and a time limit lose nothing: whoever ends a run, of whatever solver, has its best point.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { minimize, stepThrough } from '../src/minimize.ts'
import { minimizeAsync } from '../src/minimize-async.ts'
import { minimizeTogether } from '../src/minimize-together.ts'
import type { Oracle, Outcome, Query, Solver, Step } from '../src/oracle.ts'
import { outcomeOf, outcomesOf } from '../src/outcome-of.ts'
import { everySolver, everything, start } from './every-solver.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Everything up to the question `limit` (from 1), at which `then` happens first. */
const upTo =
  (limit: number, then: () => void, oracle = everything): Oracle<Query> =>
  (query) => {
    if (--limit === 0) then()
    return oracle(query)
  }
const bits = (step: Step) => ({ ...step, at: [...step.at] })

/** The steps, and an onStep that collects them. */
function watching() {
  const seen: ReturnType<typeof bits>[] = []
  return { seen, onStep: (step: Step) => void seen.push(bits(step)) }
}

/** Somewhere in the middle of the run. */
const middleOf = (solver: Solver<Query>) => 2 + Math.floor(minimize(everything, solver, start).queries / 2)

function expectBest(outcome: Outcome | undefined, seen: ReturnType<typeof bits>[], queries: number) {
  const best = seen.reduce((a, b) => (b.value < a.value ? b : a))
  expect(outcome).toMatchObject({
    status: 'stopped',
    value: best.value,
    optimality: best.optimality,
    iterations: best.iteration,
    queries,
  })
  expect([...outcome!.at]).toEqual(best.at)
  expect(everything({ ask: 'value', at: outcome!.at })).toBeLessThanOrEqual(
    everything({ ask: 'value', at: start }) + 1e-9,
  )
}

describe.each(everySolver)('%s', (_, solver) => {
  const limit = middleOf(solver)
  const lost = new Error('no connection')
  const fail = () => {
    throw lost
  }

  it('aborted in the middle: the best point so far', async () => {
    const controller = new AbortController()
    const abort = () => controller.abort()
    const { seen, onStep } = watching()
    const { signal } = controller
    const outcome = minimize(upTo(limit, abort), solver, start, { signal, onStep })
    expectBest(outcome, seen, limit)

    const again = new AbortController()
    const later = watching()
    const answer = upTo(limit, () => again.abort())
    const there = await minimizeAsync(async (query) => answer(query), solver, start, {
      signal: again.signal,
      onStep: later.onStep,
    })
    expect(there.status).toBe('stopped')
    const best = later.seen.reduce((a, b) => (b.value < a.value ? b : a))
    expect([there.value, [...there.at]]).toEqual([best.value, best.at])

    const third = new AbortController()
    const [joint] = minimizeTogether<Query>(
      (queries, answers) => {
        answers[0] = upToThird(queries[0]!)
      },
      [solver],
      [start],
      { signal: third.signal },
    )
    function upToThird(query: Query) {
      if (++asked === limit) third.abort()
      return everything(query)
    }
    expect(joint).toEqual(outcome)
  })
  let asked = 0

  it('out of time in the middle: the best point so far', () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const { seen, onStep } = watching()
    const late = upTo(limit, () => {
      now = 2000
    })
    const outcome = minimize(late, solver, start, { timeLimit: 1, onStep })
    expect(outcome.status).toBe('time-limit')
    expectBest({ ...outcome, status: 'stopped' }, seen, limit)
  })

  it('whose oracle throws: the error itself, with the best point so far', async () => {
    const { seen, onStep } = watching()
    const caught = (run: () => unknown) => {
      try {
        run()
      } catch (error) {
        return error
      }
      return expect.unreachable()
    }
    expect(caught(() => minimize(upTo(limit, fail), solver, start, { onStep }))).toBe(lost)
    const outcome = outcomeOf(lost)
    expectBest(outcome, seen, limit)

    const broken = upTo(limit, fail)
    await expect(minimizeAsync(async (query) => broken(query), solver, start)).rejects.toBe(lost)
    expect(outcomeOf(lost)).toEqual(outcome)

    const walk = stepThrough(upTo(limit, fail), solver, start)
    const walked: ReturnType<typeof bits>[] = []
    const pull = () => {
      for (const step of walk) walked.push(bits(step))
    }
    expect(caught(pull)).toBe(lost)
    expect(walked).toEqual(seen)
    expect(outcomeOf(lost)).toEqual(outcome)

    const one = upTo(limit, fail)
    const run = () =>
      minimizeTogether<Query>(
        (queries, answers) => {
          queries.forEach((query, k) => {
            if (query) answers[k] = k ? everything(query) : one(query)
          })
        },
        [solver, solver],
        [start, start],
      )
    expect(caught(run)).toBe(lost)
    const outcomes = outcomesOf(lost)!
    expect(outcomes[0]).toEqual(outcome)
    expect(outcomes[1]!.value).toBe(outcome!.value)

    // And on from there.
    const rest = minimize(everything, solver, outcome!.at)
    expect(rest.value).toBeLessThanOrEqual(outcome!.value)
  })
})

describe('outcomeOf', () => {
  const [, solver] = everySolver[0]!
  const thrownBy = (what: unknown) => {
    try {
      minimize(
        upTo(3, () => {
          throw what
        }),
        solver,
        start,
      )
    } catch (error) {
      return error
    }
    return expect.unreachable()
  }

  it('knows nothing of what cannot carry it, which is thrown all the same', () => {
    for (const what of ['text', undefined, null, 7, Object.freeze(new Error('frozen'))]) {
      expect(thrownBy(what)).toBe(what)
      expect(outcomeOf(what)).toBeUndefined()
      expect(outcomesOf(what)).toBeUndefined()
    }
    expect(outcomeOf(new Error('from elsewhere'))).toBeUndefined()
  })

  it('of a first question that fails: the start, and nothing measured', () => {
    const failed = new Error('down')
    const fail = () => {
      throw failed
    }
    expect(() => minimize(fail, solver, start)).toThrow(failed)
    expect(outcomeOf(failed)).toMatchObject({ status: 'stopped', value: Infinity, queries: 1, iterations: 0 })
    expect(outcomeOf(failed)!.at).toEqual(start)
  })

  it('of solvers side by side: those that have ended have their own ending', () => {
    const failed = new Error('down')
    let rounds = 0
    const run = () =>
      minimizeTogether<Query>(
        (queries, answers) => {
          if (rounds++ === 20) throw failed
          queries.forEach((query, k) => {
            if (query) answers[k] = everything(query)
          })
        },
        everySolver.filter(([name]) => name === 'newton' || name === 'sgd').map(([, s]) => s),
        [start, start],
      )
    expect(run).toThrow(failed)
    expect(outcomesOf(failed)!.map(({ status }) => status)).toEqual(['converged', 'stopped'])
  })
})

describe('stepThrough', () => {
  it('lets the solver clean up when nobody wants more', () => {
    let cleaned = 0
    const careful: Solver<Query> = function* (at) {
      try {
        return yield* everySolver[0]![1](at)
      } finally {
        cleaned++
      }
    }
    const walk = stepThrough(everything, careful, start)
    walk.next()
    expect(cleaned).toBe(0)
    walk.return({} as Outcome)
    expect(cleaned).toBe(1)
    for (const _ of stepThrough(everything, careful, start)) break
    expect(cleaned).toBe(2)
  })
})

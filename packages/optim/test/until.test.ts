// Criteria that end any solver, and say which one it was; the duality gap is a proof.
import { describe, expect, it } from 'vitest'
import { adam } from '../src/adam.ts'
import { elasticNet } from '../src/elastic-net.ts'
import { fista } from '../src/fista.ts'
import { gradientDescent } from '../src/gradient-descent.ts'
import { l1 } from '../src/l1.ts'
import { l2 } from '../src/l2.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize, stepThrough } from '../src/minimize.ts'
import { minimizeAsync } from '../src/minimize-async.ts'
import { newton } from '../src/newton.ts'
import type {
  DualQuery,
  GradientQuery,
  Oracle,
  Query,
  SampleQuery,
  Solver,
  Step,
  ValueQuery,
} from '../src/oracle.ts'
import type { SmoothQuery } from '../src/penalized.ts'
import type { Penalty } from '../src/penalty.ts'
import { proximalNewton } from '../src/proximal-newton.ts'
import { relativeDecrease } from '../src/relative-decrease.ts'
import { relativeGradient } from '../src/relative-gradient.ts'
import { until } from '../src/until.ts'
import { untilGap } from '../src/until-gap.ts'
import { compositeProblems, fixtures, logistic, quadratic, rosenbrock, sumProblems } from './bank.ts'
import { byGram } from './models.ts'

const bowl = quadratic('', [0.1, 1, 2], true)
const stepsOf = <Q extends Query>(oracle: Oracle<Q>, solver: Solver<Q>, start: ArrayLike<number>) => {
  const seen: Step[] = []
  const onStep = (step: Step) => seen.push({ ...step, at: step.at.slice() })
  return { outcome: minimize(oracle, solver as Solver<NoInfer<Q>>, start, { onStep }), seen }
}

describe('until', () => {
  it('ends at the first step that meets a criterion, with its reason, and changes nothing before', () => {
    const plain = stepsOf(bowl.oracle, lbfgs(), [5, -5, 5])
    const { outcome, seen } = stepsOf(bowl.oracle, until(lbfgs(), relativeGradient(1e-3)), [5, -5, 5])
    const first = plain.seen.findIndex(({ optimality }) => optimality <= 1e-3 * plain.seen[0]!.optimality)
    expect(first).toBeGreaterThan(1)
    expect(first).toBeLessThan(plain.outcome.iterations)
    expect(seen).toEqual(plain.seen.slice(0, first + 1))
    expect(outcome).toEqual({
      status: 'converged',
      message: "The gradient is within 0.001 of the start's.",
      at: seen[first]!.at,
      value: seen[first]!.value,
      iterations: first,
      optimality: seen[first]!.optimality,
      queries: outcome.queries,
    })
    expect(outcome.queries).toBeLessThan(plain.outcome.queries)
  })

  it('says which of several criteria it was, or that it was none of them', () => {
    // Around the minimum 0 no decrease is small, relatively.
    const raised: typeof bowl.oracle = (query) => bowl.oracle(query) + 5
    const messageOf = (tolerance: number) =>
      minimize(
        raised,
        until(gradientDescent(), relativeGradient(tolerance), relativeDecrease(1e-4)),
        [5, -5, 5],
      ).message
    expect(messageOf(0.5)).toBe("The gradient is within 0.5 of the start's.")
    expect(messageOf(1e-12)).toBe('The value changed by less than 0.0001 of itself.')
    const own = minimize(bowl.oracle, until(newton(), relativeDecrease(0)), bowl.start)
    expect(own).toEqual(minimize(bowl.oracle, newton(), bowl.start))
    const limit = until(gradientDescent({ maxIterations: 3 }), relativeGradient(1e-9))
    expect(minimize(bowl.oracle, limit, bowl.start).status).toBe('iteration-limit')
  })

  it('starts to judge anew in each run, and in runs side by side', () => {
    const solver = until(gradientDescent(), relativeDecrease(1e-3, { during: 2 }), relativeGradient(1e-2))
    const once = minimize(bowl.oracle, solver, [5, -5, 5])
    expect(minimize(bowl.oracle, solver, [5, -5, 5])).toEqual(once)
    const a = stepThrough(bowl.oracle, solver, [5, -5, 5])
    const b = stepThrough(bowl.oracle, solver, [50, 0, 0])
    for (;;) {
      b.next()
      const turn = a.next()
      if (!turn.done) continue
      expect(turn.value).toEqual(once)
      break
    }
  })

  it('takes criteria of one’s own, and every kind of solver', async () => {
    const low = () => (step: Step) => (step.value < 1 ? 'Low enough.' : undefined)
    for (const solver of [until(newton(), low), until(until(lbfgs(), relativeGradient(1e-14)), low)])
      expect(minimize(rosenbrock.oracle, solver, rosenbrock.start).message).toBe('Low enough.')
    const { oracle, start } = sumProblems[1]!
    const sampling = until(adam({ rows: oracle.rows, step: 0.1 }), relativeDecrease(1e-3, { during: 3 }))
    const outcome = await minimizeAsync(async (query: SampleQuery) => oracle(query), sampling, start)
    expect(outcome).toEqual(minimize(oracle, sampling, start))
    expect(outcome.message).toMatch(/^The value changed/)
  })

  it('keeps the penalty that the solver carries, and lets it clean up', () => {
    const penalty = l1(0.1)
    expect(until(fista({ penalty }), relativeGradient(1)).penalty).toBe(penalty)
    let cleaned = 0
    const careful: Solver<GradientQuery> = function* (at) {
      try {
        return yield* gradientDescent()(at)
      } finally {
        cleaned++
      }
    }
    minimize(bowl.oracle, until(careful, relativeGradient(0.1)), bowl.start)
    minimize(bowl.oracle, until(careful), bowl.start, { onStep: () => 'stop' })
    expect(cleaned).toBe(2)
  })
})

const judged = (criterion: ReturnType<typeof relativeGradient>, steps: [number, number][]) => {
  const judge = criterion()
  return steps.map(([value, optimality], iteration) =>
    Boolean(judge({ ask: 'step', iteration, value, optimality, at: new Float64Array(1) })),
  )
}

describe('relativeGradient', () => {
  it('compares with the start, whatever came between', () => {
    const steps: [number, number][] = [
      [1, 8],
      [1, 80],
      [1, 0.81],
      [1, 0.8],
      [1, 5],
    ]
    expect(judged(relativeGradient(0.1), steps)).toEqual([false, false, false, true, false])
    expect(judged(relativeGradient(1), [[1, 8]])).toEqual([true])
  })

  it('is not met by what was not measured', () => {
    expect(
      judged(relativeGradient(0.1), [
        [1, Infinity],
        [1, 1e9],
      ]),
    ).toEqual([false, false])
    expect(
      judged(relativeGradient(0.1), [
        [1, 1],
        [1, NaN],
      ]),
    ).toEqual([false, false])
  })

  it.each([-1, NaN])('refuses %s', (tolerance) => {
    expect(() => relativeGradient(tolerance)).toThrow(
      new RangeError(`relativeGradient: expected tolerance >= 0, got ${tolerance}`),
    )
  })
})

describe('relativeDecrease', () => {
  it('compares with the step before, in units of the value', () => {
    const values = [-100, -110, -111, -111.1, -111.2]
    const steps = values.map((value): [number, number] => [value, 1])
    expect(judged(relativeDecrease(0.001), steps)).toEqual([false, false, false, true, true])
    expect(judged(relativeDecrease(0.001, { during: 2 }), steps)).toEqual([false, false, false, false, true])
    const millionth = steps.map(([value]): [number, number] => [value / 1e6, 1])
    expect(judged(relativeDecrease(0.001), millionth)).toEqual(judged(relativeDecrease(0.001), steps))
  })

  it('counts a small rise as rest, a large one not, and starts to count anew after it', () => {
    const steps = [1, 1, 1.5, 1.5001, 1.5].map((value): [number, number] => [value, 1])
    expect(judged(relativeDecrease(0.001, { during: 2 }), steps)).toEqual([false, false, false, false, true])
  })

  it.each([
    [NaN, {}, 'tolerance >= 0, got NaN'],
    [1, { during: 0 }, 'during 1, 2, …, got 0'],
    [1, { during: 1.5 }, 'during 1, 2, …, got 1.5'],
  ])('refuses %s, %j', (tolerance, options, message) => {
    expect(() => relativeDecrease(tolerance, options)).toThrow(
      new RangeError(`relativeDecrease: expected ${message}`),
    )
  })
})

describe('untilGap', () => {
  const { X, y } = fixtures.find(({ lasso }) => lasso)!
  const smooth = logistic(X, y, 0)
  const n = y.length

  /** Σ s·H(π) with π = (1 − c) y + c p, the dual of the logistic loss at c·u (no offset). */
  const entropy = ({ at, scale }: DualQuery) => {
    const h = (q: number) => (q > 0 ? -q * Math.log(q) : 0)
    return X.reduce((sum, row, i) => {
      const p = 1 / (1 + Math.exp(-row.reduce((eta, x, j) => eta + x * at[j]!, 0)))
      const pi = (1 - scale) * y[i]! + scale * p
      return sum + (h(pi) + h(1 - pi)) / n
    }, 0)
  }
  const bare: Oracle<SmoothQuery | DualQuery> = (query) =>
    query.ask === 'dual' ? entropy(query) : smooth(query)
  const start = new Float64Array(X[0]!.length)

  /** The minimum of f + P, from a solver that nobody stops. */
  const least = (penalty: Penalty) => minimize(smooth, fista({ penalty, tolerance: 1e-13 }), start).value

  it.each<[string, Penalty]>([
    ['ℓ1', l1(0.05)],
    ['elastic net', elasticNet(0.05, 0.5)],
    ['ℓ2', l2(0.05)],
  ])(
    'with %s: what it returns is within the tolerance of the minimum, and no step before was known to be',
    (_, penalty) => {
      const minimum = least(penalty)
      for (const tolerance of [1e-2, 1e-5, 1e-9]) {
        const { outcome, seen } = stepsOf(
          bare,
          untilGap(fista({ penalty, tolerance: 1e-13 }), { tolerance }),
          start,
        )
        expect(outcome.message).toBe(`The duality gap is within ${tolerance}.`)
        expect(outcome.value - minimum).toBeLessThanOrEqual(tolerance)
        expect(outcome.value).toBe(seen.at(-1)!.value)
        // The gap by hand, at every step.
        const gaps = seen.map(({ at, value }) => {
          const gradient = at.slice()
          smooth({ ask: 'gradient', at, gradient })
          const u = gradient.map((slope) => -slope)
          const scale = penalty.dualScale(u)
          return value - entropy({ ask: 'dual', at, scale, gradient }) + penalty.conjugate(u, scale)
        })
        expect(gaps.findIndex((gap) => gap <= tolerance)).toBe(seen.length - 1)
        for (const [k, gap] of gaps.entries())
          expect(gap).toBeGreaterThanOrEqual(seen[k]!.value - minimum - 1e-14)
      }
    },
  )

  it('knows the gradient from the solver’s own questions: one question more for each look', () => {
    const penalty = l1(0.05)
    const asked: Query['ask'][] = []
    const spy: Oracle<Query> = (query) => {
      asked.push(query.ask)
      return byGram(smooth)(query as GradientQuery)
    }
    const counting: Oracle<Query> = (query) => {
      if (query.ask !== 'dual') return spy(query)
      asked.push('dual')
      return entropy(query)
    }
    minimize(counting, untilGap(proximalNewton({ penalty })), start)
    expect(asked.filter((ask) => ask === 'dual').length).toBeGreaterThan(2)
    expect(asked).not.toContain('gradient')
  })

  it('looks every so often, if asked', () => {
    const solver = (every: number) =>
      untilGap(fista({ penalty: l1(0.05), tolerance: 0 }), { tolerance: 1e-6, every })
    const once = minimize(bare, solver(1), start)
    const seldom = minimize(bare, solver(10), start)
    expect(seldom.iterations).toBe(10 * Math.ceil(once.iterations / 10))
    expect(seldom.message).toMatch(/duality gap/)
  })

  it('of a solver without a penalty: the oracle answers for the whole objective', () => {
    const penalty = l2(0.05)
    const whole: Oracle<ValueQuery | GradientQuery | DualQuery> = (query) => {
      if (query.ask !== 'dual') {
        const value = smooth(query) + penalty.value(query.at)
        if (query.ask === 'gradient') penalty.addGradient(query.at, query.gradient)
        return value
      }
      const gradient = query.at.slice()
      smooth({ ask: 'gradient', at: query.at, gradient })
      return entropy(query) - penalty.conjugate(gradient, query.scale)
    }
    const outcome = minimize(whole, untilGap(lbfgs({ tolerance: 0 }), { tolerance: 1e-7 }), start)
    expect(outcome.message).toBe('The duality gap is within 1e-7.')
    expect(outcome.value - least(penalty)).toBeLessThanOrEqual(1e-7)
    expect(outcome.optimality).toBeGreaterThan(1e-9)
  })

  it('knows no gap as long as f has a slope where nothing is penalised', () => {
    const weights = start.map((_, j) => (j ? 1 : 0))
    const penalty = l1(0.05, { weights })
    const slopes: number[] = []
    const spy: Oracle<SmoothQuery | DualQuery> = (query) => {
      if (query.ask === 'dual') slopes.push(Math.abs(query.gradient[0]!))
      return bare(query)
    }
    const solver = untilGap(fista({ penalty, tolerance: 1e-14 }), { tolerance: 1e-4 })
    const outcome = minimize(spy, solver, start)
    expect(outcome.message).toMatch(/duality gap/)
    expect(slopes.length).toBeGreaterThan(0)
    expect(Math.max(...slopes)).toBeLessThanOrEqual(1e-12)
    expect(outcome.value - least(penalty)).toBeLessThanOrEqual(1e-4)
    // Nothing is penalised at all: no gap before the gradient is 0.
    const free = minimize(bare, untilGap(fista({ penalty: l1(0) }), { tolerance: 0.1 }), start)
    expect(free.message).toBe('Within the tolerance.')
  })

  it('carries the penalty on, and leaves the iterates alone', () => {
    const { oracle, penalty, start: from } = compositeProblems[1]!
    const solver = untilGap(fista({ penalty }))
    expect(solver.penalty).toBe(penalty)
    const never: Oracle<SmoothQuery | DualQuery> = (query) =>
      query.ask === 'dual' ? -Infinity : oracle(query)
    const { outcome, seen } = stepsOf(never, solver, from)
    const plain = stepsOf(oracle, fista({ penalty }), from)
    expect(seen).toEqual(plain.seen)
    expect({ ...outcome, queries: 0 }).toEqual({ ...plain.outcome, queries: 0 })
  })

  it.each([
    [{ tolerance: NaN }, 'tolerance >= 0, got NaN'],
    [{ every: 0 }, 'every 1, 2, …, got 0'],
  ])('refuses %j', (options, message) => {
    expect(() => untilGap(lbfgs(), options)).toThrow(new RangeError(`untilGap: expected ${message}`))
  })
})

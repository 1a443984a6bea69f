import { describe, expect, it } from 'vitest'
import { elasticNet } from '../src/elastic-net.ts'
import { fista } from '../src/fista.ts'
import { l1 } from '../src/l1.ts'
import { l2 } from '../src/l2.ts'
import { minimize } from '../src/minimize.ts'
import { minimizeAsync } from '../src/minimize-async.ts'
import { minimizeTogether } from '../src/minimize-together.ts'
import { newton } from '../src/newton.ts'
import type { GradientQuery, ManyOracle, ModelQuery, Oracle, ValueQuery } from '../src/oracle.ts'
import { penalized } from '../src/penalized.ts'
import { type ProximalNewtonOptions, proximalNewton } from '../src/proximal-newton.ts'
import { compositeProblems, error, rosenbrock, smoothProblems, uniform } from './bank.ts'
import { byGram, logisticByResiduals } from './models.ts'

/** n × p with columns of pairwise correlation ρ, in units that differ by factors of ten if asked, and labels that two of them tell. */
function correlated(n: number, p: number, rho: number, scaled: boolean) {
  const random = uniform(5)
  const normal = () => random() + random() + random()
  const units = Float64Array.from({ length: p }, (_, j) => (scaled ? 10 ** ((j % 6) - 3) : 1))
  const X = Array.from({ length: n }, () => {
    const common = normal()
    return Array.from(units, (unit) => unit * (Math.sqrt(rho) * common + Math.sqrt(1 - rho) * normal()))
  })
  const y = X.map((row) => Number(random() < Math.tanh(row[0]! / units[0]! - row[2]! / units[2]!)))
  // The same fit in all units.
  return { X, y, weights: units }
}

describe('proximalNewton', () => {
  it('carries its penalty', () => {
    const penalty = l1(0.1)
    expect(proximalNewton({ penalty }).penalty).toBe(penalty)
  })

  it.each(compositeProblems)('finds the minimiser and its zeros in a few iterations: $name', (problem) => {
    const { oracle, penalty, start, solution, value } = problem
    const outcome = minimize(byGram(oracle), proximalNewton({ penalty, tolerance: 1e-11 }), start)
    expect(outcome.status).toBe('converged')
    expect(error(outcome.at, solution)).toBeLessThan(1e-8)
    expect(outcome.at.map(Math.sign)).toEqual(solution.map(Math.sign))
    expect(Math.abs(outcome.value - value)).toBeLessThan(1e-13)
    expect(outcome.iterations).toBeLessThanOrEqual(8)
    expect(outcome.queries).toBe(outcome.iterations + 1)
  })

  it.each(compositeProblems)('reports f + P, and a measured optimality at the end: $name', (problem) => {
    const { oracle, penalty, start } = problem
    const gradient = new Float64Array(start.length)
    for (const maxIterations of [0, 1, 100]) {
      const solver = proximalNewton({ penalty, maxIterations, tolerance: 1e-14 })
      const { at, value, optimality } = minimize(byGram(oracle), solver, start)
      expect(oracle({ ask: 'gradient', at, gradient }) + penalty.value(at)).toBe(value)
      expect(penalty.distance(at, gradient)).toBe(optimality)
    }
  })

  it('finds smooth minimisers of any scale, and of condition up to 1000, like any Newton method', () => {
    for (const problem of smoothProblems) {
      const { name, oracle, start, solution, tolerance, condition } = problem
      // Coordinate descent minds correlation, not scale.
      if (condition > 1000 && !/scaled|1e8/.test(name)) continue
      const solver = proximalNewton({ penalty: l1(0), tolerance })
      const { status, at } = minimize(byGram(oracle), solver, start)
      expect([name, status, error(at, solution) < 1e-8]).toEqual([name, 'converged', true])
    }
  })

  it('converges superlinearly', () => {
    const { oracle, start } = smoothProblems.find(({ name }) => name.includes('plain'))!
    const penalty = l1(0.02, { weights: [0, 1, 1, 1] })
    const errors: number[] = []
    minimize(byGram(oracle), proximalNewton({ penalty, tolerance: 1e-15 }), start, {
      onStep: ({ optimality }) => errors.push(optimality),
    })
    const last = errors.filter((e) => e > 1e-14)
    // The order log(eₖ₊₁/eₖ) / log(eₖ/eₖ₋₁) of the last three steps above rounding: 1 would be linear, 2 quadratic.
    const [a, b, c] = last.slice(-3).map(Math.log) as [number, number, number]
    expect((c - b) / (b - a)).toBeGreaterThan(1.4)
    expect(last.length).toBeLessThan(10)
  })

  it.each([false, true])('takes few iterations where FISTA takes thousands (badly scaled: %s)', (scaled) => {
    const { X, y, weights } = correlated(200, 50, 0.99, scaled)
    const penalty = l1(0.002, { weights })
    const oracle = logisticByResiduals(X, y)
    const start = new Float64Array(50)
    const outcome = minimize(oracle, proximalNewton({ penalty, tolerance: 1e-9 }), start)
    expect(outcome.status).toBe('converged')
    expect(outcome.iterations).toBeLessThan(15)
    const slow = minimize(oracle, fista({ penalty, tolerance: 1e-9, maxIterations: 3000 }), start)
    expect(slow.iterations).toBeGreaterThan(1000)
    if (scaled) expect(slow.status).toBe('iteration-limit')
    // Where both arrive, they are at the same place.
    else expect(Math.abs(slow.value - outcome.value)).toBeLessThan(1e-12)
    expect(outcome.value).toBeLessThan(slow.value + 1e-14)
  })

  it('takes residual models and bounds of the Hessian as well as Gram matrices: to the same optimum', () => {
    const { X, y, weights } = correlated(60, 90, 0.5, true)
    const penalty = l1(0.02, { weights })
    const start = new Float64Array(90)
    const [exact, bound] = [false, true].map((bound) =>
      minimize(
        logisticByResiduals(X, y, { bound }),
        proximalNewton({ penalty, tolerance: 1e-10, maxIterations: 1000 }),
        start,
      ),
    )
    expect([exact!.status, bound!.status]).toEqual(['converged', 'converged'])
    expect(Math.abs(exact!.value - bound!.value)).toBeLessThan(1e-12)
    expect(exact!.at.map(Math.sign)).toEqual(bound!.at.map(Math.sign))
    expect(exact!.iterations).toBeLessThan(bound!.iterations)
  })

  it('leaves unpenalised coordinates unpenalised, and takes smooth penalties too', () => {
    const { oracle, start } = smoothProblems.find(({ name }) => name.includes('plain'))!
    const weights = [0, 1, 1, 2]
    const gradient = new Float64Array(4)
    const { at } = minimize(
      byGram(oracle),
      proximalNewton({ penalty: elasticNet(0.2, 0.8, { weights }) }),
      start,
    )
    oracle({ ask: 'gradient', at, gradient })
    expect(Math.abs(gradient[0]!)).toBeLessThan(1e-8)
    expect(Math.abs(gradient[1]!)).toBeGreaterThan(0.1)

    const ridge = l2(0.05, { weights })
    const exact = minimize(penalized(oracle, ridge), newton({ tolerance: 1e-13 }), start)
    const outcome = minimize(byGram(oracle), proximalNewton({ penalty: ridge, tolerance: 1e-12 }), start)
    expect(error(outcome.at, exact.at)).toBeLessThan(1e-10)
  })

  it('drives a coordinate that f does not depend on to zero if it is penalised, and leaves it if not', () => {
    const flat: Oracle<ModelQuery> = byGram((query) => {
      const [x] = query.at as unknown as [number]
      if (query.ask !== 'value') query.gradient.set([x - 1, 0, 0])
      if (query.ask === 'hessian') query.hessian.set([1, 0, 0, 0, 0, 0, 0, 0, 0])
      return (x - 1) ** 2 / 2
    })
    const penalty = l1(0.25, { weights: [1, 1, 0] })
    const { status, at } = minimize(flat, proximalNewton({ penalty }), [5, 3, 7])
    expect([status, ...at]).toEqual(['converged', 0.75, 0, 7])
  })

  it('never goes uphill, though the function is not convex', () => {
    const values: number[] = []
    const penalty = l1(0.01)
    const outcome = minimize(byGram(rosenbrock.oracle), proximalNewton({ penalty }), rosenbrock.start, {
      onStep: ({ value }) => values.push(value),
    })
    expect(outcome.status).toBe('converged')
    for (let k = 1; k < values.length; k++) expect(values[k]).toBeLessThan(values[k - 1]! * (1 + 1e-12))
  })

  it('ends where it is still finite if it must', () => {
    // −√(1 − x²) is steep towards 1; beyond, there is nothing. f = x where |x| < 1.
    const cliff =
      (sick: 'value' | 'slope'): Oracle<ModelQuery> =>
      (query) => {
        const x = query.at[0]!
        query.gradient[0] = -1
        query.model = {
          size: 1,
          slope: () => (sick === 'slope' && x > 0 ? NaN : -1),
          curvature: () => 1,
          move: () => {},
        }
        return sick === 'value' && x !== 0 ? NaN : -x
      }
    const solver = proximalNewton({ penalty: l1(0.5) })
    expect(minimize(cliff('value'), solver, [0])).toMatchObject({
      status: 'non-finite',
      at: Float64Array.of(0),
      value: 0,
    })
    const outcome = minimize(cliff('slope'), solver, [0])
    expect(outcome.status).toBe('non-finite')
    expect(outcome.value).toBeCloseTo(-0.5 * outcome.at[0]!, 12)
    expect(outcome.at[0]).toBeGreaterThan(0)
    expect(minimize(() => NaN, solver, [0])).toMatchObject({ status: 'non-finite', iterations: 0 })
  })

  it('is the same with answers that come later, and side by side, bit for bit', async () => {
    const oracles = compositeProblems.map(({ oracle }) => byGram(oracle))
    const solvers = compositeProblems.map(({ penalty }) => proximalNewton({ penalty }))
    const starts = compositeProblems.map(({ start }) => start)
    const alone = oracles.map((oracle, k) => minimize(oracle, solvers[k]!, starts[k]!))
    for (const [k, oracle] of oracles.entries())
      expect(
        await minimizeAsync(async (query: ModelQuery) => oracle(query), solvers[k]!, starts[k]!),
      ).toEqual(alone[k])
    const many: ManyOracle<ValueQuery | GradientQuery | ModelQuery> = (queries, answers) => {
      queries.forEach((query, k) => {
        if (query) answers[k] = oracles[k]!(query)
      })
    }
    expect(minimizeTogether(many, solvers, starts)).toEqual(alone)
  })

  it('asks with one query object, which keeps the model that was put there', () => {
    const { oracle, penalty, start } = compositeProblems[1]!
    const answer = byGram(oracle)
    const seen = new Set<ModelQuery>()
    let kept = 0
    const watched: Oracle<ModelQuery> = (query) => {
      if (seen.has(query) && query.model) kept++
      seen.add(query)
      return answer(query)
    }
    const { queries } = minimize(watched, proximalNewton({ penalty }), start)
    expect([seen.size, kept]).toEqual([1, queries - 1])
  })

  it('refuses to start without a penalty or with options out of range', () => {
    expect(() => proximalNewton({} as ProximalNewtonOptions)).toThrow(
      new TypeError('proximalNewton: expected options.penalty, got undefined'),
    )
    expect(() => (proximalNewton as () => unknown)()).toThrow(TypeError)
    expect(() => proximalNewton({ penalty: l1(1), tolerance: NaN })).toThrow(
      new RangeError('proximalNewton: expected tolerance >= 0, got NaN'),
    )
  })
})

// The two accelerated methods: their formulas, their rates, and their restarts.
import { describe, expect, it } from 'vitest'
import { minimize } from '../src/minimize.ts'
import { momentum } from '../src/momentum.ts'
import { nesterov } from '../src/nesterov.ts'
import type { GradientQuery, Oracle, Solver, ValueQuery } from '../src/oracle.ts'
import { error, logistic, type Problem, quadratic, rosenbrock, smoothProblems, uniform } from './bank.ts'

const spread = (n: number, from: number, to: number) =>
  Array.from({ length: n }, (_, j) => from * (to / from) ** (j / (n - 1)))
const norm = (a: Float64Array) => Math.hypot(...a)

/** ‖x_k − x*‖ and f(x_k), k = 0, 1, … */
function track({ oracle, start, solution }: Problem, solver: Solver<ValueQuery | GradientQuery>) {
  const errors: number[] = []
  const values: number[] = []
  const outcome = minimize(oracle, solver, start, {
    onStep: ({ at, value }) => {
      errors.push(norm(at.map((v, j) => v - solution[j]!)))
      values.push(value)
    },
  })
  return { ...outcome, errors, values }
}

describe('momentum', () => {
  it('does as the formula says: x⁺ = x − t ∇f(x) + β (x − x⁻)', () => {
    const { oracle } = quadratic('', [1, 2], false)
    const gradient = new Float64Array(2)
    let before = Float64Array.of(3, -1)
    let at = before.slice()
    minimize(oracle, momentum({ step: 0.3, momentum: 0.5, restart: false, maxIterations: 20 }), at, {
      onStep: (step) => {
        expect(error(step.at, at)).toBeLessThan(1e-14)
        oracle({ ask: 'gradient', at, gradient })
        const next = at.map((x, j) => x - 0.3 * gradient[j]! + 0.5 * (x - before[j]!))
        before = at
        at = next
      },
    })
  })

  it('with Polyak’s t and β contracts by √β = (√κ − 1)/(√κ + 1) a step on a quadratic', () => {
    for (const condition of [10, 100, 1000]) {
      const problem = quadratic('', spread(12, 1, condition), true)
      const root = Math.sqrt(condition)
      const rate = (root - 1) / (root + 1)
      const solver = momentum({
        step: 4 / (root + 1) ** 2,
        momentum: rate * rate,
        tolerance: 1e-10,
        maxIterations: 3000,
      })
      const { errors, status } = track(problem, solver)
      expect(status).toBe('converged')
      // At the two ends of the spectrum the roots are double: k times the power.
      errors.forEach((e, k) => {
        if (e > 1e-10) expect(e).toBeLessThanOrEqual(errors[0]! * (1 + 2 * k) * rate ** k)
      })
      // Gradient descent at its best contracts by (κ − 1)/(κ + 1): √κ times as many steps.
      const descent = Math.log(1e-10) / Math.log((condition - 1) / (condition + 1))
      expect(errors.length).toBeLessThan((3 * descent) / root + 30)
    }
  })

  it('with momentum 0 is gradient descent, bit for bit', () => {
    const { oracle, start } = quadratic('', [1, 7, 50], true)
    const values: number[] = []
    minimize(oracle, momentum({ step: 0.02, momentum: 0, maxIterations: 40 }), start, {
      onStep: ({ value }) => values.push(value),
    })
    const at = start.slice()
    const gradient = new Float64Array(3)
    for (const value of values) {
      expect(oracle({ ask: 'gradient', at, gradient })).toBe(value)
      for (let j = 0; j < 3; j++) at[j]! -= 0.02 * gradient[j]!
    }
  })

  it('drops its momentum where it leads uphill, and so does not swing', () => {
    const { oracle, start } = quadratic('', [1], false)
    const turns = (restart: boolean) => {
      const values: number[] = []
      minimize(oracle, momentum({ step: 0.1, momentum: 0.95, restart, maxIterations: 100 }), start, {
        onStep: ({ value }) => values.push(value),
      })
      return values.filter((v, k) => k > 0 && v > values[k - 1]!).length
    }
    expect(turns(false)).toBeGreaterThan(30)
    expect(turns(true)).toBeLessThan(3)
  })

  it('never rises with backtracking and restart', () => {
    for (const problem of [rosenbrock, ...smoothProblems.filter(({ condition }) => condition <= 100)]) {
      const { values } = track(problem, momentum({ maxIterations: 300 }))
      for (let k = 1; k < values.length; k++)
        expect(values[k]).toBeLessThanOrEqual(values[k - 1]! + 1e-12 * Math.abs(values[k - 1]!))
    }
  })

  it('converges where the heavy ball alone cycles for ever', () => {
    // Lessard, Recht & Packard, SIAM J. Optim. 26 (2016), (4.11): f' piecewise linear with μ = 1, L = 25, Polyak's t and β.
    const slope = (x: number) => (x < 1 ? 25 * x : x < 2 ? x + 24 : 25 * x - 24)
    const value = (x: number) =>
      x < 1 ? 12.5 * x * x : x < 2 ? (x * x) / 2 + 24 * x - 12 : 12.5 * x * x - 24 * x + 36
    const oracle: Oracle<GradientQuery> = ({ at, gradient }) => {
      gradient[0] = slope(at[0]!)
      return value(at[0]!)
    }
    const polyak = { step: 1 / 9, momentum: 4 / 9, maxIterations: 2000 }
    expect(minimize(oracle, momentum(polyak), [3.3]).status).toBe('iteration-limit')
    expect(minimize(oracle, momentum({ momentum: 4 / 9 }), [3.3]).status).toBe('converged')
    expect(minimize(oracle, momentum({ ...polyak, step: 1 / 25, restart: true }), [3.3]).status).toBe(
      'converged',
    )
  })

  it('asks once per iteration with a fixed step', () => {
    const { oracle, start } = quadratic('', [1, 2], true)
    const { queries, iterations } = minimize(oracle, momentum({ step: 0.4, momentum: 0.3 }), start)
    expect(queries).toBe(iterations + 1)
  })

  it.each([
    [{ step: 0 }, "step > 0 or 'backtracking', got 0"],
    [{ step: NaN }, "step > 0 or 'backtracking', got NaN"],
    [{ step: 'wolfe' as 'backtracking' }, "step > 0 or 'backtracking', got wolfe"],
    [{ momentum: 1 }, 'momentum from 0 to 1 (not 1), got 1'],
    [{ momentum: -0.1 }, 'momentum from 0 to 1 (not 1), got -0.1'],
    [{ momentum: NaN }, 'momentum from 0 to 1 (not 1), got NaN'],
  ])('refuses %j by name', (options, message) => {
    expect(() => momentum(options)).toThrow(new RangeError(`momentum: expected ${message}`))
  })
})

describe('nesterov', () => {
  it('does as the formula says: x⁺ = y − t ∇f(y), y⁺ = x⁺ + (θ − 1)/θ⁺ (x⁺ − x)', () => {
    const { oracle } = quadratic('', [1, 2], false)
    const gradient = new Float64Array(2)
    let x = Float64Array.of(3, -1)
    let y = x.slice()
    let theta = 1
    minimize(oracle, nesterov({ step: 0.3, restart: false, maxIterations: 20 }), y, {
      onStep: (step) => {
        expect(error(step.at, y)).toBeLessThan(1e-14)
        oracle({ ask: 'gradient', at: y, gradient })
        const next = y.map((v, j) => v - 0.3 * gradient[j]!)
        const after = (1 + Math.sqrt(1 + 4 * theta * theta)) / 2
        y = next.map((v, j) => v + ((theta - 1) / after) * (v - x[j]!))
        theta = after
        x = next
      },
    })
  })

  it('keeps f(x_k) − f* ≤ 2L‖x₀ − x*‖²/(k + 1)² without strong convexity, where gradient descent is slower', () => {
    // Condition 10⁶: in 2000 steps nothing but the sublinear bound counts.
    const problem = quadratic('', spread(40, 1e-6, 1), true)
    const distance = norm(problem.solution)
    const steps: number[] = []
    let x = problem.start.slice()
    minimize(problem.oracle, nesterov({ step: 1, restart: false, maxIterations: 2000 }), problem.start, {
      onStep: ({ at }) => {
        // The bound is for x⁺ = y − t∇f(y), the point after the one that is reported.
        const gradient = new Float64Array(at.length)
        problem.oracle({ ask: 'gradient', at, gradient })
        x = at.map((v, j) => v - gradient[j]!)
        steps.push(problem.oracle({ ask: 'value', at: x }))
      },
    })
    steps.forEach((gap, k) => {
      expect(gap).toBeLessThanOrEqual((2 * distance ** 2) / (k + 2) ** 2)
    })
  })

  it.each([10, 100, 1000])('falls by 1 − √(μ/L) a step or faster, if μ is known: κ = %d', (condition) => {
    const problem = quadratic('', spread(12, 1, condition), true)
    const options = { step: 1 / condition, strongConvexity: 1, tolerance: 1e-9 * condition ** 0.5 }
    const { values, status } = track(problem, nesterov({ ...options, restart: false }))
    expect(status).toBe('converged')
    const rate = 1 - 1 / Math.sqrt(condition)
    // f(x_k) − f* ≤ (1 − √(μ/L))ᵏ (f(x₀) − f* + ½ μ ‖x₀ − x*‖²): Nesterov (2004), theorem 2.2.2, for x; y is within a factor of L/μ.
    values.forEach((gap, k) => {
      if (gap > 1e-14) expect(gap).toBeLessThanOrEqual(4 * condition * values[0]! * rate ** k)
    })
    // As a rate over the whole run, against (1 − 1/κ) of gradient descent.
    const last = values.findLastIndex((gap) => gap > 1e-14)
    expect((values[last]! / values[0]!) ** (1 / last)).toBeLessThanOrEqual(rate * (1 + 1e-3))
  })

  it('finds that rate by restarts, without knowing μ', () => {
    for (const condition of [100, 1000]) {
      const problem = quadratic('', spread(30, 1, condition), true)
      const step = 1 / condition
      const limits = { step, tolerance: 1e-7, maxIterations: 20_000 }
      const known = track(problem, nesterov({ ...limits, strongConvexity: 1 }))
      const found = track(problem, nesterov(limits))
      const never = track(problem, nesterov({ ...limits, restart: false }))
      expect([known.status, found.status]).toEqual(['converged', 'converged'])
      expect(found.iterations).toBeLessThan(2 * known.iterations)
      expect(never.iterations).toBeGreaterThan(2 * found.iterations)
    }
  })

  it('takes as many passes as it says: one with a fixed step, two with backtracking', () => {
    const { oracle, start } = quadratic('', spread(20, 1, 100), true)
    const fixed = minimize(oracle, nesterov({ step: 0.01 }), start)
    expect(fixed.queries).toBe(fixed.iterations + 1)
    const searching = minimize(oracle, nesterov(), start)
    expect(searching.queries / searching.iterations).toBeLessThan(2.3)
  })

  it('never rises with backtracking and restart', () => {
    for (const problem of [rosenbrock, ...smoothProblems.filter(({ condition }) => condition <= 100)]) {
      const { values } = track(problem, nesterov({ maxIterations: 300 }))
      for (let k = 1; k < values.length; k++)
        expect(values[k]).toBeLessThanOrEqual(values[k - 1]! + 1e-12 * Math.abs(values[k - 1]!))
    }
  })

  it('comes back from where momentum led out of the domain, with a fixed step too', () => {
    // x − log x, and NaN for x ≤ 0; steps of 0.5 from 4 build up a speed that carries past 0.
    const barrier: Oracle<ValueQuery | GradientQuery> = (query) => {
      const x = query.at[0]!
      if (query.ask === 'gradient') query.gradient[0] = x > 0 ? 1 - 1 / x : NaN
      return x - Math.log(x)
    }
    for (const step of [0.3, 'backtracking'] as const)
      for (const start of [2, 4, 40])
        expect(minimize(barrier, nesterov({ step }), [start])).toMatchObject({ status: 'converged' })
  })

  it('finds L by itself where the first step is far too short or long', () => {
    for (const size of [1e-5, 1, 1e6]) {
      const { oracle, start, solution } = quadratic('', [size, 3 * size, 10 * size], true)
      const { status, at, queries } = minimize(oracle, nesterov({ tolerance: 1e-9 * size }), start)
      expect([status, error(at, solution) < 1e-7]).toEqual(['converged', true])
      expect(queries).toBeLessThan(250)
    }
  })

  it('solves a logistic regression of many rows at the rate of its L', () => {
    const random = uniform(2)
    const X = Array.from({ length: 60 }, () => [1, random(), random(), random()])
    const y = X.map((row) => (row[1]! + 0.5 * random() > 0 ? 1 : 0))
    const oracle = logistic(X, y, 1e-2)
    const L = X.reduce((sum, row) => sum + row.reduce((s, v) => s + v * v, 0), 0) / 60 / 4 + 1e-2
    const { status, iterations } = minimize(
      oracle,
      nesterov({ step: 1 / L, strongConvexity: 1e-2 }),
      [0, 0, 0, 0],
    )
    expect(status).toBe('converged')
    // log(1/ε) √κ
    expect(iterations).toBeLessThan(Math.log(1e8) * 2 * Math.sqrt(L / 1e-2))
  })

  it.each([
    [{ step: -1 }, "step > 0 or 'backtracking', got -1"],
    [{ step: Infinity }, "step > 0 or 'backtracking', got Infinity"],
    [{ strongConvexity: -1 }, 'strongConvexity >= 0, got -1'],
    [{ strongConvexity: NaN }, 'strongConvexity >= 0, got NaN'],
  ])('refuses %j by name', (options, message) => {
    expect(() => nesterov(options)).toThrow(new RangeError(`nesterov: expected ${message}`))
  })
})

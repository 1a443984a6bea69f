import { describe, expect, it } from 'vitest'
import { fista } from '../src/fista.ts'
import { l1 } from '../src/l1.ts'
import { mcp } from '../src/mcp.ts'
import { minimize } from '../src/minimize.ts'
import { type ProximalGradientOptions, proximalGradient } from '../src/proximal-gradient.ts'
import { proximalNewton } from '../src/proximal-newton.ts'
import { scad } from '../src/scad.ts'
import { compositeProblems, error, quadratic } from './bank.ts'
import { oracle, start, X, y } from './composite-problems.ts'
import { byGram, logisticByResiduals } from './models.ts'

/** F after each iteration. */
function values(solver: Parameters<typeof minimize>[1], problem: (typeof compositeProblems)[number]) {
  const seen: number[] = []
  minimize(problem.oracle as Parameters<typeof minimize>[0], solver, problem.start, {
    onStep: ({ value }) => seen.push(value),
  })
  return seen
}
const distance = ({ start, solution }: (typeof compositeProblems)[number]) =>
  start.reduce((sum, v, j) => sum + (v - solution[j]!) ** 2, 0)

describe('proximalGradient', () => {
  it.each(compositeProblems)('keeps the bounds of theory with t = 1/L: $name', (problem) => {
    const { penalty, smoothness: L, value } = problem
    const limits = { penalty, step: 1 / L, maxIterations: 300, tolerance: 0 }
    // Beck & Teboulle, theorems 3.1 and 4.4.
    const square = distance(problem)
    values(proximalGradient(limits), problem).forEach((seen, k) => {
      if (k) expect(seen - value).toBeLessThanOrEqual((L * square) / (2 * k) + 1e-13)
    })
    values(fista(limits), problem).forEach((seen, k) => {
      if (k) expect(seen - value).toBeLessThanOrEqual((2 * L * square) / (k + 1) ** 2 + 1e-13)
    })
  })

  it('contracts by 1 − μ/L a step where f bends everywhere, and FISTA needs about the root of as many', () => {
    const eigenvalues = Array.from({ length: 20 }, (_, j) => 1000 ** (j / 19 - 1))
    const { oracle, start, solution } = quadratic('', eigenvalues, true)
    const iterations = (solver: Parameters<typeof minimize>[1]) =>
      minimize(oracle as Parameters<typeof minimize>[0], solver, start).iterations
    const limits = { penalty: l1(0), step: 1, tolerance: 1e-9, maxIterations: 50_000 }
    const plain = iterations(proximalGradient(limits))
    expect(plain).toBeGreaterThan(5000)
    expect(iterations(fista(limits))).toBeLessThan(plain / 10)
    const distances: number[] = []
    minimize(oracle, proximalGradient({ ...limits, maxIterations: 400 }), start, {
      onStep: ({ at }) => distances.push(Math.hypot(...at.map((v, j) => v - solution[j]!))),
    })
    for (let k = 1; k < distances.length; k++)
      expect(distances[k]! / distances[k - 1]!).toBeLessThanOrEqual(0.999 + 1e-12)
  })

  it.each(compositeProblems)(
    'never goes uphill, at one pass per iteration and few more: $name',
    (problem) => {
      const seen: number[] = []
      const { oracle, penalty, start } = problem
      const outcome = minimize(oracle, proximalGradient({ penalty, maxIterations: 50_000 }), start, {
        onStep: ({ value }) => seen.push(value),
      })
      expect(outcome.status).toBe('converged')
      for (let k = 1; k < seen.length; k++)
        expect(seen[k]! - seen[k - 1]!).toBeLessThanOrEqual(1e-12 * Math.abs(seen[k]!))
      expect(outcome.queries).toBeLessThan(2.2 * outcome.iterations + 10)
    },
  )

  it('finds its step though f is far flatter or steeper than 1', () => {
    for (const unit of [1e-6, 1, 1e6]) {
      const { oracle, start, solution } = quadratic('', [0.1 * unit, unit], true)
      const outcome = minimize(oracle, proximalGradient({ penalty: l1(0), tolerance: 1e-9 * unit }), start)
      expect([outcome.status, error(outcome.at, solution) < 1e-7]).toEqual(['converged', true])
      expect(outcome.iterations).toBeLessThan(300)
    }
  })

  it('refuses what it cannot work with', () => {
    expect(() => proximalGradient({} as ProximalGradientOptions)).toThrow(
      new TypeError('proximalGradient: expected options.penalty, got undefined'),
    )
    for (const step of [0, NaN, Infinity])
      expect(() => proximalGradient({ penalty: l1(1), step })).toThrow(
        new RangeError(`proximalGradient: expected step > 0, got ${step}`),
      )
    const penalty = mcp(1, 3)
    expect(() => proximalGradient({ penalty, step: 3 })).toThrow(
      new RangeError('proximalGradient: expected step < 3 with this penalty, got 3'),
    )
    expect(() => fista({ penalty, step: 4 })).toThrow(
      new RangeError('fista: expected step < 3 with this penalty, got 4'),
    )
  })
})

describe('penalties that are not convex', () => {
  const weights = start.map((_, j) => Number(j > 0))
  const free = { weights }
  const penalties = [mcp(0.05, 3, free), mcp(0.05, 30, free), scad(0.05, 3.7, free), scad(0.08, 12, free)]

  it.each(
    penalties.flatMap((p) =>
      (['proximalGradient', 'fista', 'proximalNewton'] as const).map((s) => ({ p, s })),
    ),
  )('$p.name ($p.stepLimit): $s finds a stationary point', ({ p, s }) => {
    const limits = { penalty: p, tolerance: 1e-9, maxIterations: 100_000 }
    const solver = { proximalGradient, fista, proximalNewton }[s](limits)
    const outcome = minimize(byGram(oracle), solver, start)
    expect(outcome.status).toBe('converged')
    // Measured anew: −∇f is in the subdifferential, and no coordinate alone goes further down.
    const gradient = start.slice()
    const value = oracle({ ask: 'gradient', at: outcome.at, gradient }) + p.value(outcome.at)
    expect(p.distance(outcome.at, gradient)).toBeLessThan(1e-9)
    expect(value).toBeLessThan(oracle({ ask: 'value', at: start }))
    for (let j = 0; j < 13; j++)
      for (const by of [1e-4, -1e-4]) {
        const near = outcome.at.map((v, k) => (k === j ? v + by : v))
        expect(oracle({ ask: 'value', at: near }) + p.value(near)).toBeGreaterThan(value - 1e-11)
      }
    expect(outcome.at.some((v) => v === 0)).toBe(true)
  })

  it('do not shrink what is large: an orthogonal design has the least squares there', () => {
    // ½ ‖w − b‖²: firm thresholding in closed form.
    const b = [4, -2.5, 1.2, 0.7, 0.2]
    const squares = byGram((query) => {
      if (query.ask !== 'value') query.gradient.set(query.at.map((v, j) => v - b[j]!))
      if (query.ask === 'hessian') query.hessian.set(query.hessian.map((_, q) => Number(q % 6 === 0)))
      return query.at.reduce((sum, v, j) => sum + (v - b[j]!) ** 2 / 2, 0)
    })
    const penalty = mcp(0.5, 3)
    const expected = Float64Array.of(4, -2.5, (1.2 - 0.5) / (1 - 1 / 3), (0.7 - 0.5) / (1 - 1 / 3), 0)
    for (const solver of [proximalGradient({ penalty }), fista({ penalty }), proximalNewton({ penalty })])
      expect(error(minimize(squares, solver, new Float64Array(5)).at, expected)).toBeLessThan(1e-8)
  })

  it('go with curvatures that are smaller than the penalty’s', () => {
    const rows = X.map((row) => row.slice(1))
    const plain = logisticByResiduals(rows, y)
    const penalty = mcp(0.02, 1.5)
    for (const solver of [
      proximalGradient({ penalty, maxIterations: 50_000 }),
      fista({ penalty, maxIterations: 50_000 }),
    ]) {
      const { status, at } = minimize(plain, solver, new Float64Array(12))
      const gradient = new Float64Array(12)
      plain({ ask: 'gradient', at, gradient })
      expect(status).toBe('converged')
      expect(penalty.distance(at, gradient)).toBeLessThan(1e-8)
    }
    // Proximal Newton needs more curvature than that; it does not go uphill for want of it.
    const outcome = minimize(plain, proximalNewton({ penalty }), new Float64Array(12))
    expect(outcome.value).toBeLessThan(Math.LN2)
    expect(['converged', 'line-search-failed']).toContain(outcome.status)
  })
})

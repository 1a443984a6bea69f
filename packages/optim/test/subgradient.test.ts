// Kinked losses against the minima of linear programs, and the rate that theory promises.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { minimize } from '../src/minimize.ts'
import type { GradientQuery, Oracle, Step } from '../src/oracle.ts'
import { subgradient } from '../src/subgradient.ts'

interface Kinked {
  name: string
  X: number[][]
  y: number[]
  value: number
  solution: number[]
}
const fixtures: Kinked[] = JSON.parse(readFileSync(new URL('fixtures/kinked.json', import.meta.url), 'utf8'))

/** The mean of |η − y| or of max(0, 1 − yη); at a kink, a subgradient from either side. */
function meanLoss({ name, X, y }: Kinked): Oracle<GradientQuery> {
  const n = X.length
  return ({ at, gradient }) => {
    gradient.fill(0)
    let value = 0
    X.forEach((row, i) => {
      const eta = row.reduce((sum, x, j) => sum + x * at[j]!, 0)
      const [loss, slope] = name.startsWith('absolute')
        ? [Math.abs(eta - y[i]!), Math.sign(eta - y[i]!)]
        : [Math.max(0, 1 - y[i]! * eta), y[i]! * eta < 1 ? -y[i]! : 0]
      value += loss / n
      row.forEach((x, j) => {
        gradient[j]! += (slope * x) / n
      })
    })
    return value
  }
}
const start = new Float64Array(3)
const norm = (v: ArrayLike<number>) => Math.hypot(...Array.from(v))
const absolute: Oracle<GradientQuery> = ({ at, gradient }) => {
  gradient[0] = Math.sign(at[0]! - 3)
  return Math.abs(at[0]! - 3)
}

describe('subgradient finds the minima of linear programs', () => {
  it.each(fixtures)('$name, by steps of falling length: to three digits', (problem) => {
    const length = 2 * norm(problem.solution)
    const outcome = minimize(meanLoss(problem), subgradient({ length, maxIterations: 20_000 }), start)
    expect(outcome.value - problem.value).toBeLessThan(1e-3 * Math.max(1, problem.value))
    expect(outcome.value).toBeGreaterThan(problem.value - 1e-12)
  })

  it.each(fixtures)('$name, by Polyak’s steps: as exactly as it is asked', (problem) => {
    const solver = subgradient({ optimum: problem.value, tolerance: 1e-7, maxIterations: 100_000 })
    const outcome = minimize(meanLoss(problem), solver, start)
    expect(outcome.status).toBe('converged')
    expect(outcome.value - problem.value).toBeLessThan(1e-7)
    expect(outcome.value).toBeGreaterThan(problem.value - 1e-12)
  })
})

describe('subgradient', () => {
  it.each(fixtures)('is never above the bound of theory: $name', (problem) => {
    // min f − f* ≤ (‖x⁰ − x*‖² + Σ length²) / 2 Σ length/G, Nesterov (2004), theorem 3.2.2.
    const distance = norm(problem.solution)
    let largest = 0
    let least = Infinity
    let lengths = 0
    let squares = 0
    const oracle = meanLoss(problem)
    const solver = subgradient({ length: 3, maxIterations: 2000 })
    const watched: Oracle<GradientQuery> = (query) => {
      const value = oracle(query)
      largest = Math.max(largest, norm(query.gradient))
      return value
    }
    minimize(watched, solver, start, {
      onStep: ({ iteration, value }) => {
        least = Math.min(least, value)
        lengths += 3 / Math.sqrt(iteration + 1)
        squares += 9 / (iteration + 1)
        expect(least - problem.value).toBeLessThan((largest * (distance ** 2 + squares)) / (2 * lengths))
      },
    })
  })

  it('moves as far as it is told, against the subgradient', () => {
    const oracle = meanLoss(fixtures[0]!)
    for (const length of [2, (k: number) => 2 / Math.sqrt(k + 1)]) {
      const seen: Step[] = []
      const onStep = (step: Step) => seen.push({ ...step, at: step.at.slice() })
      minimize(oracle, subgradient({ length, maxIterations: 30 }), start, { onStep })
      const gradient = start.slice()
      for (let k = 0; k < 30; k++) {
        const move = seen[k + 1]!.at.map((x, j) => x - seen[k]!.at[j]!)
        oracle({ ask: 'gradient', at: seen[k]!.at, gradient })
        expect(norm(move)).toBeCloseTo(2 / Math.sqrt(k + 1), 12)
        const cosine = move.reduce((sum, m, j) => sum + m * gradient[j]!, 0) / norm(move) / norm(gradient)
        expect(cosine).toBeCloseTo(-1, 12)
      }
    }
  })

  it('by Polyak’s step comes closer to every minimiser in every step', () => {
    const problem = fixtures[1]!
    let before = Infinity
    minimize(meanLoss(problem), subgradient({ optimum: problem.value, maxIterations: 500 }), start, {
      onStep: ({ at }) => {
        const distance = norm(at.map((x, j) => x - problem.solution[j]!))
        expect(distance).toBeLessThanOrEqual(before * (1 + 1e-12))
        before = distance
      },
    })
  })

  it('returns the best point, though the last is a worse one, and counts all iterations', () => {
    const values: number[] = []
    const outcome = minimize(absolute, subgradient({ length: () => 2, maxIterations: 7 }), [0], {
      onStep: ({ value }) => values.push(value),
    })
    expect(values).toEqual([3, 1, 1, 1, 1, 1, 1, 1])
    expect(outcome).toMatchObject({ status: 'iteration-limit', value: 1, iterations: 7, queries: 8 })
    const worse = minimize(absolute, subgradient({ length: (k) => (k ? 9 : 2), maxIterations: 2 }), [0])
    expect([worse.value, worse.at[0]]).toEqual([1, 2])
  })

  it('stops at once where the subgradient is 0, or f* is reached', () => {
    expect(minimize(absolute, subgradient(), [3])).toMatchObject({
      status: 'converged',
      queries: 1,
      value: 0,
    })
    const reached = minimize(absolute, subgradient({ optimum: 1 }), [4])
    expect(reached).toMatchObject({ status: 'converged', iterations: 0, optimality: 1 })
  })

  it('ends at the best point where an answer is not finite', () => {
    const cliff: Oracle<GradientQuery> = (query) => (query.at[0]! > 3 ? NaN : absolute(query))
    const outcome = minimize(cliff, subgradient({ length: () => 2 }), [0])
    expect(outcome).toMatchObject({ status: 'non-finite', value: 1, iterations: 1 })
    expect(minimize(() => Infinity, subgradient(), [1])).toMatchObject({ status: 'non-finite', queries: 1 })
  })

  it.each([
    [{ length: 0 }, 'length > 0, got 0'],
    [{ length: () => NaN }, 'length > 0, got NaN'],
    [{ optimum: NaN }, 'a finite optimum, got NaN'],
    [{ tolerance: -1 }, 'tolerance >= 0, got -1'],
    [{ maxIterations: NaN }, 'maxIterations >= 0, got NaN'],
  ])('refuses %j', (options, message) => {
    expect(() => subgradient(options)).toThrow(new RangeError(`subgradient: expected ${message}`))
  })
})

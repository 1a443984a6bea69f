import { describe, expect, it } from 'vitest'
import { bfgs } from '../src/bfgs.ts'
import { minimize } from '../src/minimize.ts'
import type { GradientQuery, Oracle } from '../src/oracle.ts'
import { error, quadratic, smoothProblems } from './bank.ts'

const named = (name: string) => smoothProblems.find((problem) => problem.name.includes(name))!

describe('bfgs', () => {
  it.each(['plain', 'separable', 'Rosenbrock', 'collinear'])(
    'converges superlinearly: the factors go to 0: %s',
    (name) => {
      const { oracle, start, solution, tolerance } = named(name)
      const errors: number[] = []
      minimize(oracle, bfgs({ tolerance: tolerance / 10 }), start, {
        onStep: ({ at }) => errors.push(error(at, solution)),
      })
      // Dennis & Moré: ‖e_{k+1}‖/‖e_k‖ → 0. Geometric means of the last three factors above rounding, and of the first three.
      const late = errors.filter((e) => e > 1e-11)
      const ratios = late.slice(1).map((e, k) => e / late[k]!)
      const mean = (factors: number[]) =>
        factors.reduce((product, r) => product * r, 1) ** (1 / factors.length)
      expect(mean(ratios.slice(-3))).toBeLessThan(0.12)
      expect(mean(ratios.slice(-3))).toBeLessThan(mean(ratios.slice(0, 3)) / 3)
    },
  )

  it('takes about one pass per iteration, and about as many iterations as SciPy’s BFGS', () => {
    // scipy 1.10.1, optimize.minimize(method='BFGS', gtol=1e-9) from (−1.2, 1): 34 iterations, 41 passes.
    const { oracle, start } = named('Rosenbrock')
    const { iterations, queries } = minimize(oracle, bfgs({ tolerance: 1e-9 }), start)
    expect(iterations).toBeLessThan(42)
    expect(queries).toBeLessThan(50)
  })

  it('needs the p-th pair, and few more, on a quadratic whose steps were exact', () => {
    // Each step of length 1 along the eigenvector that is left: with exact line searches BFGS ends in p steps; these are not exact.
    const eigenvalues = [1, 2, 3, 4, 5]
    const { oracle, start, solution } = quadratic('', eigenvalues, true)
    const { iterations, at } = minimize(oracle, bfgs(), start)
    expect(iterations).toBeLessThan(4 * eigenvalues.length)
    expect(error(at, solution)).toBeLessThan(1e-8)
  })

  it('scales the first matrix by the first pair: κ = 1, any curvature, is solved by the second step', () => {
    for (const curvature of [1e-3, 0.3, 7, 1e5]) {
      const { oracle, start, solution } = quadratic('', [curvature, curvature, curvature], true)
      const outcome = minimize(oracle, bfgs({ tolerance: 1e-9 * curvature }), start)
      // One more where the first step, of length 1 at most, has to be lengthened or shortened.
      expect(outcome.iterations).toBeLessThanOrEqual(3)
      expect(error(outcome.at, solution)).toBeLessThan(1e-8)
    }
  })

  it('does as the formula says: the second direction is −B∇f with B from (6.17) and (6.20)', () => {
    const { oracle } = quadratic('', [1, 3], true)
    const steps: { at: Float64Array; g: Float64Array }[] = []
    minimize(oracle, bfgs({ maxIterations: 2 }), [3, -1], {
      onStep: ({ at }) => {
        const g = new Float64Array(2)
        oracle({ ask: 'gradient', at, gradient: g })
        steps.push({ at: at.slice(), g })
      },
    })
    const [a, b, c] = steps as [(typeof steps)[0], (typeof steps)[0], (typeof steps)[0]]
    const s = b.at.map((v, j) => v - a.at[j]!)
    const y = b.g.map((v, j) => v - a.g[j]!)
    const ys = y[0]! * s[0]! + y[1]! * s[1]!
    const gamma = ys / (y[0]! ** 2 + y[1]! ** 2)
    // V = I − ρ y sᵀ; B = γ VᵀV + ρ s sᵀ
    const V = [0, 1].map((i) => [0, 1].map((j) => (i === j ? 1 : 0) - (y[i]! * s[j]!) / ys))
    const B = [0, 1].map((i) =>
      [0, 1].map((j) => gamma * (V[0]![i]! * V[0]![j]! + V[1]![i]! * V[1]![j]!) + (s[i]! * s[j]!) / ys),
    )
    const d = B.map((row) => -(row[0]! * b.g[0]! + row[1]! * b.g[1]!))
    const moved = c.at.map((v, j) => v - b.at[j]!)
    expect(moved[0]! * d[1]! - moved[1]! * d[0]!).toBeCloseTo(0, 13)
    expect(moved[0]! * d[0]! + moved[1]! * d[1]!).toBeGreaterThan(0)
  })

  it('does not move a coordinate by more than 1 before it knows anything', () => {
    const { oracle, start } = quadratic('', [1, 1e3, 1e6], true)
    const asked: Float64Array[] = []
    const noting: Oracle<GradientQuery> = (query) => {
      asked.push(query.at.slice())
      return oracle(query)
    }
    minimize(noting, bfgs({ maxIterations: 1 }), start)
    expect(Math.max(...asked[1]!.map((x, j) => Math.abs(x - start[j]!)))).toBeCloseTo(1, 12)
  })

  it('forgets the matrix after a search that found nothing, and tries once more', () => {
    const { oracle, start, solution } = named('plain')
    let trials = 0
    // From the 8th question on, 40 answers (one search) are of no use.
    const moody: Oracle<GradientQuery> = (query) => {
      const value = oracle(query)
      trials++
      return trials > 7 && trials <= 47 ? value + 1 : value
    }
    const { status, at, queries } = minimize(moody, bfgs({ tolerance: 1e-10 }), start)
    expect([status, error(at, solution) < 1e-8]).toEqual(['converged', true])
    expect(queries).toBeGreaterThan(47)
  })

  it('allocates nothing while it runs', () => {
    const { oracle, start } = quadratic('', [1, 3, 9, 27], true)
    const buffers = new Set<Float64Array>()
    minimize(
      (query: GradientQuery) => {
        buffers.add(query.at).add(query.gradient)
        return oracle(query)
      },
      bfgs(),
      start,
    )
    expect(buffers.size).toBe(2)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minimize } from '../src/minimize.ts'
import { newton } from '../src/newton.ts'
import type { HessianQuery, Oracle } from '../src/oracle.ts'
import { error, quadratic, smoothProblems } from './bank.ts'

const named = (name: string) => smoothProblems.find((problem) => problem.name.includes(name))!

describe('newton', () => {
  it.each(smoothProblems.filter((problem) => problem.quadratic))(
    'needs one step, two passes: $name',
    (problem) => {
      const { oracle, start, solution, tolerance } = problem
      const outcome = minimize(oracle, newton({ tolerance }), start)
      expect(outcome).toMatchObject({ status: 'converged', iterations: 1, queries: 2 })
      expect(error(outcome.at, solution)).toBeLessThan(1e-10)
    },
  )

  it.each(['plain', 'badly scaled', 'separable', 'Rosenbrock'])('converges quadratically: %s', (name) => {
    const { oracle, start, solution, tolerance } = named(name)
    const errors: number[] = []
    const onStep = ({ at }: { at: Float64Array }) => errors.push(error(at, solution))
    const { queries, iterations } = minimize(oracle, newton({ tolerance }), start, { onStep })
    const late = errors.filter((e) => e < 0.1 && e > 1e-9)
    expect(late.length).toBeGreaterThan(0)
    errors.forEach((e, k) => {
      if (e < 0.1 && e > 1e-9) expect(errors[k + 1]).toBeLessThan(50 * e * e + 1e-15)
    })
    if (name !== 'Rosenbrock') expect(queries).toBe(iterations + 1)
  })

  it('does not mind how the coordinates are scaled', () => {
    const { oracle, start, tolerance } = named('plain')
    const scale = [1, 1e4, 1e-4, 1e6]
    const scaled: Oracle<HessianQuery> = ({ at, gradient, hessian }) => {
      const value = oracle({ ask: 'hessian', at: at.map((v, j) => v * scale[j]!), gradient, hessian })
      for (let j = 0; j < 4; j++) {
        gradient[j]! *= scale[j]!
        for (let k = 0; k < 4; k++) hessian[j * 4 + k]! *= scale[j]! * scale[k]!
      }
      return value
    }
    const plain = minimize(oracle, newton({ tolerance }), start)
    const { iterations, value } = minimize(scaled, newton({ tolerance }), start)
    expect(Math.abs(iterations - plain.iterations)).toBeLessThanOrEqual(1)
    expect(value).toBeCloseTo(plain.value, 14)
  })

  it('leaves a coordinate alone that the function does not depend on', () => {
    const { oracle, start, solution, tolerance } = named('plain')
    const wider: Oracle<HessianQuery> = ({ at, gradient, hessian }) => {
      const inner = { gradient: new Float64Array(4), hessian: new Float64Array(16) }
      const value = oracle({ ask: 'hessian', at: at.filter((_, j) => j !== 2), ...inner })
      gradient.fill(0)
      hessian.fill(0)
      const place = [0, 1, 3, 4]
      place.forEach((to, j) => {
        gradient[to] = inner.gradient[j]!
        place.forEach((other, k) => {
          hessian[to * 5 + other] = inner.hessian[j * 4 + k]!
        })
      })
      return value
    }
    const { status, at, iterations } = minimize(wider, newton({ tolerance }), [...start.slice(0, 2), 7, 0, 0])
    expect(status).toBe('converged')
    expect(iterations).toBeLessThan(10)
    expect(at[2]).toBe(7)
    expect(
      error(
        at.filter((_, j) => j !== 2),
        solution,
      ),
    ).toBeLessThan(1e-8)
  })

  it('finds a minimiser where the Hessian is singular along a line', () => {
    // Two equal columns: only their sum matters.
    const { oracle, solution } = quadratic('', [1, 3], true)
    const doubled: Oracle<HessianQuery> = ({ at, gradient, hessian }) => {
      const g = new Float64Array(2)
      const h = new Float64Array(4)
      const value = oracle({
        ask: 'hessian',
        at: Float64Array.of(at[0]!, at[1]! + at[2]!),
        gradient: g,
        hessian: h,
      })
      const of = [0, 1, 1]
      gradient.set(of.map((j) => g[j]!))
      of.forEach((j, row) => {
        of.forEach((k, column) => {
          hessian[row * 3 + column] = h[j * 2 + k]!
        })
      })
      return value
    }
    const { status, at, iterations } = minimize(doubled, newton(), [0, 0, 0])
    expect(status).toBe('converged')
    expect(iterations).toBeLessThan(5)
    expect(at[0]).toBeCloseTo(solution[0]!, 7)
    expect(at[1]! + at[2]!).toBeCloseTo(solution[1]!, 7)
    expect(Math.abs(at[1]!) + Math.abs(at[2]!)).toBeLessThan(10)
  })

  it('leaves a saddle: where the Hessian is indefinite it still goes down', () => {
    // x⁴/4 − x²/2 + y²/2 has a saddle at 0 and minima at (±1, 0).
    const wells: Oracle<HessianQuery> = ({ at: [x, y], gradient, hessian }) => {
      gradient.set([x! ** 3 - x!, y!])
      hessian.set([3 * x! * x! - 1, 0, 0, 1])
      return x! ** 4 / 4 - (x! * x!) / 2 + (y! * y!) / 2
    }
    const coordinate = fc.double({ min: -0.5, max: 0.5, noNaN: true }).filter((v) => Math.abs(v) > 1e-3)
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const { status, at } = minimize(wells, newton(), [x, y])
        expect([status, Math.sign(x) * at[0]!]).toEqual(['converged', expect.closeTo(1, 7)])
      }),
    )
  })

  it('ends by name when the Hessian is not finite', () => {
    const broken: Oracle<HessianQuery> = ({ at, gradient, hessian }) => {
      gradient[0] = 2 * at[0]!
      hessian[0] = NaN
      return at[0]! ** 2
    }
    expect(minimize(broken, newton(), [1])).toMatchObject({ status: 'non-finite', value: 1, queries: 1 })
  })

  it('takes a step that only the gradient can judge, near the rounding error of a large value', () => {
    const { oracle, start, solution } = named('plain')
    const raised: Oracle<HessianQuery> = (query) => oracle(query) + 1e6
    const { status, at, queries } = minimize(raised, newton({ tolerance: 1e-12 }), start)
    expect(status).toBe('converged')
    expect(error(at, solution)).toBeLessThan(1e-10)
    expect(queries).toBeLessThan(12)
  })
})

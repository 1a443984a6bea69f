import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { box } from '../src/box.ts'
import { l1 } from '../src/l1.ts'
import { minimize } from '../src/minimize.ts'
import { nonNegative } from '../src/non-negative.ts'
import type { GradientQuery, Oracle } from '../src/oracle.ts'
import { type ProjectedGradientOptions, projectedGradient } from '../src/projected-gradient.ts'
import { proximalGradient } from '../src/proximal-gradient.ts'
import { proximalNewton } from '../src/proximal-newton.ts'
import { error, quadratic, rosenbrock, smoothProblems, spectrum } from './bank.ts'
import { byGram } from './models.ts'

/** The minimiser of ½ (w − c)ᵀA(w − c) in a box by trying all sets of active bounds (n small), with its KKT conditions. */
function bruteForce(a: Float64Array, c: Float64Array, lower: Float64Array, upper: Float64Array) {
  const n = c.length
  let best: { value: number; at: Float64Array } = { value: Infinity, at: c }
  for (let code = 0; code < 3 ** n; code++) {
    // 0: free, 1: at the lower, 2: at the upper bound.
    const state = Array.from({ length: n }, (_, j) => Math.floor(code / 3 ** j) % 3)
    const w = c.map((_, j) => (state[j] === 1 ? lower[j]! : state[j] === 2 ? upper[j]! : 0))
    const free = state.flatMap((s, j) => (s ? [] : [j]))
    // A_ff (w_f − c_f) = −A_fb (w_b − c_b), by Gauss and Jordan.
    const rows = free.map((j) => [
      ...free.map((k) => a[j * n + k]!),
      c.reduce((sum, ck, k) => sum + (state[k] ? -a[j * n + k]! * (w[k]! - ck) : 0), 0),
    ])
    rows.forEach((row, i) => {
      const pivot = row[i]!
      row.forEach((v, k) => {
        row[k] = v / pivot
      })
      rows.forEach((other, l) => {
        if (l === i) return
        const factor = other[i]!
        other.forEach((v, k) => {
          other[k] = v - factor * row[k]!
        })
      })
    })
    free.forEach((j, i) => {
      w[j] = c[j]! + rows[i]!.at(-1)!
    })
    if (w.some((v, j) => v < lower[j]! - 1e-12 || v > upper[j]! + 1e-12)) continue
    let value = 0
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) value += 0.5 * (w[j]! - c[j]!) * a[j * n + k]! * (w[k]! - c[k]!)
    if (value < best.value) best = { value, at: w }
  }
  return best
}

describe('projectedGradient', () => {
  const entry = (min: number, max: number) => fc.double({ min, max, noNaN: true })
  const five = (min: number, max: number) =>
    fc.array(entry(min, max), { minLength: 5, maxLength: 5 }).map((v) => Float64Array.from(v))

  it('finds the minimum in a box that trying all active sets finds; so do the proximal solvers', () => {
    const a = spectrum([0.1, 0.3, 1, 2, 5], true)
    fc.assert(
      fc.property(five(-2, 2), five(-1, 0), five(0, 1), (c, lower, upper) => {
        const least = bruteForce(a, c, lower, upper)
        const product = (w: Float64Array, j: number) =>
          w.reduce((sum, v, k) => sum + a[j * 5 + k]! * (v - c[k]!), 0)
        const oracle = byGram((query) => {
          const g = query.at.map((_, j) => product(query.at, j))
          if (query.ask !== 'value') query.gradient.set(g)
          if (query.ask === 'hessian') query.hessian.set(a)
          return 0.5 * g.reduce((sum, v, j) => sum + v * (query.at[j]! - c[j]!), 0)
        })
        const limits = { penalty: box(lower, upper), tolerance: 1e-10 }
        for (const solver of [
          projectedGradient(limits),
          proximalNewton(limits),
          proximalGradient({ ...limits, maxIterations: 50_000 }),
        ]) {
          const outcome = minimize(oracle, solver, new Float64Array(5))
          expect(outcome.status).toBe('converged')
          expect(error(outcome.at, least.at)).toBeLessThan(1e-8)
          expect(outcome.at.every((v, j) => v >= lower[j]! && v <= upper[j]!)).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('keeps every iterate inside, and starts there', () => {
    const penalty = box([-1.5, -0.5], [0.5, 2])
    const outside: number[] = []
    const outcome = minimize(rosenbrock.oracle, projectedGradient({ penalty }), [5, 7], {
      onStep: ({ at }) => outside.push(penalty.value(at)),
    })
    // The valley meets the bound x = ½ at y = x².
    expect(outcome.status).toBe('converged')
    expect(error(outcome.at, Float64Array.of(0.5, 0.25))).toBeLessThan(1e-8)
    expect(outcome.at[0]).toBe(0.5)
    expect(new Set(outside)).toEqual(new Set([0]))
  })

  it('finds smooth minima inside a wide box', () => {
    for (const { name, oracle, start, solution, condition } of smoothProblems) {
      if (condition > 1000) continue
      const { status, at } = minimize(oracle, projectedGradient({ penalty: box(-1e3, 1e3) }), start)
      expect([name, status, error(at, solution) < 1e-5]).toEqual([name, 'converged', true])
    }
  })

  it('takes far fewer iterations than steps of a fixed length', () => {
    const { oracle, start } = quadratic(
      '',
      Array.from({ length: 30 }, (_, j) => 1e-3 ** (j / 29)),
      true,
    )
    const limits = { penalty: nonNegative(), tolerance: 1e-9, maxIterations: 100_000 }
    const fast = minimize(oracle, projectedGradient(limits), start)
    const slow = minimize(oracle, proximalGradient({ ...limits, step: 1 }), start)
    expect([fast.status, slow.status]).toEqual(['converged', 'converged'])
    expect(error(fast.at, slow.at)).toBeLessThan(1e-5)
    expect(fast.iterations).toBeLessThan(slow.iterations / 5)
    expect(fast.queries).toBeLessThan(1.5 * fast.iterations + 5)
  })

  it('backs off where f is not defined', () => {
    // x/10 − log x on [0, 3], falling to the bound; NaN at 0.
    const barrier: Oracle<GradientQuery> = ({ at: [x], gradient }) => {
      gradient[0] = x! > 0 ? 10 - 1 / x! : NaN
      return x! > 0 ? 10 * x! - Math.log(x!) : NaN
    }
    const { status, at } = minimize(barrier, projectedGradient({ penalty: box(0, 3) }), [3])
    expect([status, Math.abs(at[0]! - 0.1) < 1e-9]).toEqual(['converged', true])
  })

  it('refuses penalties that are not constraints', () => {
    expect(() => projectedGradient({} as ProjectedGradientOptions)).toThrow(
      new TypeError(
        'projectedGradient: expected options.penalty a constraint such as box(0, 1), got undefined',
      ),
    )
    // @ts-expect-error ℓ1 is no constraint.
    expect(() => projectedGradient({ penalty: l1(1) })).toThrow(
      new TypeError('projectedGradient: expected options.penalty a constraint such as box(0, 1), got l1'),
    )
  })
})

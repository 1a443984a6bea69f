import { describe, expect, it } from 'vitest'
import { gradientDescent } from '../src/gradient-descent.ts'
import { minimize } from '../src/minimize.ts'
import type { GradientQuery, Oracle } from '../src/oracle.ts'
import { error, type Problem, quadratic, rosenbrock, smoothProblems } from './bank.ts'

describe('gradientDescent', () => {
  const gentle = smoothProblems.filter(({ condition }) => condition <= 1000)

  it.each(gentle)('with step 1/L descends by at least ‖∇f‖²/2L in every iteration: $name', (problem) => {
    const { oracle, start, smoothness } = problem
    const values: number[] = []
    const squares: number[] = []
    const gradient = new Float64Array(start.length)
    minimize(oracle, gradientDescent({ step: 1 / smoothness, maxIterations: 300 }), start, {
      onStep: ({ value, at }) => {
        oracle({ ask: 'gradient', at, gradient })
        values.push(value)
        squares.push(gradient.reduce((sum, g) => sum + g * g, 0))
      },
    })
    for (let k = 1; k < values.length; k++) {
      const rounding = 4e-16 * Math.abs(values[k - 1]!)
      expect(values[k]).toBeLessThanOrEqual(values[k - 1]! - squares[k - 1]! / (2 * smoothness) + rounding)
    }
  })

  it.each(gentle)('asks once per iteration with a fixed step: $name', ({ oracle, start, smoothness }) => {
    const { queries, iterations } = minimize(oracle, gradientDescent({ step: 1 / smoothness }), start)
    expect(queries).toBe(iterations + 1)
  })

  it('converges linearly at the rate of the textbook: f − f* falls by 1 − 1/κ or faster', () => {
    const { oracle, start, condition } = quadratic('', [0.02, 0.1, 1], true)
    const values: number[] = []
    minimize(oracle, gradientDescent({ step: 1 }), start, { onStep: ({ value }) => values.push(value) })
    for (let k = 1; k < values.length; k++)
      expect(values[k]).toBeLessThanOrEqual(values[k - 1]! * (1 - 1 / condition) * (1 + 1e-9))
  })

  it('does as the formula says', () => {
    const { oracle } = quadratic('', [1, 2], false)
    const gradient = new Float64Array(2)
    let at = Float64Array.of(3, -1)
    minimize(oracle, gradientDescent({ step: 0.3, maxIterations: 20 }), at, {
      onStep: (step) => {
        expect(step.at).toEqual(at)
        oracle({ ask: 'gradient', at, gradient })
        at = at.map((x, j) => x - 0.3 * gradient[j]!)
      },
    })
  })

  it('never goes up with backtracking, though the first step is far too long', () => {
    const { oracle, start } = quadratic('', [1, 1e5], true)
    let before = Infinity
    const outcome = minimize(oracle, gradientDescent({ maxIterations: 500 }), start, {
      onStep: ({ value }) => {
        expect(value).toBeLessThanOrEqual(before)
        before = value
      },
    })
    expect(outcome.queries / outcome.iterations).toBeLessThan(2.5)
  })

  it('takes only steps t with f(x − t∇f) ≤ f(x) − ½ t ‖∇f‖²', () => {
    const { oracle, start } = quadratic('', [1, 7, 50], true)
    let before: { at: Float64Array; value: number; gradient: Float64Array } | undefined
    let steps = 0
    minimize(oracle, gradientDescent({ maxIterations: 60 }), start, {
      onStep: ({ at, value }) => {
        if (before) {
          const { gradient } = before
          const square = gradient.reduce((sum, g) => sum + g * g, 0)
          const t = (before.at[0]! - at[0]!) / gradient[0]!
          expect(value).toBeLessThanOrEqual(before.value - 0.5 * t * square * (1 - 1e-9))
          steps++
        }
        before = { at: at.slice(), value, gradient: new Float64Array(3) }
        oracle({ ask: 'gradient', at, gradient: before.gradient })
      },
    })
    expect(steps).toBe(60)
  })

  it('finds a step that is long enough, though the first one is far too short', () => {
    const { oracle, start, solution } = quadratic('', [1e-5, 2e-5], true)
    const { status, queries, at } = minimize(oracle, gradientDescent({ tolerance: 1e-12 }), start)
    expect(status).toBe('converged')
    expect(queries).toBeLessThan(100)
    expect(at[0]).toBeCloseTo(solution[0]!, 6)
  })

  it('ends at the last good point when a fixed step diverges', () => {
    const { oracle, start } = quadratic('', [1, 2], true)
    const outcome = minimize(oracle, gradientDescent({ step: 1e100 }), start)
    expect(outcome.status).toBe('non-finite')
    expect(Number.isFinite(outcome.value) && outcome.at.every(Number.isFinite)).toBe(true)
  })

  it.each([10, 100, 1000])(
    'contracts by (κ − 1)/(κ + 1) a step with t = 2/(L + μ), by 1 − 1/κ with 1/L: κ = %d',
    (κ) => {
      const eigenvalues = Array.from({ length: 12 }, (_, j) => κ ** (j / 11))
      const { oracle, start, solution } = quadratic('', eigenvalues, true)
      for (const [step, rate] of [
        [2 / (κ + 1), (κ - 1) / (κ + 1)],
        [1 / κ, 1 - 1 / κ],
      ] as const) {
        const errors: number[] = []
        minimize(oracle, gradientDescent({ step, maxIterations: 40 * κ }), start, {
          onStep: ({ at }) => errors.push(Math.hypot(...at.map((x, j) => x - solution[j]!))),
        })
        errors.forEach((e, k) => {
          if (k && e > 1e-12) expect(e).toBeLessThanOrEqual(errors[k - 1]! * rate + 1e-14)
        })
        // And the bound is sharp: the slowest direction keeps to it.
        const late = errors.filter((e) => e > 1e-6)
        expect((late.at(-1)! / late.at(-21)!) ** (1 / 20)).toBeGreaterThan(rate ** 1.2)
      }
    },
  )

  it.each([0, -1, NaN, Infinity, 'exact'])('refuses step %s', (step) => {
    expect(() => gradientDescent({ step: step as number })).toThrow(
      new RangeError(`gradientDescent: expected step > 0, 'backtracking' or 'barzilai-borwein', got ${step}`),
    )
  })
})

describe('gradientDescent with steps of Barzilai and Borwein', () => {
  const track = (
    { oracle, start }: Pick<Problem, 'oracle' | 'start'>,
    maxIterations = 10_000,
    tolerance = 1e-8,
  ) => {
    const steps: { at: Float64Array; value: number; gradient: Float64Array }[] = []
    const solver = gradientDescent({ step: 'barzilai-borwein', maxIterations, tolerance })
    const outcome = minimize(oracle, solver, start, {
      onStep: ({ at, value }) => {
        const gradient = new Float64Array(at.length)
        oracle({ ask: 'gradient', at, gradient })
        steps.push({ at: at.slice(), value, gradient })
      },
    })
    return { ...outcome, steps }
  }
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, j) => sum + v * b[j]!, 0)

  it('takes t = sᵀs/sᵀy and sᵀy/yᵀy by turns', () => {
    // On this quadratic no step has to be shortened after the first: one question an iteration.
    const { steps, queries, iterations } = track(quadratic('', [1, 3, 9], true))
    expect(queries).toBe(iterations + 1)
    for (let k = 2; k < steps.length - 1; k++) {
      const [a, b, c] = [steps[k - 2]!, steps[k - 1]!, steps[k]!]
      const s = b.at.map((v, j) => v - a.at[j]!)
      const y = b.gradient.map((v, j) => v - a.gradient[j]!)
      const t = k % 2 ? dot(s, y) / dot(y, y) : dot(s, s) / dot(s, y)
      const moved = b.at.map((v, j) => v - c.at[j]!)
      const largest = Math.max(...moved.map(Math.abs))
      moved.forEach((v, j) => {
        expect(Math.abs(v - t * b.gradient[j]!)).toBeLessThan(1e-6 * largest + 1e-15)
      })
    }
  })

  it('never goes above the largest of the last ten values, though it does rise', () => {
    const rises = [rosenbrock, quadratic('', [1, 30, 900, 2000, 2500], true)].map((problem) => {
      const values = track(problem).steps.map(({ value }) => value)
      values.forEach((value, k) => {
        const recent = values.slice(Math.max(0, k - 10), k)
        if (k) expect(value).toBeLessThanOrEqual(Math.max(...recent))
        expect(value).toBeLessThanOrEqual(values[0]!)
      })
      return values.filter((value, k) => k > 0 && value > values[k - 1]!).length
    })
    expect(Math.min(...rises)).toBeGreaterThan(2)
  })

  it.each([100, 1000, 10_000])('needs far fewer passes than backtracking: κ = %d', (condition) => {
    const eigenvalues = Array.from({ length: 30 }, (_, j) => condition ** (j / 29))
    const problem = quadratic('', eigenvalues, true)
    const quick = track(problem, 10_000, 1e-6)
    const slow = minimize(
      problem.oracle,
      gradientDescent({ tolerance: 1e-6, maxIterations: 1e5 }),
      problem.start,
    )
    expect([quick.status, slow.status]).toEqual(['converged', 'converged'])
    expect(error(quick.at, problem.solution)).toBeLessThan(1e-5)
    expect(quick.queries).toBeLessThan(slow.queries / (condition > 100 ? 10 : 3))
  })

  it('converges superlinearly in two dimensions (Barzilai & Borwein, theorem 1)', () => {
    const { steps } = track(quadratic('', [1, 20], true), 100, 1e-12)
    const norms = steps.map(({ gradient }) => Math.hypot(...gradient)).filter((g) => g > 1e-11)
    // Four steps at a time, as the ratio swings.
    const factors = norms.slice(4).map((g, k) => g / norms[k]!)
    expect(Math.min(...factors.slice(-3))).toBeLessThan(1e-3)
    expect(norms.length).toBeLessThan(20)
  })

  it('goes on where the curvature is not positive: down from the top of a wave', () => {
    const wave: Oracle<GradientQuery> = ({ at, gradient }) => {
      gradient[0] = -Math.sin(at[0]!)
      return Math.cos(at[0]!)
    }
    const solver = gradientDescent({ step: 'barzilai-borwein' })
    const { status, at } = minimize(wave, solver, [1e-3])
    expect([status, Math.abs(Math.cos(at[0]!) + 1) < 1e-12]).toEqual(['converged', true])
  })
})

import { describe, expect, it } from 'vitest'
import { gradientDescent } from '../src/gradient-descent.ts'
import { minimize } from '../src/minimize.ts'
import { quadratic, smoothProblems } from './bank.ts'

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

  it.each([0, -1, NaN, Infinity, 'exact'])('refuses step %s', (step) => {
    expect(() => gradientDescent({ step: step as number })).toThrow(
      new RangeError(`gradientDescent: expected step > 0, 'backtracking' or 'barzilai-borwein', got ${step}`),
    )
  })
})

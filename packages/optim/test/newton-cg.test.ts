// Newton's method and trust regions without Hessians.
import { describe, expect, it } from 'vitest'
import { cholesky, choleskySolve } from '../src/cholesky.ts'
import { minimize } from '../src/minimize.ts'
import { type NewtonCgOptions, newtonCg } from '../src/newton-cg.ts'
import type { CurvatureQuery, GradientQuery, Oracle } from '../src/oracle.ts'
import { type TrustRegionOptions, trustRegion } from '../src/trust-region.ts'
import { error, quadratic, smoothProblems, spectrum } from './bank.ts'

const named = (name: string) => smoothProblems.find((problem) => problem.name.includes(name))!
type Asked = GradientQuery | CurvatureQuery

/** Counts the products. */
const counting = (oracle: Oracle<Asked>) => {
  const self = {
    products: 0,
    oracle(query: Asked) {
      if (query.ask === 'curvature') self.products++
      return oracle(query)
    },
  }
  return self
}

const inverse = (eigenvalues: readonly number[]) => {
  const factor = spectrum(eigenvalues, true)
  cholesky(factor, eigenvalues.length)
  return (v: Float64Array, out: Float64Array) => {
    out.set(v)
    choleskySolve(factor, eigenvalues.length, out)
  }
}

describe.each([
  ['newtonCg', (options: NewtonCgOptions) => newtonCg(options)],
  ['trustRegion', (options: NewtonCgOptions) => trustRegion(options)],
] as const)('%s', (name, make) => {
  it.each([
    ['p = 1', [3]],
    ['p = 6, condition 10', [1, 2, 4, 6, 8, 10]],
    ['p = 12, condition 12', Array.from({ length: 12 }, (_, j) => 1 + j)],
    ['p = 30, four distinct eigenvalues', Array.from({ length: 30 }, (_, j) => [1, 5, 20, 50][j % 4]!)],
  ])('solves a quadratic exactly, in as many products as there are eigenvalues: %s', (_, eigenvalues) => {
    const { oracle, start, solution } = quadratic('', eigenvalues, true)
    const counted = counting(oracle)
    const outcome = minimize(counted.oracle, make({ forcing: 1e-9, tolerance: 1e-7 }), start)
    expect(outcome).toMatchObject({ status: 'converged', iterations: 1 })
    expect(error(outcome.at, solution)).toBeLessThan(1e-8)
    expect(counted.products).toBeLessThanOrEqual(new Set(eigenvalues).size)
    expect(outcome.queries).toBe(counted.products + 2)
  })

  it('needs one product with the inverse Hessian as preconditioner', () => {
    const eigenvalues = [1e-3, 1, 10, 1e4]
    const { oracle, start, solution } = quadratic('', eigenvalues, true)
    const outcome = minimize(oracle, make({ preconditioner: inverse(eigenvalues) }), start)
    expect(outcome).toMatchObject({ status: 'converged', iterations: 1, queries: 3 })
    expect(error(outcome.at, solution)).toBeLessThan(1e-8)
  })

  it('needs fewer products with the Hessian’s diagonal where coordinates differ in scale', () => {
    const scale = Array.from({ length: 30 }, (_, j) => 10 ** (j / 10))
    const mild = quadratic(
      '',
      Array.from({ length: 30 }, (_, j) => 1 + j / 10),
      true,
    )
    const wide: Oracle<Asked> = (query) => {
      const by = (v: Float64Array) => v.map((x, j) => x * scale[j]!)
      if (query.ask === 'curvature') {
        const value = mild.oracle({ ...query, at: by(query.at), along: by(query.along) })
        query.product.set(by(query.product))
        return value
      }
      const value = mild.oracle({ ...query, at: by(query.at) })
      query.gradient.set(by(query.gradient))
      return value
    }
    const solution = mild.solution.map((x, j) => x / scale[j]!)
    const preconditioner = (v: Float64Array, out: Float64Array) =>
      out.set(v.map((x, j) => x / scale[j]! ** 2))
    const plain = minimize(wide, make({ tolerance: 1e-7 }), mild.start)
    const helped = minimize(wide, make({ tolerance: 1e-7, preconditioner }), mild.start)
    expect([plain.status, helped.status]).toEqual(['converged', 'converged'])
    expect(error(helped.at, solution)).toBeLessThan(1e-7)
    expect(helped.queries).toBeLessThan(plain.queries / 3)
  })

  it.each(['plain', 'separable', 'badly scaled', 'Rosenbrock'])(
    'converges superlinearly: the factor itself goes to 0: %s',
    (which) => {
      const { oracle, start, solution, tolerance } = named(which)
      const errors: number[] = []
      minimize(oracle, make({ tolerance }), start, { onStep: ({ at }) => errors.push(error(at, solution)) })
      const late = errors.filter((e) => e < 0.1 && e > 1e-12)
      const ratios = late.slice(1).map((e, k) => e / late[k]!)
      expect(Math.min(...ratios.slice(-2))).toBeLessThan(0.01)
      // Order 1½, as η = √‖∇f‖ makes it, in the end.
      errors.forEach((e, k) => {
        if (e < 1e-3 && e > 1e-9 && which !== 'badly scaled')
          expect(Math.min(...errors.slice(k + 1, k + 3))).toBeLessThan(50 * e ** 1.5 + 1e-14)
      })
    },
  )

  it('with forcing 0 takes Newton’s steps', () => {
    const { oracle, start, solution, tolerance } = named('plain')
    const errors: number[] = []
    const onStep = ({ at }: { at: Float64Array }) => errors.push(error(at, solution))
    const { iterations } = minimize(oracle, make({ tolerance, forcing: 0 }), start, { onStep })
    expect(iterations).toBe(6)
    errors.forEach((e, k) => {
      if (e < 0.1 && e > 1e-9) expect(errors[k + 1]).toBeLessThan(50 * e * e + 1e-15)
    })
  })

  it('asks one gradient an iteration, as a rule, and few products far from the end', () => {
    const { oracle, start } = named('plain')
    const counted = counting(oracle)
    const { queries, iterations } = minimize(counted.oracle, make({}), start)
    expect(queries - counted.products).toBe(iterations + 1)
    expect(counted.products).toBeLessThan(4 * iterations)
  })

  it('leaves a saddle, also one where it starts with no slope but that of rounding', () => {
    // x⁴/4 − x²/2 + y²/2
    const wells: Oracle<Asked> = (query) => {
      const [x, y] = query.at as unknown as [number, number]
      if (query.ask === 'curvature') query.product.set([(3 * x * x - 1) * query.along[0]!, query.along[1]!])
      else query.gradient.set([x ** 3 - x, y])
      return x ** 4 / 4 - (x * x) / 2 + (y * y) / 2
    }
    for (const x of [1e-7, 0.01, 0.3, -0.2]) {
      const outcome = minimize(wells, make({}), [x, 0.5])
      expect([outcome.status, Math.sign(x) * outcome.at[0]!]).toEqual(['converged', expect.closeTo(1, 7)])
    }
  })

  it('walks far where the curvature is negative for long', () => {
    // −√(1 + x²) + (x/1000)²/2: concave up to |x| ≈ 100, least at 1000 √(1000² − 10⁻⁶)
    const hill: Oracle<Asked> = (query) => {
      const x = query.at[0]!
      const root = Math.sqrt(1 + x * x)
      if (query.ask === 'curvature') query.product[0] = (-1 / root ** 3 + 1e-6) * query.along[0]!
      else query.gradient[0] = -x / root + 1e-6 * x
      return -root + (1e-6 * x * x) / 2
    }
    const outcome = minimize(hill, make({ maxIterations: 1000, tolerance: 1e-10 }), [0.5])
    expect(outcome.status).toBe('converged')
    expect(outcome.at[0]! / Math.sqrt(1e12 - 1)).toBeCloseTo(1, 6)
  })

  it('ends by name when a product is not finite, or the preconditioner not positive definite', () => {
    const { oracle, start } = quadratic('', [1, 2], true)
    const broken: Oracle<Asked> = (query) => {
      const value = oracle(query)
      if (query.ask === 'curvature') query.product[1] = NaN
      return value
    }
    expect(minimize(broken, make({}), start)).toMatchObject({ status: 'non-finite', iterations: 0 })
    const preconditioner = (v: Float64Array, out: Float64Array) => out.set(v.map((x) => -x))
    const { status, at } = minimize(oracle, make({ preconditioner }), start)
    expect(status).not.toBe('converged')
    expect(at).toEqual(start)
  })

  it('takes no notice of the value beside a product, which may be NaN', () => {
    const { oracle, start, tolerance } = named('plain')
    const telling: Oracle<Asked> = (query) => {
      const value = oracle(query)
      return query.ask === 'curvature' ? 12345 : value
    }
    expect(minimize(telling, make({ tolerance }), start)).toEqual(
      minimize(oracle, make({ tolerance }), start),
    )
  })

  it.each([-0.1, 1, NaN])('refuses forcing %d', (forcing) => {
    expect(() => make({ forcing })).toThrow(
      new RangeError(`${name}: expected forcing from 0 to 1, got ${forcing}`),
    )
  })
})

describe('trustRegion', () => {
  it('does not leave the region: no step is longer than its radius', () => {
    const { oracle, start } = named('Rosenbrock')
    let before = start
    let longest = 0.1
    minimize(oracle, trustRegion({ radius: 0.1 }), start, {
      onStep: ({ at }) => {
        const length = Math.hypot(...at.map((x, j) => x - before[j]!))
        expect(length).toBeLessThanOrEqual(longest * (1 + 1e-12))
        longest = Math.max(longest, 2 * length)
        before = at.slice()
      },
    })
    expect(before[0]).toBeCloseTo(1, 8)
  })

  it('shortens what the model foretold badly: ln cosh from far out, where Newton’s step overshoots', () => {
    const cosh: Oracle<Asked> = (query) => {
      const x = query.at[0]!
      if (query.ask === 'curvature') query.product[0] = query.along[0]! / Math.cosh(x) ** 2
      else query.gradient[0] = Math.tanh(x)
      return Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2
    }
    const values: number[] = []
    const outcome = minimize(cosh, trustRegion(), [3], { onStep: ({ value }) => values.push(value) })
    expect(outcome.status).toBe('converged')
    expect(Math.abs(outcome.at[0]!)).toBeLessThan(1e-8)
    expect(values).toEqual(values.toSorted((a, b) => b - a))
  })

  it.each([0, -1, NaN])('refuses radius %d', (radius: TrustRegionOptions['radius']) => {
    expect(() => trustRegion({ radius })).toThrow(
      new RangeError(`trustRegion: expected radius > 0, got ${radius}`),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { cholesky, choleskySolve } from '../src/cholesky.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize } from '../src/minimize.ts'
import type { GradientQuery, Oracle } from '../src/oracle.ts'
import { error, logistic, quadratic, smoothProblems, spectrum } from './bank.ts'

const named = (name: string) => smoothProblems.find((problem) => problem.name.includes(name))!

describe('lbfgs', () => {
  it('converges superlinearly while the memory holds all steps', () => {
    const { oracle, start, solution } = named('plain')
    const errors: number[] = []
    minimize(oracle, lbfgs({ tolerance: 1e-13, memory: 50 }), start, {
      onStep: ({ at }) => errors.push(error(at, solution)),
    })
    const late = errors.filter((e) => e > 1e-13)
    const ratios = late.slice(1).map((e, k) => e / late[k]!)
    // Geometric mean of the last three factors against the first three.
    const mean = (factors: number[]) => factors.reduce((product, r) => product * r, 1) ** (1 / factors.length)
    expect(mean(ratios.slice(-3))).toBeLessThan(0.1)
    expect(mean(ratios.slice(-3))).toBeLessThan(mean(ratios.slice(0, 3)) / 3)
  })

  it('takes about one pass per iteration, and no more iterations than SciPy’s L-BFGS-B needs', () => {
    // scipy.optimize.minimize(method='L-BFGS-B', maxcor=10, ftol=0, gtol=1e-9) from (−1.2, 1): 38 iterations, 46 passes.
    const { oracle, start } = named('Rosenbrock')
    const { iterations, queries } = minimize(oracle, lbfgs({ tolerance: 1e-9 }), start)
    expect(iterations).toBeLessThan(42)
    expect(queries).toBeLessThan(50)
    const hundred = quadratic(
      '',
      Array.from({ length: 50 }, (_, j) => 100 ** (j / 49)),
      true,
    )
    const outcome = minimize(hundred.oracle, lbfgs(), hundred.start)
    expect(outcome.queries / outcome.iterations).toBeLessThan(1.15)
  })

  it('takes about a dozen steps where the Hessian has three distinct eigenvalues', () => {
    const { oracle, start } = quadratic('', [1, 1, 1, 5, 5, 5, 30, 30, 30], true)
    expect(minimize(oracle, lbfgs(), start).iterations).toBeLessThan(16)
  })

  it.each([1, 2, 5, 30])('works with a memory of %d', (memory) => {
    const { oracle, start, solution } = quadratic('', [1, 3, 9, 27, 81], true)
    const { status, at } = minimize(oracle, lbfgs({ memory, tolerance: 1e-9 }), start)
    expect([status, error(at, solution) < 1e-8]).toEqual(['converged', true])
  })

  it('is in one step there with the inverse Hessian as preconditioner', () => {
    const eigenvalues = [1e-3, 1, 10, 1e4]
    const { oracle, start, solution } = quadratic('', eigenvalues, true)
    const factor = spectrum(eigenvalues, true)
    expect(cholesky(factor, 4)).toBe(true)
    const preconditioner = (v: Float64Array, out: Float64Array) => {
      out.set(v)
      choleskySolve(factor, 4, out)
    }
    const outcome = minimize(oracle, lbfgs({ preconditioner }), start)
    expect(outcome).toMatchObject({ status: 'converged', iterations: 1, queries: 2 })
    expect(error(outcome.at, solution)).toBeLessThan(1e-8)
  })

  it('needs fewer steps with the Hessian’s diagonal as preconditioner where coordinates differ in scale', () => {
    const { oracle, start, tolerance, solution } = named('badly scaled')
    const hessian = new Float64Array(9)
    oracle({ ask: 'hessian', at: start, gradient: new Float64Array(3), hessian })
    const preconditioner = (v: Float64Array, out: Float64Array) => {
      for (let j = 0; j < 3; j++) out[j] = v[j]! / hessian[4 * j]!
    }
    const plain = minimize(oracle, lbfgs({ tolerance }), start)
    const helped = minimize(oracle, lbfgs({ tolerance, preconditioner }), start)
    expect(helped.status).toBe('converged')
    expect(error(helped.at, solution)).toBeLessThan(1e-10)
    expect(helped.iterations).toBeLessThan(plain.iterations / 2)
  })

  it('with the inverse Hessian at the solution takes few steps where it would take dozens, whatever the memory', () => {
    for (const name of ['collinear', 'badly scaled', 'separable']) {
      const { oracle, start, tolerance, solution } = named(name)
      const n = start.length
      const factor = new Float64Array(n * n)
      oracle({ ask: 'hessian', at: solution, gradient: start.slice(), hessian: factor })
      expect(cholesky(factor, n)).toBe(true)
      const preconditioner = (v: Float64Array, out: Float64Array) => {
        out.set(v)
        choleskySolve(factor, n, out)
      }
      for (const memory of [1, 3, 10]) {
        const plain = minimize(oracle, lbfgs({ tolerance, memory, maxIterations: 5000 }), start)
        const helped = minimize(oracle, lbfgs({ tolerance, memory, preconditioner }), start)
        expect([name, helped.status]).toEqual([name, 'converged'])
        expect(error(helped.at, solution)).toBeLessThan(1e-8)
        expect(helped.iterations).toBeLessThan(Math.max(16, plain.iterations / 3))
      }
    }
  })

  it('asks the preconditioner once per direction, never in place, and leaves what it is given as it was', () => {
    const { oracle, start } = quadratic('', [1, 3, 9, 27], true)
    let calls = 0
    const preconditioner = (v: Float64Array, out: Float64Array) => {
      calls++
      expect(out).not.toBe(v)
      expect(out.buffer).not.toBe(v.buffer)
      out.set(v.map((x, j) => x / (1 + j)))
    }
    const { iterations, status } = minimize(oracle, lbfgs({ preconditioner }), start)
    expect(status).toBe('converged')
    expect(calls).toBe(iterations)
  })

  it('with a preconditioner that is a multiple of the identity differs in the first step’s scale alone', () => {
    // The preconditioner replaces γ I throughout: with M = L I on a sphere of curvature L, one step.
    const { oracle, start, solution } = quadratic('', [7, 7, 7], true)
    const preconditioner = (v: Float64Array, out: Float64Array) => out.set(v.map((x) => x / 7))
    const outcome = minimize(oracle, lbfgs({ preconditioner }), start)
    expect(outcome).toMatchObject({ status: 'converged', iterations: 1, queries: 2 })
    expect(error(outcome.at, solution)).toBeLessThan(1e-12)
  })

  it('in coordinates in which the preconditioner is the identity takes the same steps', () => {
    // v = D x with M = D²: L-BFGS preconditioned by M in x is L-BFGS preconditioned by I in v.
    const { oracle, start } = named('plain')
    const D = [1, 10, 0.1, 3]
    const scaledOracle: Oracle<GradientQuery> = ({ at, gradient }) => {
      const value = oracle({ ask: 'gradient', at: at.map((v, j) => v * D[j]!), gradient })
      for (let j = 0; j < 4; j++) gradient[j]! *= D[j]!
      return value
    }
    const identity = (v: Float64Array, out: Float64Array) => out.set(v)
    const inverse = (v: Float64Array, out: Float64Array) => out.set(v.map((x, j) => x / D[j]! ** 2))
    const values = (o: Oracle<GradientQuery>, preconditioner: typeof identity) => {
      const seen: number[] = []
      minimize(o, lbfgs({ preconditioner, maxIterations: 8, tolerance: 0 }), start, {
        onStep: ({ value }) => seen.push(value),
      })
      return seen
    }
    const inX = values(scaledOracle, inverse)
    const inV = values(oracle, identity)
    expect(inX.length).toBe(9)
    inX.forEach((value, k) => {
      expect(value).toBeCloseTo(inV[k]!, 12)
    })
  })

  it('does not move a coordinate by more than 1 before it knows anything', () => {
    const { oracle, start } = quadratic('', [1, 1e3, 1e6], true)
    const asked: Float64Array[] = []
    const noting: Oracle<GradientQuery> = (query) => {
      asked.push(query.at.slice())
      return oracle(query)
    }
    minimize(noting, lbfgs({ maxIterations: 1 }), start)
    const moves = asked[1]!.map((x, j) => Math.abs(x - start[j]!))
    expect(Math.max(...moves)).toBeCloseTo(1, 12)
  })

  it('forgets its pairs after a search that found nothing, and tries once more', () => {
    const { oracle, start, solution } = named('plain')
    let trials = 0
    // From the 8th question on, 40 answers (one search) are of no use.
    const moody: Oracle<GradientQuery> = (query) => {
      const value = oracle(query)
      trials++
      return trials > 7 && trials <= 47 ? value + 1 : value
    }
    const { status, at, queries } = minimize(moody, lbfgs({ tolerance: 1e-10 }), start)
    expect([status, error(at, solution) < 1e-8]).toEqual(['converged', true])
    expect(queries).toBeGreaterThan(47)
  })

  it('says so when the preconditioner is not positive definite', () => {
    const { oracle, start } = quadratic('', [1, 2], true)
    const preconditioner = (v: Float64Array, out: Float64Array) => out.set(v.map((x) => -x))
    expect(minimize(oracle, lbfgs({ preconditioner }), start).status).toBe('line-search-failed')
  })

  it('allocates nothing of size p once its memory is full', () => {
    const size = 1000
    const { oracle, start } = quadratic('', Array.from({ length: size }, (_, j) => 1 + j).slice(0, 40), false)
    const wide: Oracle<GradientQuery> = ({ at, gradient }) => {
      const part = gradient.subarray(0, 40)
      gradient.fill(0)
      return oracle({ ask: 'gradient', at: at.subarray(0, 40), gradient: part })
    }
    const buffers = new Set<Float64Array>()
    minimize(
      (query: GradientQuery) => {
        buffers.add(query.at).add(query.gradient)
        return wide(query)
      },
      lbfgs({ maxIterations: 50 }),
      new Float64Array(size).map((_, j) => start[j] ?? 0),
    )
    expect(buffers.size).toBe(2)
  })

  it('walks far towards a minimum at infinity and ends in order', () => {
    // Separable: the likelihood has no maximum.
    const X = [
      [1, -2],
      [1, -1],
      [1, 1],
      [1, 2],
    ]
    const outcome = minimize(
      logistic(X, [0, 0, 1, 1], 0),
      lbfgs({ tolerance: 0, maxIterations: 500 }),
      [0, 0],
    )
    expect(['converged', 'line-search-failed', 'iteration-limit', 'non-finite']).toContain(outcome.status)
    expect(outcome.value).toBeLessThan(1e-10)
    expect(outcome.at.every(Number.isFinite)).toBe(true)
  })

  it.each([0, -1, 1.5, NaN, Infinity])('refuses a memory of %d', (memory) => {
    expect(() => lbfgs({ memory })).toThrow(new RangeError(`lbfgs: expected memory 1, 2, …, got ${memory}`))
  })
})

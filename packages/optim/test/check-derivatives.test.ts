// Right derivatives pass, however badly scaled; wrong ones are found, and named.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDerivatives } from '../src/check-derivatives.ts'
import type { GradientQuery, Oracle } from '../src/oracle.ts'
import type { SmoothQuery } from '../src/penalized.ts'
import { logistic, type Problem, quadratic, smoothProblems, uniform } from './bank.ts'

const named = (name: string) => smoothProblems.find((problem) => problem.name.includes(name))!

/** Somewhere on the way to the solution. */
const near = ({ start, solution }: Problem, seed = 1) => {
  const random = uniform(seed)
  return start.map((v, j) => v + (0.5 + 0.4 * random()) * (solution[j]! - v) * (1 + 0.3 * random()))
}

/** Another oracle whose answers are changed afterwards. */
const changed =
  (
    oracle: Oracle<SmoothQuery>,
    change: (query: SmoothQuery, value: number) => number | undefined,
  ): typeof oracle =>
  (query) => {
    const value = oracle(query)
    return change(query, value) ?? value
  }
const scaled = (v: Float64Array, by: number) => v.set(v.map((x) => by * x))

/** log cosh of random combinations, in coordinates that measure 10^exponents. */
const ridges = (exponents: readonly number[], rows: number): Oracle<SmoothQuery> => {
  const random = uniform(rows)
  const p = exponents.length
  const X = Array.from({ length: rows }, () => exponents.map((e) => random() * 10 ** -e))
  return (query) => {
    const { at } = query
    if (query.ask === 'gradient' || query.ask === 'hessian') query.gradient.fill(0)
    if (query.ask === 'hessian') query.hessian.fill(0)
    if (query.ask === 'curvature') query.product.fill(0)
    let sum = 0
    for (const row of X) {
      const eta = row.reduce((s, v, j) => s + v * at[j]!, 0)
      const slope = Math.tanh(eta)
      sum += Math.abs(eta) + Math.log1p(Math.exp(-2 * Math.abs(eta))) - Math.LN2
      const bend = 1 - slope * slope
      for (let j = 0; j < p; j++) {
        if (query.ask === 'gradient' || query.ask === 'hessian') query.gradient[j]! += slope * row[j]!
        if (query.ask === 'hessian')
          for (let k = 0; k < p; k++) query.hessian[j * p + k]! += bend * row[j]! * row[k]!
        if (query.ask === 'curvature')
          query.product[j]! += bend * row[j]! * row.reduce((s, v, k) => s + v * query.along[k]!, 0)
      }
    }
    return query.ask === 'curvature' ? NaN : sum
  }
}

describe('checkDerivatives: no false alarm', () => {
  it.each(smoothProblems)('on the bank: $name', (problem) => {
    for (let seed = 1; seed < 8; seed++) {
      const report = checkDerivatives(problem.oracle, near(problem, seed))
      expect([seed, report.message]).toEqual([seed, ''])
      expect(report.ok).toBe(true)
      for (const kind of ['value', 'gradient', 'curvature', 'hessian'] as const)
        expect(report[kind]).toMatchObject({ answered: true, ok: true })
      // And not for want of looking.
      expect(report.gradient.unresolved).toBe(0)
      expect(report.gradient.compared).toBe(problem.start.length)
    }
  })

  it('at the minimum itself, and at the start', () => {
    for (const { oracle, start, solution } of smoothProblems) {
      expect(checkDerivatives(oracle, solution).message).toBe('')
      expect(checkDerivatives(oracle, start).message).toBe('')
    }
  })

  it('in coordinates of any scale, at any point, whatever constant is added', () => {
    const exponent = fc.integer({ min: -5, max: 5 })
    const exponents = fc.array(exponent, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(
        exponents,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 1, 1e5),
        (e, rows, constant) => {
          const random = uniform(rows + e.length)
          const at = e.map((k) => 2 * random() * 10 ** k)
          const plain = ridges(e, rows)
          const report = checkDerivatives(
            changed(plain, (_, value) => value + constant),
            at,
          )
          expect(report.message).toBe('')
        },
      ),
      { seed: 4, numRuns: 150 },
    )
  })

  it('on an oracle that answers gradients alone, and says what it does not answer', () => {
    const rosenbrock = ({ at: [x, y], gradient }: GradientQuery) => {
      gradient[0] = -400 * x! * (y! - x! * x!) - 2 * (1 - x!)
      gradient[1] = 200 * (y! - x! * x!)
      return 100 * (y! - x! * x!) ** 2 + (1 - x!) ** 2
    }
    const report = checkDerivatives(rosenbrock, [-1.2, 1])
    expect(report).toMatchObject({ ok: true, message: '' })
    expect(report.gradient).toMatchObject({ answered: true, compared: 2, unresolved: 0 })
    for (const kind of ['value', 'curvature', 'hessian'] as const)
      expect(report[kind]).toMatchObject({ answered: false, ok: true, worst: null })
    expect(report.value.message).toMatch(/^not answered: TypeError/)
    expect(report.hessian.message).toBe('not answered: hessian is left as it was')
  })

  it('near the edge of where f is defined', () => {
    const barrier: Oracle<GradientQuery> = ({ at, gradient }) => {
      gradient[0] = at[0]! > 0 ? 1 - 1 / at[0]! : NaN
      return at[0]! - Math.log(at[0]!)
    }
    for (const x of [1e-4, 0.01, 0.5, 3, 1e4]) expect(checkDerivatives(barrier, [x]).message).toBe('')
  })

  it('where the oracle throws beyond', () => {
    const strict: Oracle<GradientQuery> = ({ at, gradient }) => {
      if (at[0]! <= 0) throw new RangeError('log of what is not positive')
      gradient[0] = -1 / at[0]!
      return -Math.log(at[0]!)
    }
    expect(checkDerivatives(strict, [0.01])).toMatchObject({ ok: true, message: '' })
  })

  it('with a hundred coordinates at most, of a large problem', () => {
    const { oracle, start } = quadratic(
      '',
      Array.from({ length: 130 }, (_, j) => 1 + j),
      false,
    )
    const report = checkDerivatives(oracle, start, { most: 20 })
    expect(report.message).toBe('')
    expect(report.gradient.compared).toBe(20)
  })
})

describe('checkDerivatives: what is wrong is found', () => {
  it.each(smoothProblems)('one wrong coordinate of the gradient, by 0.1 %: $name', (problem) => {
    const at = near(problem)
    for (let j = 0; j < at.length; j++) {
      const report = checkDerivatives(
        changed(problem.oracle, (query) => {
          if (query.ask === 'gradient' || query.ask === 'hessian') query.gradient[j]! *= 1.001
          return undefined
        }),
        at,
      )
      expect(report.ok).toBe(false)
      expect(report.gradient.ok).toBe(false)
      expect(report.gradient.worst!.entry).toEqual([j])
      expect(report.gradient.worst!.relativeError).toBeCloseTo(0.001, 5)
      expect(report.message).toMatch(new RegExp(`^gradient: gradient\\[${j}\\] is .* where differences give`))
    }
  })

  it.each([
    [-1, /all -1 times what they should be/],
    [0.5, /all 0.5 times what they should be/],
    [2, /all 2 times what they should be/],
  ])('a factor of %d in the gradient, the Hessian or the product', (factor, message) => {
    for (const problem of smoothProblems) {
      const gradient = changed(problem.oracle, (query) => {
        if (query.ask === 'gradient' || query.ask === 'hessian') scaled(query.gradient, factor)
        return undefined
      })
      expect(checkDerivatives(gradient, near(problem)).gradient.message).toMatch(message)
      const curvature = changed(problem.oracle, (query) => {
        if (query.ask === 'curvature') scaled(query.product, factor)
        return undefined
      })
      const report = checkDerivatives(curvature, near(problem))
      expect([report.gradient.ok, report.hessian.ok]).toEqual([true, true])
      expect(report.curvature.message).toMatch(message)
      const hessian = changed(problem.oracle, (query) => {
        if (query.ask === 'hessian') scaled(query.hessian, factor)
        return undefined
      })
      expect(checkDerivatives(hessian, near(problem)).hessian.message).toMatch(message)
    }
  })

  it('a single wrong entry of the Hessian, and that it is not symmetric', () => {
    const problem = named('plain')
    const one = changed(problem.oracle, (query) => {
      if (query.ask === 'hessian') query.hessian[1 * 4 + 2]! += 0.01
      return undefined
    })
    const { hessian, curvature } = checkDerivatives(one, near(problem))
    expect(hessian.worst!.entry).toEqual([1, 2])
    expect(hessian.message).toMatch(/hessian\[2, 1\] is .*, but hessian\[1, 2\] is/)
    expect(hessian.message).toMatch(/and 1 of 16 entries are wrong/)
    expect(curvature.ok).toBe(true)
  })

  it('a product that is right for unit vectors alone', () => {
    const problem = named('plain')
    const odd = changed(problem.oracle, (query) => {
      if (query.ask === 'curvature' && query.along.filter((v) => v !== 0).length > 1)
        scaled(query.product, 1.01)
      return undefined
    })
    expect(checkDerivatives(odd, near(problem)).curvature).toMatchObject({ ok: false })
  })

  // An oracle that keeps X w from the point that it believes to be the last one.
  const X = [
    [1, 2],
    [1, -1],
    [1, 0.5],
    [-2, 1],
  ]
  const y = [1, 0, 0, 1]
  const right = logistic(X, y, 0.1)
  const stale = [
    [
      'kept from the last gradient',
      () => {
        let kept = new Float64Array(2)
        return (query: SmoothQuery) => {
          if (query.ask === 'gradient') kept = query.at.slice()
          return right(query.ask === 'curvature' ? { ...query, at: kept } : query)
        }
      },
    ],
    [
      'kept by the buffer, not by its numbers',
      () => {
        const kept = new Map<Float64Array, Float64Array>()
        return (query: SmoothQuery) => {
          if (query.ask !== 'curvature') return right(query)
          if (!kept.has(query.at)) kept.set(query.at, query.at.slice())
          return right({ ...query, at: kept.get(query.at)! })
        }
      },
    ],
    [
      'a Hessian kept from the last gradient',
      () => {
        let kept = new Float64Array(2)
        return (query: SmoothQuery) => {
          if (query.ask === 'gradient') kept = query.at.slice()
          const value = right(query)
          if (query.ask === 'hessian') right({ ...query, at: kept, gradient: new Float64Array(2) })
          return value
        }
      },
    ],
  ] as const
  it.each(stale)('second derivatives of an earlier point: %s', (name, make) => {
    const report = checkDerivatives(make(), [0.3, -0.2])
    expect(report.ok).toBe(false)
    expect(report[name.includes('Hessian') ? 'hessian' : 'curvature'].message).toMatch(
      /it is that of a point asked before: compare the numbers in at, whose buffer moves/,
    )
    expect(report.gradient.ok).toBe(true)
  })

  it('answers that are added to what the buffer held, and entries that are not written', () => {
    const problem = named('plain')
    const adding: Oracle<SmoothQuery> = (query) => {
      if (query.ask !== 'gradient') return problem.oracle(query)
      const held = query.gradient.slice()
      const value = problem.oracle(query)
      query.gradient.set(query.gradient.map((g, j) => g + held[j]!))
      return value
    }
    expect(checkDerivatives(adding, near(problem)).gradient.message).toMatch(/added to what the buffer held/)
    const diagonal = quadratic('', [1, 2, 3], false)
    const sparse = changed(diagonal.oracle, (query) => {
      if (query.ask === 'hessian') query.hessian.set(query.hessian.map((h) => h || NaN))
      return undefined
    })
    expect(checkDerivatives(sparse, [1, 1, 1]).hessian.message).toMatch(/entry 1 is not a number/)
  })

  it('values that differ between questions', () => {
    const problem = named('plain')
    const mean = changed(problem.oracle, (query, value) => (query.ask === 'value' ? value + 1e-6 : value))
    const { value, message } = checkDerivatives(mean, near(problem))
    expect(value.ok).toBe(false)
    expect(message).toMatch(/^value: value is/)
    const hessian = changed(problem.oracle, (query, f) => (query.ask === 'hessian' ? 2 * f : f))
    expect(checkDerivatives(hessian, near(problem)).hessian.message).toMatch(/the value beside it is/)
    const beside = changed(problem.oracle, (query) => {
      if (query.ask === 'hessian') query.gradient[2]! *= -1
      return undefined
    })
    expect(checkDerivatives(beside, near(problem)).hessian.message).toMatch(/gradient\[2\] beside it is/)
  })

  it('a point where nothing can be said, and an oracle that answers nothing', () => {
    const nowhere = checkDerivatives(
      ({ gradient }: GradientQuery) => {
        gradient.fill(1)
        return NaN
      },
      [1],
    )
    expect(nowhere).toMatchObject({ ok: false })
    expect(nowhere.message).toMatch(/^gradient: the value is NaN: choose a point where f is finite/)
    const broken = checkDerivatives((): number => {
      throw new Error('no connection')
    }, [1])
    expect(broken).toMatchObject({ ok: false, message: 'gradient: not answered: Error: no connection.' })
  })

  it('counts what cannot be told from 0', () => {
    const { oracle } = quadratic('', [1, 1, 1], false)
    const { solution } = quadratic('', [1, 1, 1], false)
    const { gradient } = checkDerivatives(oracle, solution)
    expect(gradient).toMatchObject({ ok: true, compared: 3, unresolved: 3 })
  })

  it('changes neither point nor memory, and refuses what is not a point', () => {
    const at = Float64Array.of(0.3, -0.2)
    const copy = at.slice()
    checkDerivatives(right, at)
    expect(at).toEqual(copy)
    expect(() => checkDerivatives(right, [NaN, 1])).toThrow(
      new RangeError('checkDerivatives: expected start[0] finite, got NaN'),
    )
    expect(() => checkDerivatives(right, [1, 1], { tolerance: NaN })).toThrow(
      new RangeError('checkDerivatives: expected tolerance >= 0, got NaN'),
    )
    expect(() => checkDerivatives(right, [1, 1], { most: 0 })).toThrow(
      new RangeError('checkDerivatives: expected most >= 1, got 0'),
    )
  })
})

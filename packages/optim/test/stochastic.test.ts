// The solvers that see some rows at a time: where they arrive and how fast, what they do to the letter, and what they ask.
import { describe, expect, it } from 'vitest'
import { adagrad } from '../src/adagrad.ts'
import { adam } from '../src/adam.ts'
import { fista } from '../src/fista.ts'
import { mcp } from '../src/mcp.ts'
import { minimize } from '../src/minimize.ts'
import { nonNegative } from '../src/non-negative.ts'
import type { Oracle, SampleQuery, Solver, Step } from '../src/oracle.ts'
import { rmsprop } from '../src/rmsprop.ts'
import { saga } from '../src/saga.ts'
import { sgd } from '../src/sgd.ts'
import { svrg } from '../src/svrg.ts'
import { compositeSum, error, type SumProblem, sumProblems } from './bank.ts'

const squares = sumProblems[0]!
const rows = squares.oracle.rows
const size = squares.start.length

/** What a solver asks, in order: the rows and the point, as they were then. */
function spied(oracle: Oracle<SampleQuery>) {
  const asked: { rows: number[]; at: Float64Array; gradient: Float64Array }[] = []
  const spy: Oracle<SampleQuery> = (query) => {
    const value = oracle(query)
    asked.push({ rows: [...query.rows], at: query.at.slice(), gradient: query.gradient.slice() })
    return value
  }
  return Object.assign(spy, { asked })
}
const steps = (oracle: Oracle<SampleQuery>, solver: Solver<SampleQuery>, start: Float64Array) => {
  const seen: Step[] = []
  const outcome = minimize(oracle, solver, start, {
    onStep: (step) => seen.push({ ...step, at: step.at.slice() }),
  })
  return { outcome, seen }
}
const plus = (a: Float64Array, t: number, b: Float64Array) => a.map((v, j) => v + t * b[j]!)

/** Recipes that hold for the whole bank: the step from L, falling, or averaged. */
const recipes: [string, (problem: SumProblem) => Solver<SampleQuery>][] = [
  ['sgd, falling steps', (p) => sgd({ ...few(p), step: (k) => 2 / p.worst / (1 + k / 2000) })],
  [
    'sgd with momentum',
    (p) => sgd({ ...few(p), momentum: 0.9, step: (k) => 0.2 / p.worst / (1 + k / 2000) }),
  ],
  ['sgd, averaged', (p) => sgd({ ...few(p), step: 2 / p.worst, averageAfter: 100 })],
  [
    'sgd, with replacement',
    (p) => sgd({ ...few(p), withReplacement: true, step: 2 / p.worst, averageAfter: 100 }),
  ],
  ['adagrad', (p) => adagrad({ ...few(p), step: 1 })],
  ['rmsprop, falling steps', (p) => rmsprop({ ...few(p), step: (k) => 0.1 / Math.sqrt(1 + k / 10) })],
  ['rmsprop, averaged', (p) => rmsprop({ ...few(p), step: 0.03, averageAfter: 150 })],
  ['adam', (p) => adam({ ...few(p), step: (k) => 0.3 / Math.sqrt(1 + k / 10) })],
  ['amsgrad', (p) => adam({ ...few(p), amsgrad: true, step: (k) => 1 / Math.sqrt(1 + k / 10) })],
]
const few = ({ oracle }: SumProblem) => ({
  rows: oracle.rows,
  batchSize: 8,
  maxIterations: 250,
  measureEvery: 10,
})

describe('stochastic solvers come within 1e-3 of the minimum', () => {
  for (const [method, recipe] of recipes)
    it.each(sumProblems)(`${method}: $name`, (problem) => {
      const { outcome } = steps(problem.oracle, recipe(problem), problem.start)
      const start = problem.oracle({ ask: 'value', at: problem.start })
      expect(start - problem.value).toBeGreaterThan(0.1)
      expect(outcome.value - problem.value).toBeLessThan(1e-3)
      expect(outcome.value).toBe(problem.oracle({ ask: 'value', at: outcome.at }))
    })
})

describe('saga and svrg find the minimisers of sums', () => {
  for (const [method, make] of [
    ['saga', saga],
    ['svrg', svrg],
  ] as const) {
    it.each(sumProblems.slice(0, 2))(`${method}: $name`, ({ oracle, start, solution, worst, value }) => {
      const solver = make({ rows: oracle.rows, batchSize: 8, smoothness: worst, maxIterations: 2000 })
      const { outcome } = steps(oracle, solver, start)
      expect(outcome.status).toBe('converged')
      expect(error(outcome.at, solution)).toBeLessThan(1e-6)
      expect(Math.abs(outcome.value - value)).toBeLessThan(1e-14)
    })

    it(`${method}, with a penalty: the lasso solution and its zeros`, () => {
      const { oracle, start, solution, worst, value, penalty } = compositeSum
      const options = { rows: oracle.rows, batchSize: 8, smoothness: worst, tolerance: 1e-11 }
      const solver = make({ ...options, penalty, maxIterations: 2000 })
      expect(solver.penalty).toBe(penalty)
      const { outcome } = steps(oracle, solver, start)
      expect(outcome.status).toBe('converged')
      expect(error(outcome.at, solution)).toBeLessThan(1e-9)
      expect(outcome.at.map((w) => (w === 0 ? 0 : 1))).toEqual(solution.map((w) => (w === 0 ? 0 : 1)))
      expect(Math.abs(outcome.value - value)).toBeLessThan(1e-13)
    })
  }
})

describe('saga and svrg with penalties of other kinds', () => {
  const { oracle, start, worst } = squares
  const options = { rows, batchSize: 8, smoothness: worst, maxIterations: 2000, tolerance: 1e-10 }

  it('start inside of bounds, stay there, and end on the right ones', () => {
    const penalty = nonNegative()
    for (const make of [saga, svrg]) {
      const { outcome, seen } = steps(
        oracle,
        make({ ...options, penalty }),
        start.map(() => -1),
      )
      expect(seen[0]!.at).toEqual(start)
      expect(outcome.status).toBe('converged')
      for (const { at } of seen) expect(Math.min(...at)).toBeGreaterThanOrEqual(0)
      const known = minimize(oracle, fista({ penalty, tolerance: 1e-12 }), start)
      expect(error(outcome.at, known.at)).toBeLessThan(1e-8)
      expect(outcome.at.some((w) => w === 0) && outcome.at.some((w) => w > 0)).toBe(true)
    }
  })

  it('refuse a step that a penalty has no prox for', () => {
    const penalty = mcp(0.1, 1.5)
    for (const [name, make] of [
      ['saga', saga],
      ['svrg', svrg],
    ] as const)
      expect(() => make({ rows, step: 1.5, penalty })).toThrow(
        new RangeError(`${name}: expected step in (0, ${penalty.stepLimit}), got 1.5`),
      )
    const { outcome } = steps(oracle, saga({ ...options, penalty }), start)
    expect(outcome.status).toBe('converged')
  })
})

describe('rates', () => {
  const { oracle, start, solution, worst, value } = squares
  const hessian = new Float64Array(size * size)
  oracle({ ask: 'hessian', at: start, gradient: start.slice(), hessian })
  const mu = smallestEigenvalue(hessian, size)
  const batches = Math.ceil(rows / 8)
  const distance = ({ at }: Step) => at.reduce((sum, v, j) => sum + (v - solution[j]!) ** 2, 0)

  it('saga is linear: ‖x − x*‖² falls by 1 − min(1/4m, μ/3L) an update or faster, down to rounding', () => {
    const solver = saga({ rows, batchSize: 8, smoothness: worst, tolerance: 1e-13, maxIterations: 300 })
    const { seen } = steps(oracle, solver, start)
    const errors = seen.map(distance)
    const end = errors.findIndex((e) => e < 1e-24)
    expect(end).toBeGreaterThan(20)
    const theory = (1 - Math.min(1 / (4 * batches), mu / (3 * worst))) ** batches
    // Of an expectation: over ten epochs the luck of the draws is small.
    for (let k = 10; k < end; k++) expect(errors[k]! / errors[k - 10]!).toBeLessThan(theory ** 10)
  })

  it('svrg is linear: f − f* falls by ½ + 9L/(μM) from one x̃ to the next or faster, down to rounding', () => {
    const measureEvery = Math.ceil((36 * worst) / mu / batches)
    const solver = svrg({
      rows,
      batchSize: 8,
      smoothness: worst,
      tolerance: 1e-13,
      measureEvery,
      maxIterations: 5000,
    })
    const { seen } = steps(oracle, solver, start)
    const gaps = seen.map((step) => step.value - value)
    const end = gaps.findIndex((gap) => gap < 1e-15)
    expect(end).toBeGreaterThan(1)
    const theory = 0.5 + (9 * worst) / (mu * measureEvery * batches)
    expect(theory).toBeLessThanOrEqual(0.75)
    for (let k = 1; k < end; k++) expect(gaps[k]! / gaps[k - 1]!).toBeLessThan(theory)
  })

  it('sgd with a constant step is not: it ends in a neighbourhood, which averaging leaves', () => {
    const gap = (averageAfter?: number) => {
      const solver = sgd({ rows, batchSize: 8, step: 1 / worst, maxIterations: 150, averageAfter })
      const { seen } = steps(oracle, solver, start)
      return seen.slice(-20).reduce((sum, step) => sum + (step.value - value) / 20, 0)
    }
    expect(gap()).toBeGreaterThan(1e-5)
    expect(gap(10)).toBeLessThan(0.2 * gap())
  })
})

describe('to the letter', () => {
  const { oracle, start } = squares
  const whole = { rows, batchSize: rows, maxIterations: 6 }
  const gradientAt = (at: Float64Array) => {
    const gradient = at.slice()
    oracle({ ask: 'sample-gradient', at, gradient, rows: Int32Array.from({ length: rows }, (_, i) => i) })
    return gradient
  }
  // Batches of all rows, in shuffled order: sums differ in the last digits.
  const follow = (
    solver: Solver<SampleQuery>,
    next: (x: Float64Array, g: Float64Array, k: number) => Float64Array,
  ) => {
    const { seen } = steps(oracle, solver, start)
    expect(seen.length).toBe(7)
    let x = start
    seen.forEach(({ at }, k) => {
      expect(error(at, x)).toBeLessThan(1e-13)
      x = next(x, gradientAt(x), k + 1)
    })
  }

  it('sgd: v ← βv + g, x ← x − tv, t by the schedule', () => {
    let v = new Float64Array(size)
    follow(sgd({ ...whole, momentum: 0.6, step: (k) => 1 / (k + 2) }), (x, g, k) => {
      v = plus(g, 0.6, v)
      return plus(x, -1 / (k + 1), v)
    })
  })

  it('adagrad: G ← G + g², x ← x − t g/(√G + ε)', () => {
    let G = new Float64Array(size)
    follow(adagrad({ ...whole, step: 0.3, epsilon: 0.01 }), (x, g) => {
      G = G.map((v, j) => v + g[j]! ** 2)
      return x.map((v, j) => v - (0.3 * g[j]!) / (Math.sqrt(G[j]!) + 0.01))
    })
  })

  it('rmsprop: G ← ρG + (1 − ρ)g², x ← x − t g/(√G + ε)', () => {
    let G = new Float64Array(size)
    follow(rmsprop({ ...whole, step: 0.05, decay: 0.7, epsilon: 0.01 }), (x, g) => {
      G = G.map((v, j) => 0.7 * v + 0.3 * g[j]! ** 2)
      return x.map((v, j) => v - (0.05 * g[j]!) / (Math.sqrt(G[j]!) + 0.01))
    })
  })

  it.each([false, true])('adam, amsgrad %s: with bias correction', (amsgrad) => {
    let m = new Float64Array(size)
    let v = new Float64Array(size)
    let most = new Float64Array(size)
    const options = { beta1: 0.8, beta2: 0.5, epsilon: 0.01, step: 0.1, amsgrad }
    follow(adam({ ...whole, ...options }), (x, g, k) => {
      m = m.map((mean, j) => 0.8 * mean + 0.2 * g[j]!)
      v = v.map((mean, j) => 0.5 * mean + 0.5 * g[j]! ** 2)
      const corrected = v.map((mean) => mean / (1 - 0.5 ** k))
      most = amsgrad ? most.map((mean, j) => Math.max(mean, corrected[j]!)) : corrected
      return x.map((w, j) => w - (0.1 * (m[j]! / (1 - 0.8 ** k))) / (Math.sqrt(most[j]!) + 0.01))
    })
  })

  it('adam moves each coordinate by its step at first, whatever the scale', () => {
    const { seen } = steps(oracle, adam({ ...whole, step: 0.01, maxIterations: 1 }), start)
    for (const x of seen[1]!.at) expect(Math.abs(Math.abs(x) - 0.01)).toBeLessThan(1e-7)
  })

  it.each([
    ['saga', true],
    ['svrg', false],
  ] as const)('%s: x ← x − t [m share (g − g_B) + ḡ], batch by batch', (name, replacing) => {
    const spy = spied(oracle)
    const options = { rows, batchSize: 30, step: 0.2, maxIterations: 3 }
    minimize(spy, name === 'saga' ? saga(options) : svrg({ ...options, measureEvery: 1 }), start)
    const kept = new Map<string, Float64Array>()
    // 97 rows in four batches, all asked at the start.
    const first = spy.asked.slice(0, 4)
    expect(first.map((query) => query.rows.length)).toEqual([30, 30, 30, 7])
    expect(new Set(first.flatMap((query) => query.rows)).size).toBe(rows)
    let next = 0
    let x = start
    const refill = () => {
      for (const query of spy.asked.slice(next, next + 4)) {
        expect(query.at).toEqual(x)
        kept.set(query.rows.join(), query.gradient)
      }
      next += 4
    }
    refill()
    for (let epoch = 0; epoch < 3; epoch++) {
      for (let k = 0; k < 4; k++, next++) {
        const { rows: batch, at, gradient } = spy.asked[next]!
        expect(error(at, x)).toBeLessThan(1e-14)
        let mean = new Float64Array(size)
        for (const [key, g] of kept) mean = plus(mean, key.split(',').length / rows, g)
        const old = kept.get(batch.join())!
        const estimate = plus(mean, (4 * batch.length) / rows, plus(gradient, -1, old))
        if (replacing) kept.set(batch.join(), gradient)
        x = plus(at, -0.2, estimate)
      }
      // What is measured is where the last update led.
      expect(error(spy.asked[next]!.at, x)).toBeLessThan(1e-14)
      x = spy.asked[next]!.at
      if (replacing) expect(spy.asked[next++]!.rows.length).toBe(rows)
      else refill()
    }
    expect(next).toBe(spy.asked.length)
  })

  it('the default step of saga is 1/(3L), of svrg 1/(6L)', () => {
    for (const [make, share] of [
      [saga, 3],
      [svrg, 6],
    ] as const) {
      const by = (options: { step: number } | { smoothness: number }) =>
        steps(oracle, make({ rows, maxIterations: 2, ...options }), start).seen
      expect(by({ smoothness: 7 })).toEqual(by({ step: 1 / share / 7 }))
    }
  })
})

describe('orders', () => {
  const { oracle, start } = squares
  const batches = (options: object) => {
    const spy = spied(oracle)
    minimize(spy, sgd({ rows, batchSize: 10, step: 0.1, maxIterations: 2, ...options }), start)
    const small = spy.asked.map((query) => query.rows).filter((some) => some.length < rows)
    return [small.slice(0, 10), small.slice(10)]
  }

  it('each epoch goes through all rows once, in an order of its own', () => {
    const [first, second] = batches({})
    for (const epoch of [first!, second!]) {
      expect(epoch.map((some) => some.length)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 7])
      expect(new Set(epoch.flat()).size).toBe(rows)
    }
    expect(first).not.toEqual(second)
  })

  it('with replacement, rows are missed and taken twice: about 1/e of them each', () => {
    const [first] = batches({ withReplacement: true })
    const different = new Set(first!.flat()).size / rows
    expect(Math.abs(different - (1 - 1 / Math.E))).toBeLessThan(0.15)
  })

  it('the seed decides: the same one gives the same iterates, bit for bit, another one others', () => {
    for (const make of [
      (seed: number) => sgd({ rows, step: 0.1, maxIterations: 5, seed }),
      (seed: number) => sgd({ rows, step: 0.1, maxIterations: 5, seed, withReplacement: true }),
      (seed: number) => adam({ rows, maxIterations: 5, seed }),
      (seed: number) => saga({ rows, step: 0.1, maxIterations: 5, seed }),
      (seed: number) => svrg({ rows, step: 0.1, maxIterations: 5, seed }),
    ]) {
      const once = make(3)
      const { seen } = steps(oracle, once, start)
      expect(steps(oracle, make(3), start).seen).toEqual(seen)
      // The same solver again starts from its seed.
      expect(steps(oracle, once, start).seen).toEqual(seen)
      expect(steps(oracle, make(4), start).seen.at(-1)).not.toEqual(seen.at(-1))
    }
    expect(batches({})).toEqual(batches({ seed: 0 }))
  })
})

describe('what is measured', () => {
  const { oracle, start, worst } = squares

  it('every step over all rows, by one question; an epoch is one pass', () => {
    const spy = spied(oracle)
    const { seen } = steps(spy, sgd({ rows, batchSize: 10, step: 0.1, maxIterations: 4 }), start)
    expect(seen.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3, 4])
    for (const { at, value, optimality } of seen) {
      const gradient = at.slice()
      expect(oracle({ ask: 'gradient', at, gradient })).toBe(value)
      expect(Math.max(...gradient.map(Math.abs))).toBe(optimality)
    }
    expect(spy.asked.reduce((sum, query) => sum + query.rows.length, 0)).toBe(9 * rows)
  })

  it('less often, if asked: the iterates stay the same, and the last epoch is always measured', () => {
    const options = { rows, batchSize: 10, step: 0.1, maxIterations: 7 }
    const often = steps(oracle, sgd(options), start).seen
    const { seen, outcome } = steps(oracle, sgd({ ...options, measureEvery: 3 }), start)
    expect(seen).toEqual(often.filter(({ iteration }) => [0, 3, 6, 7].includes(iteration)))
    expect(outcome.queries).toBe(7 * 10 + 4)
  })

  it('the passes of saga and svrg are those of their docstrings', () => {
    const passes = (solver: Solver<SampleQuery>) => {
      const spy = spied(oracle)
      minimize(spy, solver, start)
      return spy.asked.reduce((sum, query) => sum + query.rows.length, 0) / rows
    }
    // One batch, so that an epoch is exactly a pass.
    const one = { rows, batchSize: rows, step: 0.1 }
    expect(passes(saga({ ...one, maxIterations: 5 }))).toBe(1 + 2 * 5)
    expect(passes(saga({ ...one, maxIterations: 6, measureEvery: 3 }))).toBe(1 + 6 + 2)
    expect(passes(svrg({ ...one, maxIterations: 6 }))).toBe(1 + 6 + 3)
    expect(passes(svrg({ ...one, maxIterations: 6, measureEvery: 4 }))).toBe(1 + 6 + 2)
  })

  it('averaged: the mean of the iterates after so many epochs', () => {
    const options = { rows, batchSize: 10, step: 0.3, maxIterations: 4 }
    const spy = spied(oracle)
    const { seen } = steps(spy, sgd({ ...options, averageAfter: 2 }), start)
    const plain = steps(oracle, sgd(options), start).seen
    expect(seen.slice(0, 3)).toEqual(plain.slice(0, 3))
    // x after each update of the epochs 2 and 3: where the following batch was asked, and the end.
    const visited = spy.asked.filter((query) => query.rows.length < rows).map((query) => query.at)
    const iterates = [...visited.slice(21), plain[4]!.at]
    expect(iterates.length).toBe(20)
    const mean = start.map((_, j) => iterates.reduce((sum, x) => sum + x[j]! / 20, 0))
    expect(error(seen[4]!.at, mean)).toBeLessThan(1e-14)
  })

  it('at the limit the best point measured is returned', () => {
    const { seen, outcome } = steps(oracle, sgd({ rows, step: 40 / worst, maxIterations: 30 }), start)
    const values = seen.map(({ value }) => value)
    const best = Math.min(...values)
    expect(values[30]).toBeGreaterThan(best)
    expect(outcome).toMatchObject({ status: 'iteration-limit', value: best, iterations: 30 })
    expect(outcome.at).toEqual(seen[values.indexOf(best)]!.at)
  })

  it.each(['value', 'gradient'])('a %s that is not finite ends it at the best point, at once', (what) => {
    for (const make of [
      () => sgd({ rows, batchSize: 10, step: 0.1 }),
      () => adam({ rows, batchSize: 10 }),
      () => saga({ rows, batchSize: 10, step: 0.1 }),
      () => svrg({ rows, batchSize: 10, step: 0.1 }),
    ]) {
      let left = 27
      const broken: Oracle<SampleQuery> = (query) => {
        expect(query.at.every(Number.isFinite)).toBe(true)
        const value = oracle(query)
        if (left-- > 0) return value
        if (what === 'gradient') query.gradient[2] = Infinity
        return what === 'value' ? NaN : value
      }
      const { outcome, seen } = steps(broken, make(), start)
      expect(left).toBe(-1)
      const best = seen.reduce((a, b) => (b.value < a.value ? b : a))
      expect(outcome).toMatchObject({ status: 'non-finite', value: best.value, iterations: best.iteration })
      expect(outcome.at).toEqual(best.at)
    }
  })
})

describe('options', () => {
  it.each<[string, () => unknown, string]>([
    [
      'no rows',
      () => sgd({ step: 1 } as Parameters<typeof sgd>[0]),
      'sgd: expected rows 1, 2, …, got undefined',
    ],
    ['rows', () => adam({ rows: 0 }), 'adam: expected rows 1, 2, …, got 0'],
    ['batchSize', () => adagrad({ rows: 9, batchSize: 2.5 }), 'adagrad: expected batchSize 1, 2, …, got 2.5'],
    [
      'measureEvery',
      () => saga({ rows: 9, step: 1, measureEvery: NaN }),
      'saga: expected measureEvery 1, 2, …, got NaN',
    ],
    ['seed', () => rmsprop({ rows: 9, seed: -1 }), 'rmsprop: expected seed >= 0, got -1'],
    ['tolerance', () => svrg({ rows: 9, step: 1, tolerance: -1 }), 'svrg: expected tolerance >= 0, got -1'],
    [
      'maxIterations',
      () => adam({ rows: 9, maxIterations: NaN }),
      'adam: expected maxIterations >= 0, got NaN',
    ],
    ['no step', () => sgd({ rows: 9 } as Parameters<typeof sgd>[0]), 'sgd: expected step > 0, got undefined'],
    ['step', () => sgd({ rows: 9, step: Infinity }), 'sgd: expected step > 0, got Infinity'],
    ['schedule', () => adam({ rows: 9, step: (k) => -k }), 'adam: expected step > 0, got 0'],
    [
      'averageAfter',
      () => sgd({ rows: 9, step: 1, averageAfter: -1 }),
      'sgd: expected averageAfter >= 0, got -1',
    ],
    ['momentum', () => sgd({ rows: 9, step: 1, momentum: 1 }), 'sgd: expected momentum in [0, 1), got 1'],
    ['decay', () => rmsprop({ rows: 9, decay: NaN }), 'rmsprop: expected decay in [0, 1), got NaN'],
    ['beta2', () => adam({ rows: 9, beta2: -0.1 }), 'adam: expected beta2 in [0, 1), got -0.1'],
    ['epsilon', () => adam({ rows: 9, epsilon: 0 }), 'adam: expected epsilon > 0, got 0'],
    [
      'saga without a step',
      () => saga({ rows: 9 } as Parameters<typeof saga>[0]),
      'saga: expected step in (0, Infinity), got NaN',
    ],
    [
      'smoothness',
      () => svrg({ rows: 9, smoothness: 0 }),
      'svrg: expected step in (0, Infinity), got Infinity',
    ],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(new RangeError(message))
  })
})

/** By bisection on the sign of the pivots of A − tI. */
function smallestEigenvalue(a: Float64Array, n: number): number {
  const definite = (t: number) => {
    const m = a.slice()
    for (let j = 0; j < n; j++) m[j * n + j]! -= t
    for (let j = 0; j < n; j++) {
      if (!(m[j * n + j]! > 0)) return false
      for (let i = j + 1; i < n; i++) {
        const factor = m[i * n + j]! / m[j * n + j]!
        for (let k = j; k < n; k++) m[i * n + k]! -= factor * m[j * n + k]!
      }
    }
    return true
  }
  let low = 0
  let high = a[0]!
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2
    if (definite(middle)) low = middle
    else high = middle
  }
  return low
}

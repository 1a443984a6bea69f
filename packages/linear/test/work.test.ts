// What a fit costs, counted rather than timed: rows that are read, and arrays of the size of a row or a column that iterations make.
import { binaryCrossEntropy } from '@logodds/core'
import { type Limits, l2, lbfgs, newton, newtonCg, type Solver } from '@logodds/optim'
import { arraysMade } from '@logodds/presets/allocations'
import { describe, expect, it } from 'vitest'
import {
  auto,
  csr,
  type Design,
  dense,
  fitLogistic,
  type LogisticOptions,
  type ObjectiveQuery,
  objective,
} from '../src/index.ts'

/** A design that counts the rows that are read, in all designs that are made of it. */
function counted(design: Design) {
  let rows = 0
  const wrapped = (inner: Design): Design => ({
    ...inner,
    reader() {
      const reader = inner.reader()
      const { read, gather } = reader
      return Object.assign(reader, {
        gather(some: Int32Array) {
          rows += some.length
          gather?.(some)
        },
        read(first: number, count: number) {
          rows += count
          read(first, count)
        },
      })
    },
    moments(weights) {
      rows += inner.rows
      return inner.moments(weights)
    },
    rescaled: (...how) => wrapped(inner.rescaled(...how)),
    withIntercept: () => wrapped(inner.withIntercept()),
  })
  return { design: wrapped(design), rows: () => rows }
}

/** Numbers that look normal: a sum of four that are uniform in [−1, 1). */
function normals(count: number, seed: number): Float64Array {
  let state = seed
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
  return Float64Array.from({ length: count }, () => 0.87 * (uniform() + uniform() + uniform() + uniform()))
}

const labels = (eta: Float64Array, seed: number) =>
  normals(eta.length, seed).map((u, i) => +(eta[i] + 1.7 * u > 0))

interface Task {
  readonly X: () => Design
  readonly y: Float64Array
  readonly rows: number
  readonly intercept: boolean
}

/** n × p numbers, and labels that the first columns tell. */
function denseTask(n: number, p: number, change: (x: Float64Array) => void = () => {}): Task {
  const x = normals(n * p, p)
  const y = labels(
    Float64Array.from({ length: n }, (_, i) => x[i * p] - x[i * p + 1] + 0.5 * x[i * p + 2] - 0.3),
    n,
  )
  change(x)
  return { X: () => dense(x, [n, p]), y, rows: n, intercept: true }
}

/** T6: columns as ⌊u³p⌋, rows of length 1. */
function sparseTask(n: number, p: number, perRow: number): Task {
  const u = normals(2 * n * perRow, 6)
  const data = new Float64Array(n * perRow).fill(1 / Math.sqrt(perRow))
  const indices = Int32Array.from(data, (_, q) => Math.floor(Math.min(0.999, Math.abs(u[q] / 3.5)) ** 3 * p))
  const indptr = Int32Array.from({ length: n + 1 }, (_, i) => i * perRow)
  const eta = Float64Array.from({ length: n }, (_, i) =>
    indices.subarray(indptr[i], indptr[i + 1]).reduce((sum, j) => sum + (j % 3) - 1, 0),
  )
  return { X: () => csr({ data, indices, indptr, columns: p }), y: labels(eta, 3), rows: n, intercept: false }
}

// 37 is prime to 60.
const illConditioned = (x: Float64Array) => {
  for (let i = 0; i < x.length; i += 60)
    for (let j = 59; j >= 5; j--)
      x[i + j] = (0.985 * x[i + (j % 5)] + 0.173 * x[i + j]) * 10 ** (-2 + (5 * ((37 * j) % 60)) / 59)
}
const tasks = {
  T1: denseTask(6000, 60),
  T2: denseTask(6000, 60, illConditioned),
  T3: denseTask(20_000, 20),
  T6: sparseTask(3000, 1500, 20),
}

const options = ({ rows, intercept }: Task): LogisticOptions => ({
  penalty: l2(1 / rows),
  standardize: false,
  intercept,
})

const solvers = {
  default: {},
  auto: { solver: auto() },
  lbfgs: { solver: (_: unknown, limits: Limits) => lbfgs(limits) },
  newtonCg: { solver: (_: unknown, limits: Limits) => newtonCg(limits) },
}

describe('readings of X', () => {
  // What they are today; fewer are welcome.
  it.each([
    ['T1', 'default', 8],
    ['T2', 'default', 8],
    ['T3', 'default', 8],
    ['T1', 'auto', 16],
    ['T2', 'auto', 14],
    ['T3', 'auto', 12],
    ['T6', 'auto', 28],
  ] as const)('%s by the solver %s: at most %i, and as many as the fit says', (name, solver, most) => {
    const task = tasks[name]
    const { design, rows } = counted(task.X())
    const { fit } = fitLogistic(design, task.y, { ...options(task), ...solvers[solver] })
    expect(fit.status).toBe('converged')
    expect(fit.passes).toBeLessThanOrEqual(most)
    // Rows of samples are counted to the next whole pass.
    const passes = rows() / task.rows
    expect(Math.ceil(passes)).toBe(fit.passes)
    if (solver === 'default') expect(passes).toBe(fit.passes)
  })

  it.each([
    ['without a penalty', { intercept: true }],
    ['without an intercept', { penalty: l2(1e-3), intercept: false }],
  ])('%s nothing moves after the solver: one for each of its questions, and no other', (_, given) => {
    const { X, y } = tasks.T3
    const { design, rows } = counted(X())
    let asked = 0
    const { fit } = fitLogistic(design, y, {
      ...given,
      solver: (_, limits) => {
        const solve = newton(limits)
        return function* (x) {
          const run = solve(x)
          let turn = run.next(0)
          while (!turn.done) {
            asked += +(turn.value.ask !== 'step')
            turn = run.next(yield turn.value)
          }
          return turn.value
        }
      },
    })
    expect(fit.status).toBe('converged')
    // Besides the moments, and the search for aliased columns where there is no penalty.
    const before = 'penalty' in given ? 1 : 2
    expect(rows() / y.length).toBe(asked + before)
    expect(fit.passes).toBe(asked + before)
    // The same as what is asked for anew.
    const at = fitLogistic(design, y, { ...given, tolerance: 1e-9 })
    expect(Math.abs(at.fit.logLikelihood! / fit.logLikelihood! - 1)).toBeLessThan(1e-12)
  })

  it('what is reported is what was measured, whatever the solver says of its end', () => {
    const { X, y } = tasks.T3
    const given = { penalty: l2(1e-3), intercept: false }
    const { fit } = fitLogistic(X(), y, given)
    // One object for all its questions, the last of which has no gradient; and values of its own, as of a batch.
    const boasting = (_: unknown, limits: Limits): Solver<ObjectiveQuery> => {
      const solve = newton(limits)
      return function* (x) {
        const ended = yield* solve(x)
        return { ...ended, value: 0.125 }
      }
    }
    const terse = (_: unknown, limits: Limits): Solver<ObjectiveQuery> =>
      function* (x) {
        const ended = yield* newton(limits)(x)
        const question = { ask: 'gradient' as const, at: x.map((v) => v + 1), gradient: x.slice() }
        yield question
        question.at.set(ended.at)
        yield Object.assign(question, { ask: 'value' as const })
        return ended
      }
    for (const solver of [boasting, terse]) {
      const other = fitLogistic(X(), y, { ...given, solver }).fit
      expect(other.status).toBe('converged')
      expect(Math.abs(other.logLikelihood! / fit.logLikelihood! - 1)).toBeLessThan(1e-12)
      expect(other.dualityGap).toBeLessThan(1e-12)
    }
  })

  it('a question is one of them, or two for a product with the Hessian at a new point', () => {
    const { y } = tasks.T1
    const { design, rows } = counted(tasks.T1.X())
    const f = objective({ design, loss: binaryCrossEntropy, y })
    const at = new Float64Array(60)
    const [gradient, product] = [at.slice(), at.slice()]
    const passes = () => rows() / y.length
    f({ ask: 'value', at })
    expect(passes()).toBe(1)
    f({ ask: 'gradient', at, gradient })
    expect(passes()).toBe(2)
    f({ ask: 'hessian', at, gradient, hessian: new Float64Array(3600) })
    expect(passes()).toBe(3)
    f({ ask: 'curvature', at, along: gradient, product })
    expect(passes()).toBe(4)
    expect(f.passes).toBe(4)
  })
})

describe('arrays of at least half as many entries as there are columns', () => {
  const made = ({ X, y, ...task }: Task, solver: keyof typeof solvers, maxIterations: number, p: number) => {
    const design = X()
    let iterations = 0
    const lengths = arraysMade(p / 2, () => {
      const { fit } = fitLogistic(design, y, {
        ...options({ X, y, ...task }),
        ...solvers[solver],
        maxIterations,
        tolerance: 1e-14,
      })
      iterations = fit.iterations
    })
    expect(iterations).toBe(maxIterations)
    return lengths
  }

  // L-BFGS keeps pairs of arrays for its first ten steps, and uses them again.
  it.each([
    ['T1', 'default', 2, 4, 60],
    ['T2', 'default', 2, 4, 60],
    ['T1', 'newtonCg', 2, 4, 60],
    ['T1', 'auto', 11, 13, 60],
    ['T2', 'auto', 11, 13, 60],
    ['T1', 'lbfgs', 11, 13, 60],
    ['T6', 'auto', 11, 20, 800],
    ['T6', 'lbfgs', 11, 40, 800],
  ] as const)('%s by the solver %s: iterations %i to %i make none', (name, solver, few, more, p) => {
    const before = made(tasks[name], solver, few, p)
    expect(before.length).toBeGreaterThan(10)
    expect(made(tasks[name], solver, more, p)).toEqual(before)
  })

  it('the first iterations of L-BFGS make the two that they keep', () => {
    const lengths = made(tasks.T1, 'lbfgs', 4, 60)
    expect(lengths.length - made(tasks.T1, 'lbfgs', 2, 60).length).toBe(4)
  })

  it('questions to an objective make none', () => {
    const { y } = tasks.T1
    const f = objective({ design: tasks.T1.X(), loss: binaryCrossEntropy, y })
    const at = new Float64Array(60)
    const [gradient, product, hessian] = [at.slice(), at.slice(), new Float64Array(3600)]
    const ask = () => {
      at[0]++
      f({ ask: 'gradient', at, gradient })
      f({ ask: 'curvature', at, along: gradient, product })
      f({ ask: 'hessian', at, gradient, hessian })
      f({ ask: 'value', at })
    }
    expect(arraysMade(30, ask)).toEqual([])
  })
})

// What a fit costs, counted rather than timed: the rows of X that kernels are called for, and what iterations make.
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { auto, type Design, fitLogistic, objective } from '@logodds/linear'
import { type Limits, l2, lbfgs, newtonCg } from '@logodds/optim'
import { arraysMade } from '@logodds/presets/allocations'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { csr, dense, matrix, threads } from '../src/index.ts'
import { numbers, uniform } from './random.ts'

type Exports = Record<string, (...given: number[]) => number>

// Of all exports that read X: which argument says how many rows.
const DENSE = {
  multiply: 1,
  multiplyTransposed: 1,
  gram: 1,
  addSquares: 1,
  packPanels: 1,
  pass: 5,
  product: 3,
}
const MOMENTS = { finite: 1, finiteSingle: 1, moments: 2 }
const SPARSE = { multiply: 4, multiplyTransposed: 4, pass: 7, product: 4 }

/** Rows by the name of the export. */
const read: Record<string, number> = {}
const { WebAssembly: platform } = globalThis as unknown as {
  WebAssembly: { Instance: new (...given: object[]) => { exports: Exports } }
}
const { Instance } = platform

beforeAll(() => {
  // Threads call their own.
  threads(1)
  platform.Instance = new Proxy(Instance, {
    construct(target, given) {
      const { exports } = new target(...(given as object[]))
      const [, rowsAt] = (
        [
          ['addSquares', DENSE],
          ['moments', MOMENTS],
          ['pass', SPARSE],
        ] as [string, Record<string, number>][]
      ).find(([name]) => name in exports) ?? ['', {} as Record<string, number>]
      const counting = Object.fromEntries(
        Object.entries(exports).map(([name, call]) => [
          name,
          typeof call !== 'function'
            ? call
            : (...given: number[]) => {
                if (name in rowsAt) read[name] = (read[name] ?? 0) + given[rowsAt[name]]
                return call(...given)
              },
        ]),
      )
      return { exports: counting }
    },
  })
})
afterAll(() => {
  platform.Instance = Instance
})
afterEach(() => {
  for (const name of Object.keys(read)) delete read[name]
})

const n = 6000
const p = 60
const random = uniform(1)
const values = numbers(n * p, random)
// Columns that resemble one another, on scales from 1e-2 to 1e3: 37 is prime to 60.
const alike = values.map((v, q) => {
  const j = q % p
  return (j < 5 ? v : 0.985 * values[q - j + (j % 5)] + 0.173 * v) * 10 ** (-2 + (5 * ((37 * j) % p)) / p)
})
const y = Float64Array.from(
  { length: n },
  (_, i) => +(values[i * p] - values[i * p + 1] + 0.5 * values[i * p + 2] + random() > 0.3),
)
const rowsOf = (x: Float64Array) => {
  const own = matrix(n, p)
  own.data.set(x)
  return dense(own)
}
const indices = Int32Array.from({ length: 20 * n }, () => Math.floor(Math.abs(random()) ** 3 * 1500))
const indptr = Int32Array.from({ length: n + 1 }, (_, i) => 20 * i)
const designs: Record<string, () => Design> = {
  T1: () => rowsOf(values),
  T2: () => rowsOf(alike),
  T6: () => csr({ data: new Float64Array(20 * n).fill(0.2), indices, indptr, columns: 1500 }),
}
const solvers = {
  default: undefined,
  auto: auto(),
  lbfgs: (_: unknown, limits: Limits) => lbfgs(limits),
  newtonCg: (_: unknown, limits: Limits) => newtonCg(limits),
}
const options = { penalty: l2(1 / n), standardize: false }
const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }

describe('readings of X', () => {
  // What they are today; fewer are welcome.
  it.each([
    ['T1', 'default', 9],
    ['T2', 'default', 9],
    ['T1', 'auto', 16],
    ['T2', 'auto', 15],
    ['T6', 'auto', 15],
  ] as const)('%s by the solver %s: at most %i, and as many as the fit says', (name, solver, most) => {
    const design = designs[name]()
    const { fit } = fitLogistic(design, y, { ...options, solver: solvers[solver] })
    expect(fit.status).toBe('converged')
    expect(fit.passes).toBeLessThanOrEqual(most)
    const { finite = 0, moments = 0, pass = 0, product = 0, ...sampled } = read
    // That numbers are finite is seen in the moments.
    expect(finite).toBe(0)
    // The moments of sparse columns are read by entries.
    const whole = (moments || n) + pass + product
    if (solver === 'default' || name === 'T6') expect(whole / n).toBe(fit.passes)
    else {
      // What samples read is counted to the next whole pass: a row of a Hessian is read by two exports, and has been copied once at most.
      const parts = Object.values(sampled).reduce((sum, rows) => sum + rows, 0)
      expect((whole + parts / 2) / n).toBeLessThanOrEqual(fit.passes)
      expect((whole + 1.5 * parts) / n).toBeGreaterThan(fit.passes - 1)
    }
  })

  it.each(['T1', 'T6'])('%s: a question is one of them, by one export', (name) => {
    const design = designs[name]()
    const f = objective({ design, loss, y })
    const at = new Float64Array(design.columns)
    const [gradient, product] = [at.slice(), at.slice()]
    const asked = (query: () => void) => {
      for (const key of Object.keys(read)) delete read[key]
      query()
      return { ...read }
    }
    expect(asked(() => f({ ask: 'value', at }))).toEqual({ pass: n })
    expect(asked(() => f({ ask: 'gradient', at, gradient }))).toEqual({ pass: n })
    if (name === 'T1') {
      const hessian = new Float64Array(p * p)
      expect(asked(() => f({ ask: 'hessian', at, gradient, hessian }))).toEqual({ pass: n })
    } else f({ ask: 'curvature', at, along: gradient, product })
    expect(asked(() => f({ ask: 'curvature', at, along: gradient, product }))).toEqual({ product: n })
  })
})

describe('arrays of a number for each row', () => {
  // Indices of classes, weights and η.
  it.each(['default', 'lbfgs'] as const)('a fit without weights by the solver %s makes three', (solver) => {
    const design = designs.T1()
    const lengths = arraysMade(n, () => fitLogistic(design, y, { ...options, solver: solvers[solver] }))
    expect(lengths.filter((length) => length < 2 * n)).toEqual([n, n, n + 3])
  })
})

describe('arrays of at least half as many entries as there are columns, and memories', () => {
  const made = (name: string, solver: keyof typeof solvers, maxIterations: number) => {
    const design = designs[name]()
    let iterations = 0
    const lengths = arraysMade(design.columns / 2, () => {
      const { fit } = fitLogistic(design, y, {
        ...options,
        solver: solvers[solver],
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
    ['T1', 'default', 2, 3],
    ['T2', 'default', 2, 3],
    ['T1', 'newtonCg', 2, 3],
    ['T1', 'auto', 11, 13],
    ['T2', 'auto', 11, 13],
    ['T1', 'lbfgs', 11, 13],
    ['T6', 'auto', 11, 20],
    ['T6', 'lbfgs', 11, 40],
  ] as const)('%s by the solver %s: iterations %i to %i make none', (name, solver, few, more) => {
    // Memories that samples give back are there from then on.
    made(name, solver, few)
    const before = made(name, solver, few)
    expect(before.length).toBeGreaterThan(10)
    expect(made(name, solver, more)).toEqual(before)
  })

  it.each(['T1', 'T6'])('%s: questions to an objective make none', (name) => {
    const design = designs[name]()
    const f = objective({ design, loss, y })
    const at = new Float64Array(design.columns)
    const [gradient, product] = [at.slice(), at.slice()]
    const ask = () => {
      at[0]++
      f({ ask: 'gradient', at, gradient })
      f({ ask: 'curvature', at, along: gradient, product })
      f({ ask: 'value', at })
    }
    ask()
    expect(arraysMade(design.columns / 2, ask)).toEqual([])
  })

  it('a Hessian makes none', () => {
    const f = objective({ design: designs.T1(), loss, y })
    const at = new Float64Array(p)
    const [gradient, hessian] = [at.slice(), new Float64Array(p * p)]
    f({ ask: 'hessian', at, gradient, hessian })
    at[0]++
    expect(arraysMade(p / 2, () => f({ ask: 'hessian', at, gradient, hessian }))).toEqual([])
  })
})

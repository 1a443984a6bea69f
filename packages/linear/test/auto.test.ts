// auto() reaches what the default solver reaches, says how, and in few passes.
import { categoricalCrossEntropyBlocks } from '@logodds/core'
import { elasticNet, l1, l2, nonNegative } from '@logodds/optim'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cheapestSample } from '../src/auto.ts'
import {
  auto,
  csr,
  dense,
  fitLinear,
  fitLogistic,
  fitLogisticAsync,
  type LogisticOptions,
} from '../src/index.ts'
import { hessianPreconditioner } from '../src/preconditioner.ts'
import type { Problem } from '../src/problem.ts'
import { type RowSample, sampleRows } from '../src/row-sample.ts'
import { columns, table, treatment } from './tables.ts'

// Seeded: the same data on every machine.
function random(seed: number) {
  let state = seed
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uniform, normal }
}

interface Made {
  readonly X: number[][]
  readonly y: number[]
}

/** @param level of the log-odds; `column` makes the numbers of a row from standard normal ones */
function make(n: number, p: number, seed: number, level = 0, column = (z: number[]) => z): Made {
  const { uniform, normal } = random(seed)
  const w = Array.from({ length: p }, () => normal() / Math.sqrt(p))
  const X: number[][] = []
  const y: number[] = []
  for (let i = 0; i < n; i++) {
    const z = Array.from({ length: p }, normal)
    X.push(column(z))
    const eta = z.reduce((sum, v, j) => sum + v * w[j], level)
    y.push(+(uniform() < 1 / (1 + Math.exp(-eta))))
  }
  return { X, y }
}

const tall = make(5000, 50, 1)
const rare = make(6000, 30, 2, -6)
const reversed = (made: Made): Made => {
  const order = made.y.map((_, i) => i).sort((a, b) => made.y[b] - made.y[a])
  return { X: order.map((i) => made.X[i]), y: order.map((i) => made.y[i]) }
}
// Five factors, ρ = 0.97, scales from 1e-2 to 1e3.
const factors = (z: number[]) =>
  z.map((v, j) => (Math.sqrt(0.97) * z[j % 5] + Math.sqrt(0.03) * v) * 10 ** (-2 + (5 * j) / (z.length - 1)))
const correlated = make(5000, 40, 3, 0, factors)
const { uniform } = random(4)
const someWeights = tall.y.map(() => (uniform() < 0.6 ? 0 : 10 * uniform() ** 4))
const offset = tall.y.map(() => 2 + uniform())

const spector = table('spector')
const pima = table('pima_tr')
const birthwt = table('birthwt')
const small: Record<string, [number[][], (number | string)[], LogisticOptions?]> = {
  spector: [columns(...['GPA', 'TUCE', 'PSI'].map(spector.number)), spector.number('GRADE')],
  'spector, offset': [
    columns(...['GPA', 'PSI'].map(spector.number)),
    spector.number('GRADE'),
    { offset: spector.number('TUCE').map((v) => v / 10) },
  ],
  pima: [columns(...['npreg', 'glu', 'bp', 'skin', 'bmi', 'ped', 'age'].map(pima.number)), pima.text('type')],
  'birthwt, aliased': [
    columns(
      ...['age', 'lwt', 'age'].map(birthwt.number),
      ...treatment(birthwt.text('race')),
      ...['smoke', 'ptl', 'ht', 'ui', 'ftv'].map(birthwt.number),
    ),
    birthwt.number('low'),
  ],
  'no intercept': [columns(...['glu', 'bmi'].map(pima.number)), pima.text('type'), { intercept: false }],
}
const large: Record<string, [Made, LogisticOptions]> = {
  tall: [tall, { penalty: l2(1e-3) }],
  'tall, no penalty': [tall, {}],
  'tall, hardly any': [tall, { penalty: l2(1 / 5000), standardize: false }],
  'ill-conditioned': [correlated, { penalty: l2(1 / 5000), standardize: false }],
  'ill-conditioned, no penalty': [correlated, {}],
  'sorted labels': [reversed(tall), { penalty: l2(1e-3) }],
  'one rare class': [rare, { penalty: l2(1e-3) }],
  'one rare class, sorted': [reversed(rare), { penalty: l2(1e-3) }],
  'one rare class, balanced': [rare, { penalty: l2(1e-2), classWeights: 'balanced' }],
  'weights with zeros': [tall, { penalty: l2(1e-3), weights: someWeights }],
  offset: [tall, { penalty: l2(1e-3), offset }],
  'no intercept': [tall, { penalty: l2(1e-3), intercept: false }],
  'a penalty that leaves some alone': [
    tall,
    { penalty: l2(1e-2, { weights: Array.from({ length: 50 }, (_, j) => j % 3) }) },
  ],
  'the other class': [tall, { penalty: l2(1e-3), positive: 0 }],
  'labels that do not depend on X': [{ X: tall.X, y: tall.y.map((_, i) => i % 2) }, { penalty: l2(1e-3) }],
}

/** The same optimum, in the units of the columns. */
function expectSame(X: number[][], y: (number | string)[], options: LogisticOptions): void {
  const expected = fitLogistic(X, y, options)
  const got = fitLogistic(X, y, { ...options, solver: auto() })
  expect(expected.fit.status).toBe('converged')
  expect(got.fit.status, got.fit.message).toBe('converged')
  expect(got.fit.gradientNorm).toBeLessThanOrEqual(1e-8)
  const eta = (model: typeof got, row: number[]) =>
    row.reduce((sum, x, j) => sum + x * model.coefficients[0][j], model.intercepts[0])
  X.forEach((row) => {
    expect(Math.abs(eta(got, row) - eta(expected, row))).toBeLessThanOrEqual(2e-5)
  })
  expect(Math.abs(got.fit.logLikelihood! / expected.fit.logLikelihood! - 1)).toBeLessThanOrEqual(1e-7)
  // A gradient of 1e-8 on standardised columns is no smaller a gap where the penalty sees columns as they are, or is a constraint.
  const tight = options.standardize !== false && options.penalty?.solver === undefined
  if (options.penalty && tight) expect(got.fit.dualityGap ?? 0).toBeLessThanOrEqual(1e-12)
}

describe('the same optimum as by default', () => {
  for (const [name, [X, y, options]] of Object.entries(small))
    for (const penalty of [undefined, l2(0.01), l1(0.01), elasticNet(0.02, 0.5), nonNegative()])
      it(`${name}, ${penalty?.name ?? 'no penalty'}`, () => expectSame(X, y, { ...options, penalty }))
  for (const [name, [{ X, y }, options]] of Object.entries(large))
    it(name, () => {
      expectSame(X, y, options)
      expect(fitLogistic(X, y, { ...options, solver: auto() }).fit.message).toMatch(
        /^Converged: gradient norm \S+ after \d+ iterations of L-BFGS preconditioned by the Hessian of \d+ rows \(\d+ coordinates, [56]000 rows\)\.$/,
      )
    })
})

describe('what it says', () => {
  const message = (X: Parameters<typeof fitLogistic>[0], y: number[], options: LogisticOptions) =>
    fitLogistic(X, y, { ...options, solver: auto() }).fit.message
  it('Newton’s method for few coordinates', () => {
    const [X, y] = small.spector
    expect(message(X, y as number[], {})).toMatch(/ of Newton's method \(4 coordinates, 32 rows\)\.$/)
  })
  it('penalties without a gradient bring their solvers', () => {
    const [X, y] = small.spector
    expect(message(X, y as number[], { penalty: l1(0.1) })).toMatch(
      / of l1's own solver \(4 coordinates, 32 rows\)\.$/,
    )
  })
  it('proximal Newton by columns for many coordinates and a kink; FISTA first where passes are quick', () => {
    // Correlated, and on scales of their own: FISTA's step is that of the largest.
    const { X, y } = make(150, 260, 7, 0, (z) => z.map((v, j) => (v + 3 * z[0]) * (j % 9 ? 1 : 30)))
    const plain = dense(X)
    const quick = (design: typeof plain): typeof plain => ({
      ...design,
      fused: () => undefined,
      rescaled: (...how) => quick(design.rescaled(...how)),
      withIntercept: () => quick(design.withIntercept()),
    })
    const indptr = X.map((_, i) => 260 * i).concat(260 * 150)
    const sparse = csr({
      data: X.flat(),
      indices: X.flatMap((r) => r.map((_, j) => j)),
      indptr,
      columns: 260,
    })
    for (const penalty of [l1(0.02), elasticNet(0.05, 0.5)])
      for (const design of [plain, sparse, quick(plain)]) {
        const options = { penalty, standardize: false, tolerance: 1e-7 }
        const { fit, coefficients } = fitLogistic(design, y, { ...options, solver: auto() })
        expect(fit.status, fit.message).toBe('converged')
        if (design === plain || design === sparse) {
          expect(fit.message).toMatch(
            / of proximal Newton, column by column \(261 coordinates, 150 (sparse )?rows\)/,
          )
          expect(fit.iterations).toBeLessThan(25)
        } else {
          expect(fit.message).toMatch(/ of FISTA, then proximal Newton \(261 coordinates, 150 rows\)/)
          // That many of FISTA alone do not suffice.
          expect(fit.iterations).toBeGreaterThan(1000)
          expect(fit.iterations).toBeLessThan(1030)
        }
        // The Hessian written down.
        const expected = fitLogistic(X, y, {
          ...options,
          solver: (p, { tolerance, maxIterations }) => p!.newton!({ tolerance, maxIterations }),
        })
        coefficients[0].forEach((v, j) => {
          expect(Math.abs(v - expected.coefficients[0][j])).toBeLessThan(1e-5)
        })
        const early = fitLogistic(design, y, { ...options, solver: auto(), maxIterations: 2 }).fit
        expect([early.iterations, early.status]).toEqual([2, 'iteration-limit'])
      }
  })
  it('the diagonal where coordinates are many and their penalties differ', () => {
    const { uniform, normal } = random(5)
    const rows = 700
    const wide = 3000
    const indptr = [0]
    const indices: number[] = []
    const data: number[] = []
    const y: number[] = []
    for (let i = 0; i < rows; i++) {
      const there = [...new Set(Array.from({ length: 20 }, () => Math.floor(uniform() ** 3 * wide)))].sort(
        (a, b) => a - b,
      )
      indices.push(...there)
      data.push(...there.map(normal))
      indptr.push(indices.length)
      y.push(i % 2)
    }
    const X = csr({ data, indices, indptr, columns: wide })
    const options = { penalty: l2(0.01), standardize: false }
    const got = fitLogistic(X, y, { ...options, solver: auto() })
    expect(got.fit.message).toMatch(
      / of L-BFGS preconditioned by the Hessian's diagonal \(\d+ coordinates, 700 sparse rows\)\.$/,
    )
    // Proven. L-BFGS alone has not come near after a thousand iterations.
    expect(got.fit.status).toBe('converged')
    expect(got.fit.dualityGap!).toBeLessThan(1e-13)
    expect(got.fit.iterations).toBeLessThan(40)
    // Without differences, L-BFGS alone.
    expect(message(X, y, { penalty: l2(0.1) })).toMatch(/ of L-BFGS \(\d+ coordinates, 700 sparse rows\)\.$/)
  })
  it('where a fit ends early', () => {
    expect(message(tall.X, tall.y, { penalty: l2(1e-3), maxIterations: 1 })).toMatch(
      /^Not converged: raise maxIterations or tolerance\. \(gradient norm \S+ after 1 iterations of L-BFGS preconditioned by the Hessian of \d+ rows \(51 coordinates, 5000 rows\)\)$/,
    )
  })
  it('a start so far out that no row bends the loss does no harm', () => {
    const start = { coefficients: [tall.X[0].map(() => 300)], intercepts: [5000] }
    const options = { penalty: l2(1e-3), start }
    expectSame(tall.X, tall.y, options)
    const { fit } = fitLogistic(tall.X, tall.y, { ...options, solver: auto() })
    // At most sixty of L-BFGS, then Newton's.
    expect(fit.iterations).toBeLessThan(90)
    expect(fitLogistic(tall.X, tall.y, { ...options, solver: auto(), maxIterations: 7 }).fit.iterations).toBe(
      7,
    )
  })
  it('separated classes are named', () => {
    const y = tall.X.map((row) => +(row[0] + row[1] > 0))
    expect(fitLogistic(tall.X, y, { solver: auto() }).fit.status).toBe('separated')
  })
})

describe('passes over the data', () => {
  it('few, and as many as were made', () => {
    let read = 0
    const plain = dense(tall.X)
    const counted = (design: typeof plain): typeof plain => ({
      ...design,
      reader() {
        const reader = design.reader()
        return {
          ...reader,
          read(first, rows) {
            read += rows / design.rows
            reader.read(first, rows)
          },
          gather(rows) {
            read += rows.length / design.rows
            reader.gather?.(rows)
          },
        }
      },
      moments(weights) {
        read++
        return design.moments(weights)
      },
      rescaled: (...how) => counted(design.rescaled(...how)),
      withIntercept: () => counted(design.withIntercept()),
    })
    const { fit } = fitLogistic(counted(plain), tall.y, { penalty: l2(1e-3), solver: auto() })
    expect(fit.passes).toBeGreaterThanOrEqual(read)
    expect(fit.passes).toBeLessThan(read + 1)
    // A sample of a fifth of the rows, read some ten times, is two of them.
    expect(fit.passes).toBeLessThanOrEqual(20)
  })
  it('the same, however the columns are correlated and scaled', () => {
    const iterations = (made: Made) =>
      fitLogistic(made.X, made.y, { penalty: l2(1 / 5000), standardize: false, solver: auto() }).fit
        .iterations
    expect(iterations(tall)).toBeLessThanOrEqual(13)
    expect(iterations(correlated)).toBeLessThanOrEqual(13)
  })
  it('from a start that is the solution, next to none', () => {
    const options = { penalty: l2(1e-3) }
    const start = fitLogistic(tall.X, tall.y, { ...options, tolerance: 1e-7 })
    const again = fitLogistic(tall.X, tall.y, { ...options, start, solver: auto() })
    expect(again.fit.iterations).toBeLessThanOrEqual(4)
    expect(again.fit.status).toBe('converged')
  })
})

it('fits of numbers, and fits that let the page breathe', async () => {
  const y = tall.X.map((row, i) => row[0] - row[3] + tall.y[i])
  const options = { penalty: l2(1e-3) }
  const expected = fitLinear(tall.X, y, options)
  const got = fitLinear(tall.X, y, { ...options, solver: auto() })
  expect(got.fit.message).toMatch(/preconditioned by the Hessian of \d+ rows/)
  got.coefficients[0].forEach((v, j) => {
    expect(Math.abs(v - expected.coefficients[0][j])).toBeLessThan(1e-6)
  })
  const sync = fitLogistic(tall.X, tall.y, { ...options, solver: auto() })
  expect(await fitLogisticAsync(tall.X, tall.y, { ...options, solver: auto() })).toEqual(sync)
})

it('more rows for each coordinate, the more there are; none of them where Newton’s method is cheaper', () => {
  // Passes with 73 rows for each coordinate, and the sample as a seventh of the data.
  const { sample, cost } = cheapestSample(101, 100_000, 2.5e-7)
  expect(sample / 101).toBeCloseTo(73, 0)
  expect(cost).toBeCloseTo(Math.log(100 * 2.5e-7 ** 2) / Math.log(1 / 73) + 0.073 * (8 + 1.5 + 101 / 12), 1)
  // With a Gram matrix at twice the speed, more.
  expect(cheapestSample(101, 100_000, 2.5e-7, 24).sample).toBeGreaterThan(80 * 101)
  expect(cheapestSample(21, 1e6, 2.5e-7).sample).toBeGreaterThan(1000 * 21)
  expect(cheapestSample(21, 1e6, 2.5e-7).cost).toBeLessThan(4.2)
  expect(cheapestSample(51, 5000, 2.5e-7).sample).toBeLessThan(30 * 51)
  // For more digits, too.
  expect(cheapestSample(101, 100_000, 2.5e-9).sample).toBeGreaterThan(1.2 * sample)
  expect(cheapestSample(51, 100, 2.5e-7)).toEqual({ sample: 100, cost: expect.any(Number) })
})

describe('a sample of rows', () => {
  const problem = (y: number[], weights: number[]): Problem => ({
    blocks: categoricalCrossEntropyBlocks,
    width: 1,
    y: Float64Array.from(y),
    weights: Float64Array.from(weights),
  })
  const row = fc.record({
    y: fc.integer({ min: 0, max: 1 }),
    s: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 10, noNaN: true })),
  })
  /** Every row of a sample with its weight there. */
  const rowsOf = ({ runs, weights }: RowSample) => {
    const found: { i: number; weight: number }[] = []
    for (let at = 0; at < runs.length; at += 2)
      for (let i = runs[at]; i < runs[at] + runs[at + 1]; i++)
        found.push({ i, weight: weights[found.length] })
    return found
  }
  it('weighs what all rows do; has every class, as far as it has rows, and no row without weight', () =>
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 200 }),
        fc.constantFrom(1, 4, 16),
        fc.integer({ min: 8, max: 100 }),
        (rows, blockRows, wanted) => {
          fc.pre(rows.some(({ s }) => s > 0))
          const sum = rows.reduce((total, { s }) => total + s, 0)
          const s = rows.map((one) => one.s / sum)
          const y = rows.map((one) => one.y)
          const sample = sampleRows({ rows: rows.length, blockRows }, problem(y, s), wanted)
          expect(sample.weights.length).toBe(sample.rows)
          expect(sample.weights.every((w) => w > 0)).toBe(true)
          expect(sample.weights.reduce((a, b) => a + b)).toBeCloseTo(1, 8)
          const found = rowsOf(sample)
          expect(found.length).toBe(sample.rows)
          found.forEach(({ i }, r) => {
            expect(s[i]).toBeGreaterThan(0)
            // Ascending, none twice.
            if (r) expect(i).toBeGreaterThan(found[r - 1].i)
          })
          const weighing = s.filter(Boolean).length
          expect(sample.rows).toBeGreaterThanOrEqual(Math.min(weighing, Math.min(wanted, weighing) / 4))
          for (const k of [0, 1]) {
            const all = y.filter((one, i) => one === k && s[i]).length
            const own = found.filter(({ i }) => y[i] === k)
            expect(own.length).toBeGreaterThanOrEqual(Math.min(all, Math.ceil(wanted / 8)))
            // Rows of a class weigh to one another what they do among all.
            own.forEach(({ i, weight }) => {
              expect(weight / own[0].weight).toBeCloseTo(s[i] / s[own[0].i], 6)
            })
          }
        },
      ),
    ))
  it('of rare classes there are more, which together weigh what they do among all', () => {
    const n = 10_000
    const y = Array.from({ length: n }, (_, i) => +(i % 100 === 0))
    const sample = sampleRows({ rows: n, blockRows: 4 }, problem(y, new Array(n).fill(1 / n)), 800)
    const own = rowsOf(sample).filter(({ i }) => y[i])
    expect(own.length).toBe(100)
    expect(own.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(0.01, 12)
    const halves = rowsOf(sample).filter(({ i }) => i < n / 2).length / sample.rows
    expect(halves).toBeCloseTo(0.5, 1)
  })
  it('meets data that are sorted or periodic evenly', () => {
    const n = 100_000
    for (const y of [
      Array.from({ length: n }, (_, i) => +(i > 0.7 * n)),
      Array.from({ length: n }, (_, i) => +(i % 1600 >= 1120)),
    ]) {
      const sample = sampleRows({ rows: n, blockRows: 80 }, problem(y, new Array(n).fill(1 / n)), 6400)
      expect(sample.rows).toBeGreaterThanOrEqual(6400 - 64)
      expect(sample.rows).toBeLessThanOrEqual(6400 + 64)
      const mass = rowsOf(sample).reduce((sum, { i, weight }) => sum + y[i] * weight, 0)
      expect(Math.abs(mass - 0.3)).toBeLessThan(0.03)
    }
  })
  it('looks at no other rows where there is enough of everything', () => {
    const n = 100_000
    const looked = new Set<string>()
    const watched = (name: string, of: Float64Array) =>
      new Proxy(of, {
        get(target, key) {
          if (typeof key === 'string' && /^\d+$/.test(key)) looked.add(`${name}${key}`)
          const value = Reflect.get(target, key, target)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    const given = problem(
      Array.from({ length: n }, (_, i) => (i * i) % 2),
      new Array(n).fill(1 / n),
    )
    const sample = sampleRows(
      { rows: n, blockRows: 16 },
      { ...given, y: watched('y', given.y), weights: watched('w', given.weights) },
      1000,
    )
    expect(sample.rows).toBeGreaterThanOrEqual(1000)
    expect(looked.size).toBeLessThanOrEqual(3 * sample.rows)
  })
  it('weights that are 0 but for a few rows together: those', () => {
    const n = 20_000
    const s = Array.from({ length: n }, (_, i) => (i >= 5000 && i < 7000 ? 1 / 2000 : 0))
    const y = s.map((_, i) => i % 2)
    const sample = sampleRows({ rows: n, blockRows: 16 }, problem(y, s), 500)
    expect(sample.rows).toBeGreaterThan(400)
    expect(sample.rows).toBeLessThan(600)
    expect(sample.weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
  })
  it('targets that are no classes are of one', () => {
    const sample = sampleRows(
      { rows: 4, blockRows: 1 },
      problem([0.5, 0, 1, -3], [0.25, 0.25, 0.25, 0.25]),
      2,
    )
    expect([...sample.weights].reduce((a, b) => a + b)).toBe(1)
    expect(sample.rows).toBe(2)
  })
})

it('M⁻¹ solves with M', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer(),
      (p, n, seed) => {
        const { uniform, normal } = random(seed)
        const X = Array.from({ length: n }, () => Array.from({ length: p }, normal))
        const c = Float64Array.from({ length: n }, () => (uniform() < 0.4 ? 0 : uniform()))
        const ridge = Float64Array.from({ length: p }, () => 0.1 + uniform())
        const v = Float64Array.from({ length: p }, normal)
        const out = new Float64Array(p)
        hessianPreconditioner(dense(X), c, ridge)(v, out)
        for (let j = 0; j < p; j++) {
          let sum = ridge[j] * out[j]
          X.forEach((x, i) => {
            sum += c[i] * x[j] * x.reduce((dot, value, k) => dot + value * out[k], 0)
          })
          expect(sum).toBeCloseTo(v[j], 9)
        }
      },
    ),
  ))

it('M⁻¹ of an M that is singular is still one', () => {
  const out = new Float64Array(3)
  const design = dense([
    [1, 1, 0],
    [2, 2, 0],
  ])
  hessianPreconditioner(design, Float64Array.of(1, 1), new Float64Array(3))(Float64Array.of(1, 1, 1), out)
  expect(out.every(Number.isFinite)).toBe(true)
  expect(out[0] + out[1]).toBeCloseTo(2 / 10, 5)
  expect(out[2]).toBe(1)
})

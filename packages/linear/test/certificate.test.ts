// The certificate against minima that mpmath found in 60-digit arithmetic.
import { box, elasticNet, fista, l1, l2, type Penalty, type Solver } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { fitLogistic, type LogisticOptions, type ObjectiveQuery } from '../src/index.ts'
import { columns, json, table } from './tables.ts'

interface Optimum {
  data: 'spector' | 'pima'
  rows: number
  lambda: number
  alpha: number
  weighted: boolean
  intercept: boolean
  minimum: string
  coefficients: number[]
  interceptValue: number
}
const optima = json<Optimum[]>('optimum')
const spector = table('spector')
const pima = table('pima_tr')

function problem({ data, rows, weighted, intercept, lambda, alpha }: Optimum) {
  const first = (values: number[]) => values.slice(0, rows)
  const X =
    data === 'spector'
      ? columns(...['GPA', 'TUCE', 'PSI'].map(spector.number))
      : columns(...['npreg', 'glu', 'bp', 'skin', 'bmi', 'ped', 'age'].map((c) => first(pima.number(c))))
  const y = data === 'spector' ? spector.number('GRADE') : pima.text('type').slice(0, rows)
  const options: LogisticOptions = {
    penalty: alpha === 0 ? l2(lambda) : alpha === 1 ? l1(lambda) : elasticNet(lambda, alpha),
    intercept,
    ...(weighted && { weights: X.map((_, i) => (3 * i) % 5), offset: X.map((_, i) => ((i % 7) - 3) / 4) }),
  }
  return { X, y, options }
}

const name = (o: Optimum) =>
  `${o.data} λ ${o.lambda} α ${o.alpha}${o.weighted ? ', weights and offset' : ''}${o.intercept ? '' : ', no intercept'}`

// What the fit reports as its objective: P = D + gap, recomputed here from the model alone, by the textbook formula.
function objectiveOf(o: Optimum, coefficients: readonly number[], intercept: number): number {
  const { X, y, options } = problem(o)
  const w = Array.from(options.weights ?? X.map(() => 1))
  const total = w.reduce((a, b) => a + b, 0)
  const moments = X[0].map((_, j) => {
    const mean = X.reduce((sum, row, i) => sum + (w[i] / total) * row[j], 0)
    return Math.sqrt(X.reduce((sum, row, i) => sum + (w[i] / total) * (row[j] - mean) ** 2, 0))
  })
  let value = 0
  X.forEach((row, i) => {
    const sign = y[i] === 1 || y[i] === 'Yes' ? 1 : -1
    const eta = row.reduce((sum, x, j) => sum + x * coefficients[j], intercept) + (options.offset?.[i] ?? 0)
    value += (w[i] / total) * Math.log1p(Math.exp(-sign * eta))
  })
  coefficients.forEach((b, j) => {
    const v = b * moments[j]
    value += o.lambda * (o.alpha * Math.abs(v) + ((1 - o.alpha) / 2) * v * v)
  })
  return value
}

describe.each(optima.map((o) => [name(o), o] as const))('%s', (_, optimum) => {
  const { X, y, options } = problem(optimum)
  const minimum = Number(optimum.minimum)

  it('reaches the minimum, with a gap that says so', () => {
    const model = fitLogistic(X, y, { ...options, tolerance: 1e-11 })
    expect(model.fit.status).toBe('converged')
    expect(model.fit.dualityGap).toBeLessThan(1e-9)
    const found = objectiveOf(optimum, model.coefficients[0], model.intercepts[0])
    expect(Math.abs(found - minimum)).toBeLessThan(1e-14)
    model.coefficients[0].forEach((b, j) => {
      expect(Math.abs(b - optimum.coefficients[j])).toBeLessThanOrEqual(
        1e-7 * Math.abs(optimum.coefficients[j]) + 1e-15,
      )
      expect(b === 0).toBe(optimum.coefficients[j] === 0)
    })
    expect(Math.abs(model.intercepts[0] - optimum.interceptValue)).toBeLessThanOrEqual(
      1e-7 * Math.abs(optimum.interceptValue),
    )
  })

  // A "solver" that returns a point of our choice: the certificate must hold wherever it is asked.
  it.each([
    ['the start', 0, 0],
    ['an intercept 1e-3 off', 1, 1e-3],
    ['an intercept 1 off', 1, 1],
    ['coefficients off', 0.7, 0],
    ['everything off', -0.5, -2],
  ])('is a true bound from %s', (__, share, disturbance) => {
    const best = fitLogistic(X, y, { ...options, tolerance: 1e-11 })
    const away = {
      coefficients: [best.coefficients[0].map((b) => b * share)],
      intercepts: optimum.intercept ? [best.intercepts[0] * share + disturbance] : [0],
    }
    const still = (penalty: Penalty | undefined): Solver<ObjectiveQuery> =>
      Object.assign(
        function* (at: Float64Array) {
          yield { ask: 'value', at } as const
          return {
            status: 'stopped',
            message: 'as told',
            at,
            value: 0,
            iterations: 0,
            optimality: 1,
          } as const
        },
        'smooth' in penalty! ? {} : { penalty },
      )
    const { fit, coefficients, intercepts } = fitLogistic(X, y, { ...options, start: away, solver: still })
    const primal = objectiveOf(optimum, coefficients[0], intercepts[0])
    expect(fit.dualityGap).toBeGreaterThanOrEqual(0)
    expect(primal - fit.dualityGap!).toBeLessThanOrEqual(minimum + 1e-15)
    expect(primal).toBeGreaterThanOrEqual(minimum - 1e-15)
  })

  it('a warm start at the optimum stops at once', () => {
    const tight = { ...options, tolerance: 1e-11 }
    const start = fitLogistic(X, y, tight)
    const again = fitLogistic(X, y, { ...options, tolerance: 1e-9, start })
    expect(again.fit.iterations).toBe(0)
    expect(again.fit.status).toBe('converged')
    again.coefficients[0].forEach((b, j) => {
      expect(Math.abs(b - start.coefficients[0][j])).toBeLessThanOrEqual(1e-12 * Math.abs(b))
    })
  })
})

it('has no gap without a penalty, or with an unpenalised feature', () => {
  const { X, y } = problem(optima[0])
  expect(fitLogistic(X, y).fit.dualityGap).toBeNull()
  expect(fitLogistic(X, y, { penalty: l2(0.1, { weights: [1, 0, 1] }) }).fit.dualityGap).toBeNull()
})

it('says so when a solver claims more than it reached', () => {
  const { X, y, options } = problem(optima[1])
  const { fit } = fitLogistic(X, y, {
    ...options,
    solver: (penalty) => fista({ penalty: penalty!, tolerance: 1e-2 }),
  })
  expect(fit.gradientNorm).toBeGreaterThan(1e-8)
  expect(fit.status).toBe('stopped')
  expect(fit.message).toMatch(/rule of its own/)
})

it('bounds that are not symmetric: the gap bounds the minimum from below at any point', () => {
  const { X, y } = problem(optima[0])
  // Within its bounds the penalty is 0, so that the objective is the mean loss.
  const fitted = (maxIterations: number) => {
    const { fit } = fitLogistic(X, y, {
      penalty: box(-0.01, 0.3),
      maxIterations,
      solver: (penalty, limits) => fista({ penalty: penalty!, ...limits }),
    })
    return { value: -fit.logLikelihood! / fit.n, gap: fit.dualityGap! }
  }
  const { value: minimum, gap } = fitted(1000)
  expect(gap).toBeLessThan(1e-8)
  for (const iterations of [0, 1, 2]) {
    const early = fitted(iterations)
    expect(early.value - early.gap).toBeLessThanOrEqual(minimum + 1e-14)
  }
})

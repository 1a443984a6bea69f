// fitLinear against its peers, and as its users meet it.
import {
  absolute,
  binaryCrossEntropy,
  epsilonInsensitive,
  focal,
  hinge,
  huber,
  logCosh,
  poissonDeviance,
  probabilityCrossEntropy,
  quantile,
  squaredHinge,
  zeroOne,
} from '@logodds/core'
import { elasticNet, fista, l1, l2, newton, type Penalty } from '@logodds/optim'
import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, it } from 'vitest'
import {
  decision,
  dense,
  fitLinear,
  fitLinearAsync,
  fitLogistic,
  type LinearLoss,
  type LinearModel,
  type LinearOptions,
  type Model,
  parseLinearModel,
  parseModel,
  predict,
  predictProbability,
  predictResponse,
} from '../src/index.ts'
import { columns, json, table } from './tables.ts'

const birthwt = table('birthwt')
const raw = columns(...['age', 'lwt', 'smoke', 'ht', 'ui'].map(birthwt.number))
const bwt = birthwt.number('bwt')
const n = raw.length
// As linear.py scales them.
const X = raw.map(([age, lwt, smoke, ht, ui]) => [age / 5, lwt / 30, smoke, ht, ui])
const y = bwt.map((v) => v / 700)
const counts = X.map((_, i) => 1 + (i % 3))
const pima = table('pima_tr')
const scales = { npreg: 3, glu: 30, bp: 10, skin: 10, bmi: 6, ped: 0.3, age: 10 }
const centred = Object.entries(scales).map(([name, scale]) => {
  const values = pima.number(name).map((v) => v / scale)
  const mean = values.reduce((a, b) => a + b) / values.length
  return values.map((v) => v - mean)
})
const P = columns(...centred)
const sign = pima.text('type').map((t) => (t === 'Yes' ? 1 : -1))

const numbersOf = ({ intercepts, coefficients }: LinearModel) => [...intercepts, ...coefficients[0]]
function expectNear(model: LinearModel, expected: readonly number[], tolerance: number): void {
  expect(model.fit.status).toBe('converged')
  numbersOf(model).forEach((v, j) => {
    expect(Math.abs(v - expected[j])).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected[j])))
  })
}
// The mean loss plus the penalty on the raw coefficients, from the model alone.
function objectiveOf(
  model: LinearModel,
  rows: number[][],
  targets: number[],
  loss: LinearLoss,
  penalty?: Penalty,
) {
  const eta = decision(model, rows).data
  const sum = targets.reduce((total, t, i) => total + loss.value(eta[i], t), 0)
  return sum / targets.length + (penalty?.value(Float64Array.from(model.coefficients[0])) ?? 0)
}

describe('R', () => {
  interface Case {
    model: string
    weighted?: boolean
    delta: number
    X: number[][]
    y: number[]
    coefficients: (number | string)[]
  }
  const cases = json<Case[]>('linear-r')
  const of = (name: string) => cases.filter(({ model }) => model === name)

  it.each(of('lm').map((c) => [c.weighted, c] as const))(
    'lm (weights and offset: %s)',
    (weighted, expected) => {
      const options = weighted ? { weights: counts, offset: X.map((_, i) => ((i % 7) - 3) * 50) } : {}
      expectNear(fitLinear(raw, bwt, options), expected.coefficients as number[], 1e-11)
    },
  )

  it('lm drops what earlier columns determine', () => {
    const rows = raw.map(([age, lwt, smoke]) => [age, lwt, age + 2 * lwt, smoke])
    const model = fitLinear(rows, bwt, { terms: ['age', 'lwt', 'both', 'smoke'] })
    expect(model.aliased).toEqual(['both'])
    const [expected] = of('lm-aliased')
    expectNear(
      model,
      expected.coefficients.map((v) => (v === 'NA' ? 0 : Number(v))),
      1e-11,
    )
  })

  it('lm without an intercept', () => {
    const [expected] = of('lm-no-intercept')
    const model = fitLinear(
      raw.map((row) => row.slice(0, 3)),
      bwt,
      { intercept: false },
    )
    expectNear(model, [0, ...(expected.coefficients as number[])], 1e-11)
  })

  it('longley: condition number 5e9', () => {
    const [{ X: rows, y: employed, coefficients }] = of('longley')
    const model = fitLinear(rows, employed)
    expect(model.fit.status).toBe('converged')
    numbersOf(model).forEach((v, j) => {
      expect(Math.abs(v / (coefficients[j] as number) - 1)).toBeLessThan(1e-10)
    })
  })

  it.each(of('rlm').map((c) => [c.delta, c] as const))(
    'rlm at its final scale: δ = %s',
    (delta, expected) => {
      // rlm stops when the residuals change by 1e-14 of their length: ten digits of the coefficients.
      expectNear(fitLinear(raw, bwt, { loss: huber(delta) }), expected.coefficients as number[], 1e-9)
    },
  )
})

describe('scikit-learn', () => {
  interface Case {
    model: string
    lambda_: number
    weighted: boolean
    delta: number
    tau: number
    epsilon: number
    value: number
    coefficients: number[]
    intercept: number
  }
  const cases = json<Case[]>('linear')
  const of = (name: string) =>
    cases.flatMap((c) => (c.model === name ? [[c.lambda_ ?? c.delta, c] as const] : []))
  const all = ({ intercept, coefficients }: Case) => [intercept, ...coefficients]
  const raws = { standardize: false }

  it.each(of('Ridge'))('Ridge, alpha = %s · Σ weights', (lambda, expected) => {
    const model = fitLinear(X, y, {
      penalty: l2(lambda),
      ...raws,
      ...(expected.weighted && { weights: counts }),
    })
    expectNear(model, all(expected), 1e-12)
    expect(model.fit.dualityGap).toBeLessThan(1e-14)
  })

  // Its L-BFGS stops within 1e-5.
  it.each(of('HuberRegressor'))('HuberRegressor at its scale: δ = %s', (delta, expected) => {
    const model = fitLinear(X, y, { loss: huber(delta) })
    expectNear(model, all(expected), 1e-4)
    const theirs = { ...model, coefficients: [expected.coefficients], intercepts: [expected.intercept] }
    const loss = huber(delta)
    expect(objectiveOf(model, X, y, loss)).toBeLessThanOrEqual(objectiveOf(theirs, X, y, loss) + 1e-15)
  })

  it.each(of('QuantileRegressor').map(([, c]) => [c.tau, c.lambda_, c] as const))(
    'QuantileRegressor: the simplex method at τ = %s, α = %s',
    (tau, lambda, expected) => {
      const penalty = lambda ? l1(lambda) : undefined
      const model = fitLinear(X, y, { loss: quantile(tau), penalty, ...raws })
      expect(model.fit.status).toBe('converged')
      expect(Math.abs(objectiveOf(model, X, y, quantile(tau), penalty) - expected.value)).toBeLessThan(1e-9)
      if (lambda) expect(model.fit.dualityGap).toBeLessThan(1e-8)
    },
  )

  it('least absolute deviations by linear programming', () => {
    const [[, expected]] = of('linprog')
    const model = fitLinear(X, y, { loss: absolute })
    expect(Math.abs(objectiveOf(model, X, y, absolute) - expected.value)).toBeLessThan(1e-13)
    expect(model.fit.dualityGap).toBeNull()
  })

  // Half the deviance, and an L-BFGS that stops within 1e-6.
  it.each(of('PoissonRegressor'))('PoissonRegressor, alpha %s', (lambda, expected) => {
    const visits = birthwt.number('ftv')
    const model = fitLinear(X, visits, { loss: poissonDeviance, penalty: l2(2 * lambda), ...raws })
    expectNear(model, all(expected), 1e-5)
    expect(predictResponse(model, X)[0]).toBeCloseTo(Math.exp(decision(model, X).data[0]), 14)
  })

  it.each(of('LinearSVC'))('LinearSVC with the squared hinge, λ = %s', (lambda, expected) => {
    const model = fitLinear(P, sign, { loss: squaredHinge, penalty: l2(lambda), intercept: false, ...raws })
    expectNear(model, all(expected), 1e-6)
  })

  it.each(of('SVC'))('SVC: the hinge, λ = %s', (lambda, expected) => {
    const penalty = l2(lambda)
    const model = fitLinear(P, sign, { loss: hinge, penalty, ...raws })
    expectNear(model, all(expected), 1e-4)
    const value = objectiveOf(model, P, sign, hinge, penalty)
    expect(value).toBeLessThanOrEqual(expected.value + 1e-12)
    expect(expected.value - value).toBeLessThan(1e-7)
    expect(model.fit.dualityGap).toBeLessThan(1e-10)
    expect(new Set(predictResponse(model, P))).toEqual(new Set([-1, 1]))
  })

  it.each(of('SVR'))('SVR: the ε-insensitive loss, λ = %s', (lambda, expected) => {
    const penalty = l2(lambda)
    const loss = epsilonInsensitive(expected.epsilon)
    const model = fitLinear(X, y, { loss, penalty, ...raws })
    const value = objectiveOf(model, X, y, loss, penalty)
    expect(value).toBeLessThanOrEqual(expected.value + 1e-12)
    // libsvm is that far from the optimum, and we are not.
    expect(expected.value - value).toBeLessThan(1e-6)
    const { fit } = fitLinear(X, y, { loss, penalty: l2(lambda) })
    expect(fit.status).toBe('converged')
    expect(fit.dualityGap).toBeLessThan(1e-10)
  })
})

describe('binary cross-entropy is fitLogistic', () => {
  it.each([undefined, l2(0.01), l1(0.02), elasticNet(0.02, 0.5)])('%#', (penalty) => {
    const labels = sign.map((t) => (t > 0 ? 1 : 0))
    const options = { penalty, tolerance: 1e-11 }
    const expected = fitLogistic(P, labels, options)
    const model = fitLinear(P, labels, { ...options, loss: binaryCrossEntropy })
    expectNear(model, [...expected.intercepts, ...expected.coefficients[0]], 1e-8)
    predictResponse(model, P).forEach((v, i) => {
      expect(Math.abs(v - predictProbability(expected, P).data[2 * i + 1])).toBeLessThan(1e-8)
    })
  })
})

describe('the closed form', () => {
  it('takes a Gram matrix, and one pass or two to measure and refine', () => {
    for (const penalty of [undefined, l2(0.1)]) {
      const { fit } = fitLinear(X, y, { penalty })
      expect(fit.iterations).toBeLessThanOrEqual(2)
      expect(fit.gradientNorm).toBeLessThan(1e-14)
      expect(fit.passes).toBeLessThanOrEqual(6)
    }
  })

  it('is not what Huber gets, whose curvature is 1 near the target only', () => {
    const far = y.map((v, i) => (i % 9 === 0 ? v + 100 : v))
    const model = fitLinear(X, far, { loss: huber(0.5) })
    expect(model.fit.status).toBe('converged')
    expect(model.fit.gradientNorm).toBeLessThan(1e-9)
  })

  it('a solver of one’s own serves as well, if it takes the penalty', () => {
    const expected = fitLinear(X, y, { penalty: l2(0.1) })
    for (const solver of [
      () => newton({ tolerance: 1e-12 }),
      (penalty: Penalty | undefined) => fista({ penalty, tolerance: 1e-12 }),
    ] as NonNullable<LinearOptions['solver']>[])
      expectNear(fitLinear(X, y, { penalty: l2(0.1), solver }), numbersOf(expected), 1e-9)
    expect(() => fitLinear(X, y, { penalty: l1(0.1), solver: () => newton() })).toThrow(
      'fitLinear: expected a solver that takes the penalty l1',
    )
  })
})

describe('units', () => {
  it.each([1e-9, 1e9])('of y do not matter: %s', (unit) => {
    for (const [loss, scaled] of [
      [huber(0.5), huber(0.5 * unit)],
      [absolute, absolute],
      [epsilonInsensitive(0.3), epsilonInsensitive(0.3 * unit)],
      [undefined, undefined],
    ] as [LinearLoss?, LinearLoss?][]) {
      const model = fitLinear(X, y, { loss })
      const other = fitLinear(
        X,
        y.map((v) => v * unit),
        { loss: scaled },
      )
      expect(other.fit.status).toBe('converged')
      if (loss?.differentiability !== 0)
        expectNear(
          other,
          numbersOf(model).map((v) => v * unit),
          1e-8 * unit,
        )
    }
  })

  it('a y that is the same everywhere is its own prediction', () => {
    for (const loss of [undefined, absolute, huber(), quantile(0.2)])
      for (const value of [0, 1e6, -3e-5]) {
        const model = fitLinear(
          X,
          X.map(() => value),
          { loss },
        )
        expect(model.fit.status).toBe('converged')
        predictResponse(model, X).forEach((v) => {
          expect(Math.abs(v - value)).toBeLessThanOrEqual(1e-8 * Math.abs(value))
        })
      }
  })
})

describe('a weight is a count', () => {
  const repeat = <T>(of: readonly T[]) => of.flatMap((v, i) => Array.from({ length: counts[i] }, () => v))
  it.each([undefined, huber(0.5), poissonDeviance])('%#', (loss) => {
    const targets = loss === poissonDeviance ? birthwt.number('ftv') : y
    const weighted = fitLinear(X, targets, { loss, weights: counts })
    expectNear(weighted, numbersOf(fitLinear(repeat(X), repeat(targets), { loss })), 1e-7)
    expect(weighted.fit.weightSum).toBe(counts.reduce((a, b) => a + b))
  })
  it('of the median too: the same value', () => {
    const weighted = fitLinear(X, y, { loss: absolute, weights: counts })
    const repeats = fitLinear(repeat(X), repeat(y), { loss: absolute })
    const value = (m: LinearModel) => objectiveOf(m, repeat(X), repeat(y), absolute)
    expect(Math.abs(value(weighted) - value(repeats))).toBeLessThan(1e-8)
  })
})

it('an offset is added to η, and then needed', () => {
  const offset = X.map((_, i) => i / 50)
  const model = fitLinear(X, y, { offset })
  expectNear(
    model,
    numbersOf(
      fitLinear(
        X,
        y.map((v, i) => v - offset[i]),
      ),
    ),
    1e-12,
  )
  expect(() => predictResponse(model, X)).toThrow('predictResponse: expected an offset')
  expect(predictResponse(model, X, { offset })[3]).toBeCloseTo(decision(model, X, { offset }).data[3], 15)
})

it('views and designs are the same data', () => {
  const expected = fitLinear(X, y, { loss: huber() })
  const columnMajor = Float64Array.from({ length: n * 5 }, (_, q) => X[q % n][Math.floor(q / n)])
  expect(fitLinear(ndarray(columnMajor, [5, n]).transpose(1, 0), y, { loss: huber() })).toEqual(expected)
  expect(fitLinear(dense(X), y, { loss: huber() })).toEqual(expected)
})

it('a loss that is not convex ends at a stationary point, and says so', () => {
  const model = fitLinear(
    P,
    sign.map((t) => +(t > 0)),
    { loss: focal(2), penalty: l2(0.01) },
  )
  expect(model.fit.status).toBe('converged')
  expect(model.fit.message).toMatch(/A stationary point: the loss is not convex/)
  expect(model.fit.dualityGap).toBeNull()
  expect(fitLinear(P, sign, { loss: squaredHinge, penalty: l2(0.01) }).fit.message).not.toMatch(/stationary/)
})

it('separated classes have no estimate where the loss goes on falling, and one where it does not', () => {
  const rows = [[1], [2], [3], [4]]
  const apart = [-1, -1, 1, 1]
  expect(fitLinear(rows, apart, { loss: squaredHinge }).fit.status).toBe('converged')
  expect(fitLinear(rows, apart, { loss: hinge }).fit.status).toBe('converged')
  const loss = binaryCrossEntropy
  expect(fitLinear(rows, [0, 0, 1, 1], { loss }).fit.status).toBe('separated')
  expect(fitLinear(rows, [0, 0, 1, 1], { loss, penalty: l2(0.1) }).fit.status).toBe('converged')
})

it('a loss of one’s own: three functions and a bound; kinks are seen', () => {
  const expected = fitLinear(X, y, { loss: quantile(0.3) })
  const { value, gradient, hessian, smoothness } = quantile(0.3)
  const own = fitLinear(X, y, { loss: { name: 'mine', value, gradient, hessian, smoothness } })
  expect(own.coefficients).toEqual(expected.coefficients)
  expect(own.loss).toBe('mine')
  expect(own.link).toBe('identity')
  // Kinks, and curves between them.
  const both: LinearLoss = {
    name: 'absolute + squared',
    value: (eta, t) => Math.abs(eta - t) + 0.5 * (eta - t) ** 2,
    gradient: (eta, t) => Math.sign(eta - t) + (eta - t),
    hessian: () => 1,
    smoothness: Infinity,
    differentiability: 0,
  }
  const model = fitLinear(X, y, { loss: both, tolerance: 1e-10 })
  expect(model.fit.status).toBe('converged')
  const best = objectiveOf(model, X, y, both)
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
      (d) => {
        for (const t of [1e-1, 1e-4]) {
          const moved = {
            ...model,
            coefficients: [model.coefficients[0].map((v, j) => v + t * d[j])],
            intercepts: [model.intercepts[0] + t * d[5]],
          }
          expect(objectiveOf(moved, X, y, both)).toBeGreaterThanOrEqual(best - 1e-9)
        }
      },
    ),
    { numRuns: 50 },
  )
})

it('the certificate of a kinked loss is true: no value is below P − gap', () => {
  for (const loss of [absolute, quantile(0.8), epsilonInsensitive(0.3)])
    for (const penalty of [l2(0.05), l1(0.05), elasticNet(0.05, 0.5)]) {
      const rough = fitLinear(X, y, { loss, penalty, standardize: false, tolerance: 1e-2 })
      const tight = fitLinear(X, y, { loss, penalty, standardize: false, tolerance: 1e-10 })
      const [a, b] = [rough, tight].map((m) => objectiveOf(m, X, y, loss, penalty))
      expect(rough.fit.dualityGap).toBeGreaterThanOrEqual(a - b - 1e-12)
      expect(tight.fit.dualityGap).toBeLessThan(1e-8)
      expect(tight.fit.status).toBe('converged')
    }
})

it('a warm start at the optimum stops at once, of a smooth loss; onStep and the limit are heard', () => {
  const loss = huber(0.5)
  const start = fitLinear(X, y, { loss, tolerance: 1e-12 })
  expect(fitLinear(X, y, { loss, start }).fit.iterations).toBe(0)
  expect(
    fitLinear(X, y, { loss, onStep: ({ iteration }) => (iteration === 1 ? 'stop' : 0) }).fit.status,
  ).toBe('stopped')
  for (const kinked of [absolute, huber(0.5)]) {
    const { fit } = fitLinear(X, y, { loss: kinked, maxIterations: 1 })
    expect(fit.status).toBe('iteration-limit')
    expect(fit.gradientNorm).toBeGreaterThan(1e-8)
  }
})

it('asynchronously, the same; an abort resolves to the best so far', async () => {
  expect(await fitLinearAsync(X, y, { loss: absolute })).toEqual(fitLinear(X, y, { loss: absolute }))
  const controller = new AbortController()
  const model = await fitLinearAsync(X, y, {
    loss: absolute,
    signal: controller.signal,
    onStep: ({ iteration }) => void (iteration === 2 && controller.abort()),
  })
  expect(model.fit.status).toBe('stopped')
})

it('a model survives JSON, and is checked when it comes back', () => {
  const model = fitLinear(X, y, { loss: quantile(0.9), terms: ['age', 'lwt', 'smoke', 'ht', 'ui'] })
  const back = parseLinearModel(JSON.parse(JSON.stringify(model)))
  expect(back).toEqual(model)
  expect(predictResponse(back, X)).toEqual(predictResponse(model, X))
  expect(model).toMatchObject({
    format: 'logodds/model',
    version: 1,
    family: 'linear',
    loss: 'quantile',
    link: 'identity',
  })
  expect(() => parseLinearModel({ ...model, link: 'softmax' })).toThrow('parseLinearModel: link:')
  expect(() => parseLinearModel({ ...model, coefficients: [[1]] })).toThrow(
    'parseLinearModel: expected 1 × 5 coefficients',
  )
  expect(() => parseModel(model)).toThrow('parseModel: family:')
  expect(() =>
    parseLinearModel(
      fitLogistic(
        X,
        y.map((v) => v > 4),
      ),
    ),
  ).toThrow('parseLinearModel: family:')
  // Functions of classes refuse it by name.
  for (const wrong of [predict, predictProbability])
    expect(() => wrong(model as unknown as Model, X)).toThrow(
      'expected a model of classes, got a linear one: see predictResponse',
    )
})

it.each([
  ['identity', 1.5, 1.5],
  ['log', 1.5, Math.exp(1.5)],
  ['log', 800, Number.MAX_VALUE],
  ['logit', 0, 0.5],
  ['half-logit', 1, 1 / (1 + Math.exp(-2))],
  ['clipped', 0.5, 0.75],
  ['clipped', 9, 1],
  ['sign', -0.1, -1],
  ['sign', 0, 1],
] as const)('the link %s of %s is %s', (link, eta, expected) => {
  const model: LinearModel = { ...fitLinear([[0], [1]], [1, 2]), link, coefficients: [[1]], intercepts: [0] }
  expect(predictResponse(model, [[eta]])[0]).toBeCloseTo(expected, 15)
})

it('mistakes are named before any work', () => {
  const wrong: [() => unknown, string][] = [
    [() => fitLinear(X, [1]), 'fitLinear: expected y.length 189, got 1'],
    [
      () =>
        fitLinear(
          X,
          y.map((v, i) => (i === 7 ? Number.NaN : v)),
        ),
      'fitLinear: expected y[7] finite, got NaN',
    ],
    [() => fitLinear(X, y, { loss: hinge }), 'fitLinear: expected y of the loss hinge: -1 or +1, got'],
    [
      () =>
        fitLinear(
          X,
          y.map((_, i) => (i === 4 ? -1 : 2)),
          { loss: poissonDeviance },
        ),
      `fitLinear: expected y of the loss poisson-deviance: ${poissonDeviance.targets.what}, got -1 at index 4`,
    ],
    [
      () =>
        fitLinear(
          X,
          X.map(() => 0),
          { loss: poissonDeviance },
        ),
      'fitLinear: expected a y > 0, got zeros alone',
    ],
    [
      () =>
        fitLinear(
          X,
          X.map(() => 1),
          { loss: hinge },
        ),
      'fitLinear: expected two classes in y, got 1 alone',
    ],
    [
      () => fitLinear(X, sign.slice(0, n), { loss: zeroOne as never }),
      'fitLinear: expected a loss with a gradient and a hessian, got zero-one, which is for measuring',
    ],
    [
      () => fitLinear(X, y, { loss: probabilityCrossEntropy() }),
      'fitLinear: expected a loss of any raw input',
    ],
    [
      () => fitLinear(X, y, { loss: 'huber' as never }),
      'fitLinear: expected a loss such as squared, got string',
    ],
    [
      () => fitLinear(X, y, { loss: huber as never }),
      'fitLinear: expected a loss such as squared, got function',
    ],
    [
      () => fitLinear(X, y, { weights: X.map(() => 0) }),
      'fitLinear: expected weights with a positive sum, got 0',
    ],
    [() => fitLinear([], []), 'fitLinear: expected at least one row in X'],
    [() => fitLinear(X, y, { offset: [1] }), 'fitLinear: expected offset.length 189, got 1'],
    [() => fitLinear(X, y, { tolerance: 0 }), 'fitLinear: expected tolerance > 0, got 0'],
    [
      () => fitLinear(X, y, { start: { coefficients: [], intercepts: [] } }),
      'fitLinear: expected start with 1 × 5 coefficients',
    ],
  ]
  for (const [act, message] of wrong) expect(act).toThrow(message)
})

describe('kinks in the loss and in the penalty', () => {
  // Deterministic numbers between −1.7 and 1.7, nearly separable classes, columns far from 0 among them.
  let state = 11
  const uniform = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return (state / 0x3fffffff - 1) * 1.7
  }
  const make = (rows: number, p: number) =>
    Array.from({ length: rows }, () =>
      Array.from({ length: p }, (_, j) => uniform() + (j % 4 === 3 ? 100 : 0)),
    )
  const signal = (row: number[]) => row.reduce((sum, x, j) => sum + (j % 4 === 1 ? x : 0), 0.1 * uniform())

  it.each([
    [60, 20, 1e-4, true],
    [3, 20, 1e-4, true],
    [2, 20, 1e-4, false],
    [100, 8, 0.01, false],
    [30, 20, 0.01, false],
    [30, 8, 1, true],
  ])('%i rows, %i columns, λ = %s, intercept %s', (rows, p, lambda, intercept) => {
    const A = make(rows, p)
    const numbers = A.map(signal)
    for (const penalty of [l1(lambda), elasticNet(lambda, 0.5)])
      for (const loss of [absolute, quantile(0.99), epsilonInsensitive(0.1), hinge] as LinearLoss[])
        for (const standardize of [true, false]) {
          const targets = loss === hinge ? numbers.map((v, i) => (i && v > 0 ? 1 : -1)) : numbers
          if (new Set(targets).size < 2) continue
          const { fit } = fitLinear(A, targets, { loss, penalty, intercept, standardize })
          expect(fit.status).toBe('converged')
          expect(fit.passes).toBeLessThan(4000)
          if (fit.dualityGap !== null) expect(fit.dualityGap).toBeLessThan(1e-8)
        }
  })

  it('ℓ1 leaves exact zeros: all of them where λ is above λmax', () => {
    const A = make(40, 6)
    const targets = A.map(signal)
    const sparse = fitLinear(A, targets, { loss: quantile(0.4), penalty: l1(0.1) })
    expect(sparse.coefficients[0].filter((w) => w === 0)).not.toHaveLength(0)
    expect(sparse.coefficients[0].filter((w) => w !== 0)).not.toHaveLength(0)
    expect(fitLinear(A, targets, { loss: quantile(0.4), penalty: l1(2) }).coefficients[0]).toEqual(
      A[0].map(() => 0),
    )
  })

  it('the units of y do not matter to a tube, however small', () => {
    const A = make(60, 5)
    const targets = A.map((row) => signal(row) + uniform())
    for (const unit of [1e-12, 1e12]) {
      const one = fitLinear(A, targets, { loss: epsilonInsensitive(0.5) })
      const other = fitLinear(
        A,
        targets.map((v) => v * unit),
        { loss: epsilonInsensitive(0.5 * unit) },
      )
      expect(other.fit.status).toBe('converged')
      expect(other.fit.passes).toBeLessThan(2 * one.fit.passes)
      other.coefficients[0].forEach((w, j) => {
        expect(w / unit).toBeCloseTo(one.coefficients[0][j], 7)
      })
    }
  })

  it.each([undefined, l1(0.1), l2(0.1), elasticNet(0.1, 0.5)])(
    'one row, whose null model fits it but for rounding',
    (penalty) => {
      for (const loss of [absolute, quantile(0.9), epsilonInsensitive(0)])
        for (let k = 0; k < 30; k++) {
          const [t, o] = [1000 * uniform(), uniform()]
          const model = fitLinear([[0.3, 2]], [t], { loss, penalty, offset: [o] })
          expect(model.fit.status).toBe('converged')
          expect(Math.abs(model.intercepts[0] / (t - o) - 1)).toBeLessThan(1e-12)
        }
    },
  )
})

it('far from y, where the loss is straight and Newton finds no way, gradients lead on', () => {
  const rows = Array.from({ length: 100 }, (_, i) => [Math.sin(i), 5 + 3 * Math.sin(7 * i)])
  for (const loss of [logCosh, huber(0.01)])
    for (const scale of [30, 1000, 1e6])
      for (const intercept of [true, false])
        for (const penalty of [undefined, l2(1e-6), l1(1e-6)]) {
          const targets = rows.map(([a, b], i) => scale * (a + b + 0.1 * Math.cos(11 * i)))
          const seen: number[] = []
          const { fit } = fitLinear(rows, targets, {
            loss,
            penalty,
            intercept,
            onStep: ({ iteration }) => void seen.push(iteration),
          })
          expect(fit.status).toBe('converged')
          expect(seen.at(-1)).toBe(fit.iterations)
        }
})

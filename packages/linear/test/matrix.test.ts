// Every loss of core that has one raw input × penalty × solver that may serve it: first-order optimality as measured, and one optimum for all.
import * as core from '@logodds/core'
import {
  bfgs,
  elasticNet,
  fista,
  gradientDescent,
  l1,
  l2,
  lbfgs,
  momentum,
  nesterov,
  newton,
  newtonCg,
  type Penalty,
  proximalNewton,
  type SmoothPenalty,
  saga,
  subgradient,
  svrg,
  trustRegion,
} from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { fitLinear, type LinearModel, type LinearOptions, smoothness } from '../src/index.ts'

// What core exports, as it is or made with its defaults.
const losses = Object.values(core).flatMap((value: unknown) => {
  let made = value
  try {
    if (typeof value === 'function') made = value()
  } catch {
    return []
  }
  const { targets, hessian, smoothness: bound } = Object(made) as Partial<core.DeclaredLoss>
  const scalar = targets && hessian && bound !== undefined && !('target' in Object(made))
  const loss = made as core.DeclaredLoss
  return scalar && !loss.domain ? [loss] : []
})

// Deterministic, roughly normal numbers.
let state = 7
const uniform = () => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
  return state / 0x3fffffff - 1
}
const normal = () => uniform() + uniform() + uniform()
const n = 90
const X = Array.from({ length: n }, () => {
  const shared = normal()
  return [normal() + shared, 3 * (normal() + shared), 0.2 * normal() + 5]
})
const signal = X.map(([a, b, c]) => a - 0.3 * b + 2 * (c - 5) + 0.4 + 1.5 * normal())
function targetsOf({ targets }: core.DeclaredLoss): number[] {
  if (targets.holds(-2.5)) return signal
  if (targets.holds(7)) return signal.map((v) => Math.max(0, Math.round(Math.exp(v / 3))))
  return signal.map((v) => (v > 0 ? 1 : targets.holds(0) ? 0 : -1))
}

const penalties: [string, Penalty | undefined][] = [
  ['no penalty', undefined],
  ['l2', l2(0.02)],
  ['l2, one column free', l2(0.02, { weights: [1, 0, 2] })],
  ['l1', l1(0.03)],
  ['elastic net', elasticNet(0.03, 0.5)],
]

type Choice = NonNullable<LinearOptions['solver']>
// For what has a gradient everywhere: a smooth loss, and no penalty or a smooth one.
const smooth: [string, Choice][] = [
  ['newton', (_, { tolerance }) => newton({ tolerance })],
  ['newtonCg', (_, { tolerance }) => newtonCg({ tolerance })],
  ['trustRegion', (_, { tolerance }) => trustRegion({ tolerance })],
  ['bfgs', (_, { tolerance }) => bfgs({ tolerance })],
  ['lbfgs', (_, { tolerance }) => lbfgs({ tolerance })],
  ['gradientDescent', (_, { tolerance }) => gradientDescent({ tolerance, maxIterations: 20_000 })],
  [
    'Barzilai and Borwein',
    (_, { tolerance }) => gradientDescent({ step: 'barzilai-borwein', tolerance, maxIterations: 20_000 }),
  ],
  ['momentum', (_, { tolerance }) => momentum({ tolerance, maxIterations: 20_000 })],
  ['nesterov', (_, { tolerance }) => nesterov({ tolerance, maxIterations: 20_000 })],
]
// With a bound of the curvature.
const bounded: [string, Choice][] = [
  [
    '1/L',
    (penalty, context) =>
      gradientDescent({
        step: 1 / smoothness(context, penalty),
        tolerance: context.tolerance,
        maxIterations: 50_000,
      }),
  ],
]
// With a loss that is smooth and any penalty.
const proximal: [string, Choice][] = [['fista', (penalty, { tolerance }) => fista({ penalty, tolerance })]]
const coordinates: [string, Choice][] = [
  ['proximalNewton', (penalty, { tolerance }) => proximalNewton({ penalty: penalty!, tolerance })],
]
// The curvature of the worst row bounds that of every batch.
const worst = Math.max(...X.map((row) => 1 + row.reduce((sum, _, j) => sum + standardScore(row, j) ** 2, 0)))
function standardScore(row: number[], j: number): number {
  const values = X.map((r) => r[j])
  const mean = values.reduce((a, b) => a + b) / n
  return (row[j] - mean) / Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n)
}
const stochastic: [string, Choice][] = (
  [
    ['saga', saga],
    ['svrg', svrg],
  ] as const
).map(([name, method]) => [
  name,
  (penalty, { tolerance, lossSmoothness }) =>
    method({ rows: n, penalty, smoothness: lossSmoothness * worst + 0.1, tolerance, maxIterations: 20_000 }),
])

const numbersOf = ({ coefficients, intercepts }: LinearModel) => [...coefficients[0], ...intercepts]
const eachEta = ({ coefficients, intercepts }: LinearModel) =>
  X.map((row) => row.reduce((sum, x, j) => sum + x * coefficients[0][j], intercepts[0]))
const meanLoss = (loss: core.DeclaredLoss, y: number[], model: LinearModel) =>
  eachEta(model).reduce((sum, eta, i) => sum + loss.value(eta, y[i]) / n, 0)

it('finds the losses', () => {
  expect(losses.map(({ name }) => name)).toEqual(
    expect.arrayContaining(
      'squared absolute huber pseudo-huber log-cosh quantile epsilon-insensitive mape poisson-deviance binary-cross-entropy focal binary-brier hinge squared-hinge modified-huber exponential perceptron logistic'.split(
        ' ',
      ),
    ),
  )
})

describe.each(losses.map((loss) => [loss.name, loss] as const))('%s', (name, loss) => {
  const y = targetsOf(loss)
  const kinked = loss.differentiability < 1
  describe.each(penalties)('%s', (_, penalty) => {
    const options = { loss, penalty, tolerance: 1e-9 }
    const expected = fitLinear(X, y, options)

    it('by default', () => {
      expect(expected.fit.status).toBe('converged')
      // The scale of the tolerance: the slope of the null model.
      expect(expected.fit.gradientNorm).toBeLessThanOrEqual(1e-9 * Math.max(1, slopeBound(loss, y)))
      if (expected.fit.dualityGap !== null) expect(expected.fit.dualityGap).toBeLessThan(1e-6)
      const free = !penalty || penalty.weights?.some((w) => !w)
      expect(expected.fit.dualityGap === null).toBe(!!free || !loss.conjugate)
    })

    if (kinked) {
      // A penalty with kinks is no part of what this solver is told; the perceptron's minimum is η = 0, where every step begins.
      if (penalty?.solver || name === 'perceptron') return
      it('subgradient: the value, to two digits', () => {
        const model = fitLinear(X, y, {
          ...options,
          solver: () => subgradient({ length: 1, maxIterations: 5000 }),
        })
        expect(model.fit.status).not.toBe('converged')
        const total = (m: LinearModel) => meanLoss(loss, y, m) + penaltyOf(penalty, m)
        expect(total(model)).toBeGreaterThanOrEqual(total(expected) - 1e-9)
        expect(total(model)).toBeLessThan(1.02 * total(expected))
      })
      return
    }
    const composite = penalty && !('smooth' in penalty)
    const serving = [
      ...(composite ? [] : smooth),
      ...(composite || loss.smoothness === Infinity ? [] : bounded),
      ...proximal,
      ...(penalty ? coordinates : []),
      ...(loss.smoothness === Infinity ? [] : stochastic),
    ]
    it.each(serving)('%s', (_, solver) => {
      const model = fitLinear(X, y, { ...options, solver })
      expect(model.fit.status).toBe('converged')
      const other = numbersOf(expected)
      numbersOf(model).forEach((v, j) => {
        expect(Math.abs(v - other[j])).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(other[j])))
        if (composite) expect(v === 0).toBe(other[j] === 0)
      })
    })
  })
})

// √mean (∂ℓ/∂η)² over a range of intercepts: at least what the null model has.
function slopeBound(loss: core.DeclaredLoss, y: number[]): number {
  const at = Array.from({ length: 61 }, (_, k) => (k - 30) / 10)
  return Math.max(...at.map((b) => Math.sqrt(y.reduce((sum, v) => sum + loss.gradient(b, v) ** 2, 0) / n)))
}

function penaltyOf(penalty: Penalty | undefined, { coefficients }: LinearModel): number {
  const scale = X[0].map((_, j) => {
    const [a, b] = [X[0], X[1]]
    return (a[j] - b[j]) / (standardScore(a, j) - standardScore(b, j))
  })
  return (
    (penalty as SmoothPenalty | undefined)?.value(
      Float64Array.from(coefficients[0], (w, j) => w * scale[j]),
    ) ?? 0
  )
}

// Ten classes of handwritten digits: certified, as scikit-learn fits them, and one-vs-rest as ten separate fits.
import { auto, fitLogistic } from '@logodds/linear'
import { l1, l2, lbfgs } from '@logodds/optim'
import { expect, it } from 'vitest'
import { fitMultiLabel, fitOneVsRest, fitSoftmax, predict } from '../src/index.ts'
import { digits } from './tables.ts'

const { X, y, softmax } = digits()
const options = { penalty: l2(1e-3) }

it('ridge λ = 1e-3: a certified gap below 1e-10, in fewer passes than L-BFGS', { timeout: 60_000 }, () => {
  const model = fitSoftmax(X, y, options)
  expect(model.fit.status).toBe('converged')
  expect(model.fit.dualityGap).toBeLessThanOrEqual(1e-10)
  expect(model.fit.passes).toBeLessThan(200)
  const plain = fitSoftmax(X, y, { ...options, solver: (_, limits) => lbfgs(limits) })
  expect(plain.fit.dualityGap).toBeLessThanOrEqual(1e-10)
  expect(plain.fit.passes).toBeGreaterThan(2 * model.fit.passes)
  model.coefficients.forEach((row, k) => {
    row.forEach((v, j) => {
      expect(Math.abs(v - plain.coefficients[k][j])).toBeLessThan(1e-5)
    })
  })
  expect(predict(model, X).filter((label, i) => label === y[i]).length / 1797).toBeGreaterThan(0.98)
})

it('by auto(): one factorisation for ten classes, certified, too; the default costs no more passes', {
  timeout: 60_000,
}, () => {
  const shared = fitSoftmax(X, y, { ...options, solver: auto() })
  expect(shared.fit.status).toBe('converged')
  expect(shared.fit.message).toContain('one factorisation for all columns')
  expect(shared.fit.dualityGap).toBeLessThanOrEqual(1e-10)
  expect(shared.fit.passes).toBeLessThanOrEqual(240)
  expect(fitSoftmax(X, y, options).fit.passes).toBeLessThanOrEqual(shared.fit.passes)
})

it('raw columns: what scikit-learn fits, which L-BFGS does not reach in 1000 iterations', {
  timeout: 60_000,
}, () => {
  const raw = { ...options, standardize: false }
  const model = fitSoftmax(X, y, { ...raw, tolerance: 1e-10 })
  expect(model.fit.status).toBe('converged')
  expect(model.fit.dualityGap).toBeLessThanOrEqual(1e-10)
  softmax.coefficients.forEach((row, k) => {
    row.forEach((v, j) => {
      // Its line search gives up at about 1e-7.
      expect(Math.abs(v - model.coefficients[k][j])).toBeLessThan(1e-6)
    })
  })
  const penalty = model.coefficients.flat().reduce((sum, w) => sum + 0.5e-3 * w * w, 0)
  expect(Math.abs(penalty - model.fit.logLikelihood! / 1797 - softmax.objective)).toBeLessThan(1e-9)
})

it('one-vs-rest is ten separate fits, bit for bit, in the passes of one', { timeout: 60_000 }, () => {
  const model = fitOneVsRest(X, y, options)
  const alone = model.classes.map((digit) =>
    fitLogistic(
      X,
      y.map((label) => label === digit),
      options,
    ),
  )
  expect(model.coefficients).toEqual(alone.map(({ coefficients }) => coefficients[0]))
  expect(model.intercepts).toEqual(alone.map(({ intercepts }) => intercepts[0]))
  expect(model.fit.passes).toBe(Math.max(...alone.map(({ fit }) => fit.passes)))
  expect(model.fit.dualityGap).toBeLessThanOrEqual(1e-10)
  const indicators = y.map((label) => model.classes.map((digit) => +(label === digit)))
  expect(fitMultiLabel(X, indicators, options).coefficients).toEqual(model.coefficients)
})

it('ℓ1 with 620 coordinates, by proximal Newton', { timeout: 60_000 }, () => {
  const model = fitSoftmax(X, y, { penalty: l1(1e-2) })
  expect(model.fit.status).toBe('converged')
  expect(model.fit.dualityGap).toBeLessThan(1e-6)
  expect(model.fit.passes).toBeLessThan(40)
  expect(model.coefficients.flat().filter((v) => v === 0).length).toBeGreaterThan(300)
})

// The group lasso over classes: a feature is in the model for all of them, or for none.
import { groupLasso } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { fitSoftmax } from '../src/index.ts'
import { columns, json, random01, table } from './tables.ts'

const iris = table('iris')
const X = columns(...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(iris.number))
const y = iris.text('species')
const groups = [0, 1, 2, 3]

const reference = json<{ lambda: number; interceptThenCoefficients: Record<string, number[]> }[]>('grouped')

describe.each(reference)(
  "λ = $lambda, against glmnet's grouped multinomial",
  ({ lambda, interceptThenCoefficients }) => {
    const model = fitSoftmax(X, y, { penalty: groupLasso(lambda, groups), tolerance: 1e-10 })
    it('the same coefficients, the same zeros, with a certificate', () => {
      expect(model.fit.status).toBe('converged')
      expect(model.fit.dualityGap).toBeLessThan(1e-10)
      model.classes.forEach((label, k) => {
        const got = [model.intercepts[k], ...model.coefficients[k]]
        interceptThenCoefficients[label as string].forEach((v, j) => {
          if (v === 0) expect(got[j]).toBe(0)
          else expect(Math.abs(got[j] - v) / Math.abs(v)).toBeLessThan(1e-5)
        })
      })
    })
    it('each feature is in for all classes or for none, and sums to zero over them', () => {
      groups.forEach((j) => {
        const column = model.coefficients.map((row) => row[j])
        expect(new Set(column.map((v) => v === 0)).size).toBe(1)
        expect(Math.abs(column.reduce((a, b) => a + b))).toBeLessThan(1e-12)
      })
    })
  },
)

it('features in groups, and a group that is free', () => {
  const pairs = fitSoftmax(X, y, { penalty: groupLasso(0.2, [0, 0, 1, 1]) })
  expect(pairs.fit.status).toBe('converged')
  expect(
    pairs.coefficients.every((row) => row[0] === 0 && row[1] === 0 && row[2] !== 0 && row[3] !== 0),
  ).toBe(true)
  const free = fitSoftmax(X, y, { penalty: groupLasso(0.2, groups, { weights: [0, 1, 1, 1] }) })
  expect(free.fit.status).toBe('converged')
  expect(free.coefficients.every((row) => row[0] !== 0)).toBe(true)
  expect(Math.abs(free.coefficients.reduce((sum, row) => sum + row[0], 0))).toBeLessThan(1e-12)
  // No bound where nothing is bounded.
  expect(free.fit.dualityGap).toBeNull()
  expect(pairs.fit.dualityGap).toBeLessThan(1e-9)
})

it('more coordinates than rows', () => {
  const next = random01(11)
  const rows = Array.from({ length: 40 }, () => Array.from({ length: 60 }, () => next() - 0.5))
  const labels = rows.map(([a, b]) => Math.floor(3.99 * Math.min(1, Math.max(0, 0.5 + a / 2 + b / 2))))
  const model = fitSoftmax(rows, labels, { penalty: groupLasso(0.05, [...rows[0].keys()]) })
  expect(model.fit.status).toBe('converged')
  expect(model.fit.dualityGap).toBeLessThan(1e-7)
  const kept = rows[0].filter((_, j) => model.coefficients.some((row) => row[j] !== 0))
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.length).toBeLessThan(50)
})

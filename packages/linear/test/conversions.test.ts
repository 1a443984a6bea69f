// The conversions of docs/decisions/0002-a-mean-loss.md, against scikit-learn's own numbers.
import { elasticNet, l2 } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { type ClassWeights, fitLogistic } from '../src/index.ts'
import { columns, json, table } from './tables.ts'

interface Case {
  C: number
  l1Ratio: number
  classWeight: ClassWeights | null
  weighted: boolean
  coefficients: number[]
  intercept: number
}
const { columns: divisors, cases } = json<{ columns: Record<string, number>; cases: Case[] }>('sklearn')
const pima = table('pima_tr')
const X = columns(...Object.entries(divisors).map(([name, by]) => pima.number(name).map((v) => v / by)))
const y = pima.text('type')

const describeCase = (c: Case) =>
  `C ${c.C}, l1_ratio ${c.l1Ratio}, class_weight ${JSON.stringify(c.classWeight)}${c.weighted ? ', weights' : ''}`

describe("scikit-learn's C is 1/(λ S)", () => {
  it.each(cases.map((c) => [describeCase(c), c] as const))('%s', (_, c) => {
    const weights = y.map((__, i) => (c.weighted ? 1 + (i % 3) : 1))
    const yes = y.filter((label) => label === 'Yes').length
    const factor = (label: string) =>
      c.classWeight === null
        ? 1
        : c.classWeight === 'balanced'
          ? y.length / (2 * (label === 'Yes' ? yes : y.length - yes))
          : (c.classWeight as Record<string, number>)[label]
    const S = weights.reduce((sum, w, i) => sum + w * factor(y[i]), 0)
    const lambda = 1 / (c.C * S)
    const model = fitLogistic(X, y, {
      penalty: c.l1Ratio === 0 ? l2(lambda) : elasticNet(lambda, c.l1Ratio),
      weights,
      classWeights: c.classWeight ?? undefined,
      standardize: false,
      tolerance: 1e-11,
    })
    expect(model.fit.status).toBe('converged')
    model.coefficients[0].forEach((b, j) => {
      expect(Math.abs(b - c.coefficients[j])).toBeLessThan(1e-6)
      expect(b === 0).toBe(c.coefficients[j] === 0)
    })
    expect(Math.abs(model.intercepts[0] - c.intercept)).toBeLessThan(1e-5)
  })
})

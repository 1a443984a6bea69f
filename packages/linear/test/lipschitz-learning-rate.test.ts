// The "Lipschitz learning rate" is the paper's number, and what the paper says of it does not hold: it diverges on pima.
import { binaryCrossEntropy } from '@logodds/core'
import { gradientDescent, minimize } from '@logodds/optim'
import ndarray from 'ndarray'
import { expect, it } from 'vitest'
import { dense, lipschitzLR, objective, standardized, withIntercept } from '../src/index.ts'
import { columns, table } from './tables.ts'

const pima = table('pima_tr')
const X = columns(...['npreg', 'glu', 'bp', 'skin', 'bmi', 'ped', 'age'].map(pima.number))
const y = pima.text('type').map((t) => +(t === 'Yes'))
const m = X.length

it('is 2m/‖[1 X]‖_F, of a matrix, a view or a design', () => {
  const norm = Math.sqrt(X.reduce((sum, row) => sum + row.reduce((s, x) => s + x * x, 1), 0))
  const columnMajor = Float64Array.from({ length: m * 7 }, (_, q) => X[q % m][Math.floor(q / m)])
  for (const form of [X, dense(X), ndarray(columnMajor, [7, m]).transpose(1, 0)])
    expect(lipschitzLR(form) / ((2 * m) / norm)).toBeCloseTo(1, 13)
  // Standardised columns have length √m.
  expect(lipschitzLR(standardized(dense(X)))).toBeCloseTo((2 * m) / Math.sqrt(8 * m), 10)
})

it('diverges on pima with standardised columns, at three times the stable limit 2/L; 1/L converges', () => {
  const design = standardized(dense(X))
  const f = objective({ design: withIntercept(design), loss: binaryCrossEntropy, y })
  const rate = lipschitzLR(design)
  const limit = 2 / f.smoothness()
  expect(rate / limit).toBeGreaterThan(2.5)
  expect(rate / limit).toBeLessThan(3.5)
  const run = (step: number) => {
    const values: number[] = []
    const outcome = minimize(f, gradientDescent({ step, maxIterations: 3000 }), new Float64Array(8), {
      onStep: ({ value }) => values.push(value),
    })
    return { outcome, values }
  }
  const safe = run(1 / f.smoothness())
  expect(safe.outcome.status).toBe('converged')
  const wild = run(rate)
  expect(wild.outcome.status).toBe('iteration-limit')
  // After 3000 steps it is as far from the minimum as it was after ten, and worse than where it began.
  const late = wild.values.slice(-100)
  expect(Math.min(...late)).toBeGreaterThan(safe.outcome.value + 0.05)
  expect(Math.max(...late)).toBeGreaterThan(wild.values[0])
})

it('refuses no rows', () => {
  expect(() => lipschitzLR([])).toThrow('lipschitzLR: expected at least one row in X, got none')
})

// T5's data, objective and minimum at a hundredth of its size; and that our side needs few passes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sparseOrDense } from '@logodds/kernels'
import { auto } from '@logodds/linear'
import { fitSoftmax } from '@logodds/multiclass'
import { l2 } from '@logodds/optim'
import { afterAll, expect, it } from 'vitest'
import { makeDigits, readDigits } from '../digits-data.ts'
import { flattened, objectiveOf, pictures, softmaxProblem } from '../softmax-objective.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'logodds-digits-'))
afterAll(() => rmSync(folder, { recursive: true }))
// With a ridge as strong as befits so few rows.
makeDigits(folder, 5, 3000, 0.05)
const digits = readDigits(folder)
const { rows, columns, classes, C, pixels, y } = digits

it('pictures of which four fifths are 0, of ten classes alike in number', () => {
  expect([rows, columns, classes, pixels.length, y.length]).toEqual([3000, 784, 10, 3000 * 784, 3000])
  const zeros = pixels.reduce((count, v) => count + +(v === 0), 0) / pixels.length
  expect(zeros).toBeGreaterThan(0.74)
  expect(zeros).toBeLessThan(0.82)
  for (let k = 0; k < classes; k++) expect(y.filter((label) => label === k).length).toBeGreaterThan(200)
})

it('the minimum is below what a fit reaches, whose passes are few', { timeout: 60_000 }, () => {
  const { value, minimum } = softmaxProblem(folder)
  expect(value(new Float64Array(classes * (columns + 1)))).toBeCloseTo(Math.log(10), 12)
  const { coefficients, intercepts, fit } = fitSoftmax(sparseOrDense(pictures(digits)), y, {
    penalty: l2(1 / (C * rows)),
    standardize: false,
    tolerance: 1e-4,
    solver: auto(),
  })
  const reached = (objectiveOf(digits, flattened(coefficients, intercepts)) - minimum) / minimum
  expect(reached).toBeGreaterThan(-1e-11)
  expect(reached).toBeLessThan(1e-6)
  expect(fit.message).toContain('one factorisation for all columns')
  expect(fit.passes).toBeLessThanOrEqual(50)
})

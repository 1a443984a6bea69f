// Against R's glm and glmnet.
import { elasticNet, fista, gradientDescent, l1, l2, lbfgs, newton, type Penalty } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { fitLogistic, type LogisticOptions, type Model, type SolverChoice, smoothness } from '../src/index.ts'
import { columns, json, table, treatment } from './tables.ts'

interface Reference {
  binary: Record<string, { estimate: number[]; logLik: number; terms: string[] }>
  aliased: { birthwt: string[] }
  elasticNet: Record<
    string,
    { lambda: number; alpha: number; standardize: boolean; interceptThenCoefficients: number[] }
  >
}
const reference = json<Reference>('reference')

const estimates = (model: Model) => [model.intercepts[0], ...model.coefficients[0]]

function expectRelative(got: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(got.length).toBe(expected.length)
  got.forEach((v, j) => {
    expect(Math.abs(v - expected[j]), `${j}: ${v} against ${expected[j]}`).toBeLessThanOrEqual(
      tolerance * Math.abs(expected[j]),
    )
  })
}

const spector = table('spector')
const pima = table('pima_tr')
const birthwt = table('birthwt')
const ucb = table('ucb_admissions')
const problems: Record<string, [number[][], number[] | string[], LogisticOptions?]> = {
  spector: [columns(...['GPA', 'TUCE', 'PSI'].map(spector.number)), spector.number('GRADE')],
  spector_offset: [
    columns(...['GPA', 'PSI'].map(spector.number)),
    spector.number('GRADE'),
    { offset: spector.number('TUCE').map((v) => v / 10) },
  ],
  pima: [columns(...['npreg', 'glu', 'bp', 'skin', 'bmi', 'ped', 'age'].map(pima.number)), pima.text('type')],
  pima_small: [columns(...['glu', 'bmi', 'ped'].map(pima.number)), pima.text('type')],
  birthwt: [
    columns(
      ...['age', 'lwt'].map(birthwt.number),
      ...treatment(birthwt.text('race')),
      ...['smoke', 'ptl', 'ht', 'ui', 'ftv'].map(birthwt.number),
    ),
    birthwt.number('low'),
  ],
  ucb: [
    columns(...treatment(ucb.text('Gender')), ...treatment(ucb.text('Dept'))),
    ucb.text('Admit'),
    { weights: ucb.number('Freq') },
  ],
}

const solvers: Record<string, SolverChoice> = {
  newton: () => newton({ tolerance: 1e-12 }),
  lbfgs: () => lbfgs({ tolerance: 1e-12 }),
  'gradient descent, 1/L': (_, context) =>
    gradientDescent({ step: 1 / smoothness(context), tolerance: 1e-12, maxIterations: 100_000 }),
  'gradient descent, backtracking': () => gradientDescent({ tolerance: 1e-11, maxIterations: 100_000 }),
}

describe.each(Object.keys(problems))('R glm: %s', (name) => {
  const [X, y, options] = problems[name]
  const { estimate, logLik } = reference.binary[name]

  it.each(Object.keys(solvers))('%s', (solver) => {
    const model = fitLogistic(X, y, { ...options, solver: solvers[solver] })
    expect(model.fit.status).toBe('converged')
    expectRelative(estimates(model), estimate, 1e-8)
    expect(Math.abs(model.fit.logLikelihood! / logLik - 1)).toBeLessThan(1e-8)
  })

  it('the default solver and tolerance', () => {
    const model = fitLogistic(X, y, options)
    expect(model.fit.status).toBe('converged')
    expect(model.fit.gradientNorm).toBeLessThanOrEqual(1e-8)
    expectRelative(estimates(model), estimate, 1e-8)
  })
})

describe('glmnet', () => {
  const cancer = table('breast_cancer')
  const names = Object.keys(reference.elasticNet)
  const header = [
    'radius',
    'texture',
    'perimeter',
    'area',
    'smoothness',
    'compactness',
    'concavity',
    'concave_points',
    'symmetry',
    'fractal_dimension',
  ]
  const X = columns(
    ...['mean_', '', 'worst_'].flatMap((prefix) =>
      header.map((h) => cancer.number(prefix ? prefix + h : `${h}_error`)),
    ),
  )
  const y = cancer.text('diagnosis')
  const penalty = (lambda: number, alpha: number): Penalty =>
    alpha === 0 ? l2(lambda) : alpha === 1 ? l1(lambda) : elasticNet(lambda, alpha)

  it.each(names)('%s', (name) => {
    const { lambda, alpha, standardize, interceptThenCoefficients } = reference.elasticNet[name]
    const model = fitLogistic(X, y, { penalty: penalty(lambda, alpha), standardize, tolerance: 1e-10 })
    expect(model.fit.status).toBe('converged')
    const got = estimates(model)
    // Of the lasso glmnet is 2.6e-6 from the optimum, and we are 1e-13.
    expect(model.fit.dualityGap).toBeLessThan(1e-12)
    expectRelative(got, interceptThenCoefficients, alpha === 1 ? 3e-6 : 1e-6)
    expect(got.map((v) => v === 0)).toEqual(interceptThenCoefficients.map((v) => v === 0))
  })

  it.each([
    ['newton', () => newton({ tolerance: 1e-12 })],
    ['lbfgs', () => lbfgs({ tolerance: 1e-12 })],
    [
      'gradient descent',
      (penalty, context) =>
        gradientDescent({ step: 1 / smoothness(context, penalty), tolerance: 1e-11, maxIterations: 200_000 }),
    ],
    ['fista', (penalty) => fista({ penalty: penalty!, tolerance: 1e-11 })],
  ] satisfies [string, SolverChoice][])('breast_ridge by %s', (_, solver) => {
    const { interceptThenCoefficients } = reference.elasticNet.breast_ridge
    const model = fitLogistic(X, y, { penalty: l2(0.05), solver })
    expect(model.fit.status).toBe('converged')
    expectRelative(estimates(model), interceptThenCoefficients, 1e-6)
  })
})

it('drops the columns that R drops', () => {
  const [age, lwt, smoke] = ['age', 'lwt', 'smoke'].map(birthwt.number)
  const terms = ['age', 'twice', 'lwt', 'one', 'both', 'smoke']
  const twice = age.map((v) => 2 * v)
  const both = age.map((v, i) => v + lwt[i])
  const X = columns(
    age,
    twice,
    lwt,
    age.map(() => 1),
    both,
    smoke,
  )
  const model = fitLogistic(X, birthwt.number('low'), { terms })
  expect(model.aliased).toEqual(reference.aliased.birthwt)
  expect(model.fit.rank).toBe(4)
  const without = fitLogistic(columns(age, lwt, smoke), birthwt.number('low'))
  const [a, b, c] = without.coefficients[0]
  expectRelative(model.coefficients[0], [a, 0, b, 0, 0, c], 1e-10)
})

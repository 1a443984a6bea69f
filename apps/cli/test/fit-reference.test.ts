// Fits agree with R to the digits that R has, by every solver that applies.
import { expect, test } from 'vitest'
import type { FitDocument } from '../src/fit-document.ts'
import { fixtureJson, folderWith } from './in-process.ts'

interface Binary {
  n: number
  terms: string[]
  estimate: number[]
  logLikelihood: number
  deviance: number
  nullDeviance: number
  aic: number
  bic: number
}

interface Reference extends Record<'spector' | 'pima' | 'pimaOffset' | 'birthwt' | 'ucb', Binary> {
  alligators: {
    n: number
    classes: string[]
    estimate: number[][]
    deviance: number
    nullDeviance: number
    aic: number
  }
  irisElasticNet: { classes: string[]; interceptThenCoefficients: Record<string, number[]> }
}

const reference = fixtureJson<Reference>('reference.json')

const fits: Record<'spector' | 'pima' | 'pimaOffset' | 'birthwt' | 'ucb', string[]> = {
  spector: ['spector.csv', '--target', 'GRADE'],
  pima: ['pima_tr.csv', '--target', 'type', '--positive', 'Yes'],
  pimaOffset: ['pima_tr.csv', '--target', 'type', '--features', 'glu,bmi', '--offset', 'ped'],
  birthwt: [
    'birthwt.csv',
    '--target',
    'low',
    '--categorical',
    'race',
    '--features',
    'age,lwt,race,smoke,ptl,ht,ui,ftv',
  ],
  ucb: ['ucb_admissions.csv', '--target', 'Admit', '--weights', 'Freq', '--positive', 'Rejected'],
}

function close(actual: number | null, wanted: number, relative: number, what: string) {
  expect(Math.abs((actual as number) - wanted) / Math.max(1, Math.abs(wanted)), what).toBeLessThan(relative)
}

// A gradient of 1e-10 on standardised columns leaves the coefficients exact enough for slow solvers too.
const exact = ['--tolerance', '1e-11']

for (const name of Object.keys(fits) as (keyof typeof fits)[])
  for (const solver of ['newton', 'lbfgs', 'gradient-descent'])
    test(`${name} by ${solver} is what R's glm says`, async () => {
      const folder = folderWith(fits[name][0])
      const document = await folder.json<FitDocument>(['fit', ...fits[name], '--solver', solver, ...exact])
      const wanted = reference[name]
      expect(document.status).toBe('converged')
      expect(document.n).toBe(wanted.n)
      // R writes race2, UCB's are GenderMale and DeptB.
      expect(document.terms.map((term) => term.replace('=', ''))).toEqual(wanted.terms)
      document.coefficients.forEach(({ term, estimate, oddsRatio }, j) => {
        expect(Math.abs(estimate / wanted.estimate[j] - 1), term).toBeLessThan(1e-8)
        expect(oddsRatio).toBe(Math.exp(estimate))
      })
      for (const key of ['logLikelihood', 'deviance', 'nullDeviance', 'aic', 'bic'] as const)
        close(document[key], wanted[key], 1e-9, key)
      close(document.mcFadden, 1 - wanted.deviance / wanted.nullDeviance, 1e-9, 'mcFadden')
    })

test("alligators against the reference class are what R's multinom says, by every solver", async () => {
  const folder = folderWith('alligators.csv')
  const wanted = reference.alligators
  // R's columns are in another order: lake, gender, size.
  const features = ['--features', 'lake,gender,size', '--weights', 'freq', '--reference', 'Bird']
  for (const solver of ['newton', 'lbfgs', 'gradient-descent']) {
    const document = await folder.json<FitDocument>([
      ...['fit', 'alligators.csv', '--target', 'foodchoice', ...features, '--solver', solver, ...exact],
    ])
    expect(document.classes).toEqual(wanted.classes)
    expect(document.reference).toBe('Bird')
    expect(document.weightSum).toBe(219)
    const estimates = wanted.estimate.flat()
    expect(document.coefficients.map((entry) => entry.class)).toEqual(
      wanted.classes.slice(1).flatMap((label) => document.terms.map(() => label)),
    )
    document.coefficients.forEach(({ term, estimate }, j) => {
      expect(Math.abs(estimate / estimates[j] - 1), term).toBeLessThan(1e-6)
    })
    close(document.deviance, wanted.deviance, 1e-9, 'deviance')
    close(document.nullDeviance, wanted.nullDeviance, 1e-9, 'nullDeviance')
    close(document.aic, wanted.aic, 1e-9, 'aic')
  }
})

test('an elastic net of iris is what glmnet says', async () => {
  const folder = folderWith('iris.csv')
  const penalty = ['--penalty', 'elastic-net', '--lambda', '0.02', '--alpha', '0.5']
  const document = await folder.json<FitDocument>([
    'fit',
    'iris.csv',
    '--target',
    'species',
    ...penalty,
    ...exact,
  ])
  const { classes, interceptThenCoefficients } = reference.irisElasticNet
  const wanted = classes.flatMap((label) => interceptThenCoefficients[label])
  document.coefficients.forEach(({ term, estimate }, j) => {
    close(estimate, wanted[j], 1e-5, term)
    expect(estimate === 0, term).toBe(wanted[j] === 0)
  })
})

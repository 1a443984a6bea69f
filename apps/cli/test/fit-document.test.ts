// What `fit --json` prints: the contract's fields, and what they hold when a number does not exist.
import { expect, test } from 'vitest'
import type { FitDocument } from '../src/fit-document.ts'
import { folderWith } from './in-process.ts'

const spector = ['fit', 'spector.csv', '--target', 'GRADE']
const iris = ['fit', 'iris.csv', '--target', 'species', '--features', 'sepal_length,sepal_width']

test('has the fields of the contract, in its order', async () => {
  const document = await folderWith('spector.csv').json<FitDocument>(spector)
  expect(Object.keys(document)).toEqual([
    ...['format', 'version', 'family', 'classes', 'positive', 'reference', 'n', 'weightSum', 'terms'],
    ...['coefficients', 'penalty', 'status', 'message', 'iterations', 'passes', 'gradientNorm', 'dualityGap'],
    ...['logLikelihood', 'deviance', 'nullDeviance', 'aic', 'bic', 'mcFadden', 'warnings', 'seconds'],
  ])
  expect(document).toMatchObject({
    format: 'logodds/fit',
    version: 1,
    family: 'binary',
    classes: ['0', '1'],
    positive: '1',
    reference: null,
    n: 32,
    weightSum: 32,
    terms: ['(Intercept)', 'GPA', 'TUCE', 'PSI'],
    penalty: { kind: 'none', lambda: 0, alpha: null, standardize: false },
    status: 'converged',
    dualityGap: null,
    warnings: [],
  })
  expect(Object.keys(document.coefficients[0])).toEqual([
    'class',
    'term',
    'estimate',
    'standardError',
    'z',
    'p',
    'confidence',
    'oddsRatio',
  ])
  expect(document.coefficients.map((entry) => [entry.class, entry.term])).toEqual(
    document.terms.map((term) => ['1', term]),
  )
  expect(document.gradientNorm).toBeLessThan(1e-8)
  expect(document.passes).toBeGreaterThanOrEqual(document.iterations)
  expect(document.seconds).toBeGreaterThan(0)
})

test('a penalised fit has a duality gap, and no standard errors, AIC and BIC', async () => {
  for (const kind of ['l1', 'l2', 'elastic-net']) {
    const document = await folderWith('spector.csv').json<FitDocument>([
      ...spector,
      '--penalty',
      kind,
      '--lambda',
      '0.05',
    ])
    expect(document.penalty).toEqual({
      kind,
      lambda: 0.05,
      alpha: { l1: 1, l2: 0, 'elastic-net': 0.5 }[kind],
      standardize: true,
    })
    expect(document).toMatchObject({ aic: null, bic: null, status: 'converged' })
    expect(document.dualityGap).toBeGreaterThanOrEqual(0)
    expect(document.dualityGap).toBeLessThan(1e-6)
    for (const entry of document.coefficients)
      expect(entry).toMatchObject({ standardError: null, z: null, p: null, confidence: null })
    expect(document.mcFadden).toBeGreaterThan(0)
  }
})

test('--no-standardize penalises the columns as they are; without a penalty neither changes anything', async () => {
  const folder = folderWith('spector.csv')
  const ridge = [...spector, '--penalty', 'l2', '--lambda', '0.05']
  const standard = await folder.json<FitDocument>([...ridge, '--standardize'])
  const raw = await folder.json<FitDocument>([...ridge, '--no-standardize'])
  expect(raw.penalty.standardize).toBe(false)
  expect(standard.coefficients).toEqual((await folder.json<FitDocument>(ridge)).coefficients)
  expect(raw.coefficients[1].estimate).not.toBeCloseTo(standard.coefficients[1].estimate, 3)
  const free = await folder.json<FitDocument>([...spector, '--no-standardize'])
  expect(free.coefficients).toEqual((await folder.json<FitDocument>(spector)).coefficients)
})

test('--positive turns the signs; labels are text', async () => {
  const folder = folderWith('spector.csv')
  const [ones, zeros] = [
    await folder.json<FitDocument>(spector),
    await folder.json<FitDocument>([...spector, '--positive', '0']),
  ]
  expect(zeros.positive).toBe('0')
  expect(zeros.coefficients[0].class).toBe('0')
  zeros.coefficients.forEach(({ estimate }, j) => {
    expect(estimate).toBeCloseTo(-ones.coefficients[j].estimate, 9)
  })
  expect(zeros.logLikelihood).toBeCloseTo(ones.logLikelihood as number, 10)
})

test('class weights change the fit, balanced or by label, and not the null deviance', async () => {
  const folder = folderWith('spector.csv')
  const plain = await folder.json<FitDocument>(spector)
  const balanced = await folder.json<FitDocument>([...spector, '--class-weights', 'balanced'])
  // Σw / (K Σ_k w) for 21 and 11 rows.
  const same = await folder.json<FitDocument>([
    ...[...spector, '--class-weights', JSON.stringify({ 0: 32 / 42, 1: 32 / 22 })],
  ])
  balanced.coefficients.forEach(({ estimate }, j) => {
    expect(estimate).toBeCloseTo(same.coefficients[j].estimate, 8)
  })
  expect(balanced.coefficients[0].estimate).toBeGreaterThan(plain.coefficients[0].estimate)
  expect(balanced.nullDeviance).toBe(plain.nullDeviance)
  expect(balanced.weightSum).toBe(32)
  const { out } = await folder.logodds(...spector, '--class-weights', '{"1": 2}')
  expect(out).toContain('Class weights: 1 2 (in the fit')
})

test('softmax has every class, or with a reference the differences to it', async () => {
  const folder = folderWith('iris.csv')
  const ridge = [...iris, '--penalty', 'l2', '--lambda', '0.01']
  const symmetric = await folder.json<FitDocument>(ridge)
  const against = await folder.json<FitDocument>([...ridge, '--reference', 'setosa'])
  expect(symmetric).toMatchObject({ family: 'softmax', positive: null, reference: null })
  expect(against.reference).toBe('setosa')
  const estimates = (document: FitDocument, label: string) =>
    document.coefficients.filter((entry) => entry.class === label).map(({ estimate }) => estimate)
  expect(symmetric.coefficients).toHaveLength(9)
  expect(against.coefficients).toHaveLength(6)
  const base = estimates(symmetric, 'setosa')
  for (const label of ['versicolor', 'virginica'])
    estimates(against, label).forEach((estimate, j) => {
      expect(estimate).toBeCloseTo(estimates(symmetric, label)[j] - base[j], 10)
    })
  base.forEach((estimate, j) => {
    const sum = estimate + estimates(symmetric, 'versicolor')[j] + estimates(symmetric, 'virginica')[j]
    expect(sum).toBeCloseTo(0, 9)
  })
})

test('one-vs-rest has no joint likelihood, and says so', async () => {
  const folder = folderWith('iris.csv')
  const document = await folder.json<FitDocument>([
    ...[...iris, '--multiclass', 'one-vs-rest', '--penalty', 'l2', '--lambda', '0.01'],
  ])
  expect(document).toMatchObject({
    family: 'one-vs-rest',
    logLikelihood: null,
    deviance: null,
    nullDeviance: null,
    aic: null,
    bic: null,
    mcFadden: null,
  })
  expect(document.warnings.join()).toContain('no joint likelihood')
  expect(document.coefficients).toHaveLength(9)
})

test('two classes are a binary fit, whatever --multiclass says', async () => {
  const folder = folderWith('spector.csv')
  for (const kind of ['softmax', 'one-vs-rest'])
    expect((await folder.json<FitDocument>([...spector, '--multiclass', kind])).family).toBe('binary')
})

test('columns that others determine are left out and named', async () => {
  const folder = folderWith()
  folder.write('twice.csv', 'a,b,c,y\n1,2,7,n\n2,4,7,n\n3,6,7,y\n4,8,7,n\n5,10,7,y\n')
  const document = await folder.json<FitDocument>(['fit', 'twice.csv', '--target', 'y'])
  expect(document.warnings.join()).toMatch(/left out.*"b", "c"/)
  expect(document.coefficients.map(({ estimate }) => estimate === 0)).toEqual([false, false, true, true])
  expect(document.bic).toBeCloseTo((document.deviance as number) + 2 * Math.log(5), 10)
})

test('a fit that is not converged is printed and written all the same, with exit code 1', async () => {
  const folder = folderWith('spector.csv')
  const short = await folder.json<FitDocument>(
    [...spector, '--max-iterations', '2', '--out', 'model.json'],
    1,
  )
  expect(short.status).toBe('iteration-limit')
  expect(short.message).toContain('--max-iterations')
  expect(short.iterations).toBe(2)
  expect(JSON.parse(folder.read('model.json')).model.fit.status).toBe('iteration-limit')
  const shown = await folder.logodds(...spector, '--max-iterations', '2')
  expect(shown.code).toBe(1)
  expect(shown.out).toContain('Not converged')
})

test('separated classes end the fit with a message that says what to type', async () => {
  const folder = folderWith('iris.csv')
  folder.write('apart.csv', 'a,y\n1,no\n2,no\n3,yes\n4,yes\n')
  const document = await folder.json<FitDocument>(['fit', 'apart.csv', '--target', 'y'], 1)
  expect(document.status).toBe('separated')
  expect(document.message).toContain('--penalty l2')
  const each = await folder.json<FitDocument>([...iris, '--multiclass', 'one-vs-rest'], 1)
  expect(each.message).toMatch(/^Class "setosa" against the rest: .*--penalty l2/)
})

test('a step that is too long never prints NaN', async () => {
  const folder = folderWith('spector.csv')
  for (const step of ['1e6', '1e200', '1e308']) {
    const argv = [...spector, '--solver', 'gradient-descent', '--step', step]
    const { code, out, err } = await folder.logodds(...argv, '--json')
    expect(code).toBe(1)
    expect(out + err).not.toMatch(/NaN|Infinity/)
    const document: FitDocument = JSON.parse(out)
    expect(document.status).not.toBe('converged')
    const beyond = document.coefficients.some(({ oddsRatio }) => oddsRatio === null)
    expect(document.warnings.some((warning) => warning.includes('odds ratios too large'))).toBe(beyond)
    expect((await folder.logodds(...argv)).out).not.toMatch(/NaN|Infinity/)
  }
})

test('--step 1/L descends to the same fit', async () => {
  const folder = folderWith('spector.csv')
  const document = await folder.json<FitDocument>([
    ...[...spector, '--solver', 'gradient-descent', '--step', '1/L', '--max-iterations', '100000'],
  ])
  expect(document.deviance).toBeCloseTo(25.7792684442628, 8)
})

test('--seed is accepted, and says that nothing is random', async () => {
  const document = await folderWith('spector.csv').json<FitDocument>([...spector, '--seed', '7'])
  expect(document.warnings.join()).toContain('--seed')
})

test('stdout holds the document alone; warnings go to stderr as well', async () => {
  const { out, err } = await folderWith('spector.csv').logodds(...spector, '--seed', '7', '--json')
  expect(() => JSON.parse(out)).not.toThrow()
  expect(err).toMatch(/^warning: --seed/)
})

test('--missing drop leaves rows out', async () => {
  const folder = folderWith()
  folder.write('gaps.csv', 'a,y,unused\n1,n,1\n2,y,\n,n,1\n3,n,1\n2.5,y,NA\n4,,1\n1.5,y,1\n')
  const document = await folder.json<FitDocument>([
    ...['fit', 'gaps.csv', '--target', 'y', '--features', 'a', '--missing', 'drop'],
  ])
  expect(document.n).toBe(5)
  const shown = await folder.logodds(
    'fit',
    'gaps.csv',
    '--target',
    'y',
    '--features',
    'a',
    '--missing',
    'drop',
  )
  expect(shown.out).toContain('2 left out for missing values')
})

test('--plots draws the curves of the training rows', async () => {
  const folder = folderWith('iris.csv', 'spector.csv')
  await folder.json(['fit', 'spector.csv', '--target', 'GRADE', '--plots', 'plots/a'])
  expect(folder.files()).toEqual([
    'iris.csv',
    'plots',
    'plots/a',
    'plots/a/precision-recall.svg',
    'plots/a/roc.svg',
    'spector.csv',
  ])
  expect(folder.read('plots/a/roc.svg')).toMatch(
    /^<svg[\s\S]*training rows of spector\.csv[\s\S]*<\/svg>\s*$/,
  )
})

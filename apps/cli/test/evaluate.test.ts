// Evaluations agree with scikit-learn, and say which numbers do not exist.
import { expect, test } from 'vitest'
import type { EvaluationDocument } from '../src/evaluation.ts'
import { fixtureJson, folderWith, longLines, refusal } from './in-process.ts'

const numbers = [
  'accuracy',
  'balancedAccuracy',
  'matthewsCorrelation',
  'logLoss',
  'baselineLogLoss',
  'logLossSkill',
  'brier',
  'expectedCalibrationError',
  'rocAuc',
  'averagePrecision',
] as const

interface Reference
  extends Pick<EvaluationDocument, (typeof numbers)[number] | 'rocAucInterval' | 'perClass'> {
  confusion: number[][]
}
const reference = fixtureJson<Record<'pima' | 'pimaAt0.3' | 'ucb' | 'iris', Reference>>('evaluation.json')

function agrees(document: EvaluationDocument, wanted: Reference, tolerance: number) {
  for (const key of numbers)
    expect(Math.abs((document[key] as number) - (wanted[key] as number)), key).toBeLessThan(tolerance)
  expect(document.rocAucInterval === null).toBe(wanted.rocAucInterval === null)
  document.rocAucInterval?.forEach((end, k) => {
    expect(Math.abs(end - (wanted.rocAucInterval?.[k] ?? Number.NaN)), 'interval').toBeLessThan(tolerance)
  })
  expect(document.confusion.matrix).toEqual(wanted.confusion)
  document.perClass.forEach((entry, k) => {
    const { class: label, ...own } = wanted.perClass[k]
    expect(entry.class).toBe(label)
    for (const [key, value] of Object.entries(own))
      expect(Math.abs((entry[key as 'f1'] as number) - (value as number)), `${label} ${key}`).toBeLessThan(
        tolerance,
      )
  })
}

const exact = ['--tolerance', '1e-12']

async function pima() {
  const folder = folderWith('pima_tr.csv', 'pima_te.csv')
  await folder.json(['fit', 'pima_tr.csv', '--target', 'type', '--out', 'm.json', ...exact])
  return folder
}

test('a binary model on other rows is what scikit-learn says, at any threshold', async () => {
  const folder = await pima()
  const document = await folder.json<EvaluationDocument>(['evaluate', 'm.json', 'pima_te.csv'])
  expect(Object.keys(document)).toEqual([
    ...['format', 'version', 'n', 'weightSum', 'accuracy', 'balancedAccuracy', 'matthewsCorrelation'],
    ...['logLoss', 'baselineLogLoss', 'logLossSkill', 'brier', 'expectedCalibrationError', 'rocAuc'],
    ...['rocAucInterval', 'averagePrecision', 'threshold', 'confusion', 'perClass', 'warnings'],
  ])
  expect(document).toMatchObject({
    format: 'logodds/evaluation',
    version: 1,
    n: 332,
    threshold: 0.5,
    warnings: [],
  })
  expect(document.confusion.labels).toEqual(['No', 'Yes'])
  expect(Object.keys(document.perClass[0])).toEqual([
    'class',
    'precision',
    'recall',
    'f1',
    'rocAuc',
    'averagePrecision',
    'support',
  ])
  agrees(document, reference.pima, 1e-9)
  const lower = await folder.json<EvaluationDocument>([
    'evaluate',
    'm.json',
    'pima_te.csv',
    '--threshold',
    '0.3',
  ])
  expect(lower.threshold).toBe(0.3)
  agrees(lower, reference['pimaAt0.3'], 1e-9)
})

test('thresholds 0 and 1: a probability at the threshold is positive', async () => {
  const folder = await pima()
  const all = await folder.json<EvaluationDocument>(['evaluate', 'm.json', 'pima_te.csv', '--threshold', '0'])
  expect(all.confusion.matrix.map((row) => row[0])).toEqual([0, 0])
  expect(all.perClass[0].precision).toBeNull()
  expect(all.warnings.join()).toContain('"No" is never predicted')
  const none = await folder.json<EvaluationDocument>([
    'evaluate',
    'm.json',
    'pima_te.csv',
    '--threshold',
    '1',
  ])
  expect(none.confusion.matrix.map((row) => row[1])).toEqual([0, 0])
})

test('an area of a single positive has no interval', async () => {
  const folder = await pima()
  const rows = folder.read('pima_te.csv').trimEnd().split(/\r?\n/)
  const [yes] = rows.filter((row) => row.includes('"Yes"'))
  folder.write('one.csv', [rows[0], yes, ...rows.filter((row) => row.includes('"No"'))].join('\n'))
  const document = await folder.json<EvaluationDocument>(['evaluate', 'm.json', 'one.csv'])
  expect(document.rocAuc).toBeGreaterThan(0)
  expect(document.rocAucInterval).toBeNull()
  expect(document.warnings.join()).toMatch(/one row only: no interval for the ROC AUC/)
})

test('counts weigh the rows again', async () => {
  const folder = folderWith('ucb_admissions.csv')
  await folder.json([
    ...['fit', 'ucb_admissions.csv', '--target', 'Admit', '--weights', 'Freq', '--out', 'm.json', ...exact],
  ])
  const document = await folder.json<EvaluationDocument>(['evaluate', 'm.json', 'ucb_admissions.csv'])
  expect([document.n, document.weightSum]).toEqual([24, 4526])
  agrees(document, reference.ucb, 1e-8)
  folder.write('plain.csv', 'Gender,Dept,Admit\nMale,A,Admitted\nFemale,F,Rejected\n')
  const plain = await folder.json<EvaluationDocument>(['evaluate', 'm.json', 'plain.csv'])
  expect(plain.weightSum).toBe(2)
  expect(plain.warnings.join()).toMatch(/no column "Freq".*every row counts once/)
})

test('more than two classes: macro averages beside the values of each class', async () => {
  const folder = folderWith('iris.csv')
  const penalty = ['--penalty', 'elastic-net', '--lambda', '0.02', '--alpha', '0.5']
  await folder.json([
    'fit',
    'iris.csv',
    '--target',
    'species',
    ...penalty,
    '--out',
    'm.json',
    '--tolerance',
    '1e-11',
  ])
  const document = await folder.json<EvaluationDocument>([
    'evaluate',
    'm.json',
    'iris.csv',
    '--plots',
    'plots',
  ])
  expect(document.threshold).toBeNull()
  agrees(document, reference.iris, 1e-6)
  const mean = (key: 'rocAuc' | 'averagePrecision') =>
    document.perClass.reduce((sum, entry) => sum + (entry[key] as number), 0) / 3
  expect(document.rocAuc).toBeCloseTo(mean('rocAuc'), 14)
  expect(document.averagePrecision).toBeCloseTo(mean('averagePrecision'), 14)
  for (const name of ['plots/roc.svg', 'plots/precision-recall.svg'])
    for (const label of document.confusion.labels) expect(folder.read(name)).toContain(label)
  expect(refusal(await folder.logodds('evaluate', 'm.json', 'iris.csv', '--threshold', '0.4'))).toMatch(
    /--threshold is for two classes; m.json has 3/,
  )
})

test('numbers that do not exist are null, with a warning that says why', async () => {
  const folder = await pima()
  const rows = folder.read('pima_te.csv').split('\n')
  folder.write('no.csv', [rows[0], ...rows.slice(1).filter((row) => row.includes('"No"'))].join('\n'))
  const { code, out, err } = await folder.logodds(
    'evaluate',
    'm.json',
    'no.csv',
    '--plots',
    'plots',
    '--json',
  )
  expect(code).toBe(0)
  expect(out).not.toMatch(/NaN/)
  const document: EvaluationDocument = JSON.parse(out)
  expect(document).toMatchObject({ rocAuc: null, averagePrecision: null, baselineLogLoss: 0 })
  expect(document).toMatchObject({ logLossSkill: null, matthewsCorrelation: null, rocAucInterval: null })
  expect(document.warnings.join()).toMatch(/no Matthews correlation/)
  expect(document.perClass[1]).toMatchObject({ recall: null, rocAuc: null, support: 0 })
  expect(document.warnings.join()).toMatch(/"Yes" never occurs/)
  expect(document.warnings.join()).toMatch(/all rows are of class "No"/)
  expect(document.warnings.join()).toMatch(/no curve could be drawn/)
  expect(err.match(/^warning: /gm)).toHaveLength(document.warnings.length)
  expect(folder.files()).not.toContain('plots')
  const shown = await folder.logodds('evaluate', 'm.json', 'no.csv')
  expect(shown.out).toMatch(/ROC AUC +–/)
})

test('a class that is absent among three leaves its curves out', async () => {
  const folder = folderWith('iris.csv')
  await folder.json([
    ...['fit', 'iris.csv', '--target', 'species', '--penalty', 'l2', '--lambda', '0.1', '--out', 'm.json'],
  ])
  const rows = folder.read('iris.csv').trimEnd().split(/\r?\n/)
  folder.write('two.csv', rows.filter((row) => !row.endsWith('setosa')).join('\n'))
  const document = await folder.json<EvaluationDocument>([
    'evaluate',
    'm.json',
    'two.csv',
    '--plots',
    'plots',
  ])
  expect(document).toMatchObject({ rocAuc: null, averagePrecision: null, n: 100 })
  expect(document.perClass.map((entry) => entry.rocAuc !== null)).toEqual([false, true, true])
  expect(document.warnings.join()).toMatch(/class "setosa" is absent/)
  expect(folder.read('plots/roc.svg')).not.toContain('setosa')
})

test('labels are demanded, and known ones; their spelling as numbers does not matter', async () => {
  const folder = folderWith('spector.csv')
  await folder.json(['fit', 'spector.csv', '--target', 'GRADE', '--out', 'm.json'])
  folder.write('new.csv', 'GPA,TUCE,PSI,GRADE\n3,20,0,0\n3.5,25,1,2\n')
  expect(refusal(await folder.logodds('evaluate', 'm.json', 'new.csv'))).toMatch(
    /row 2 \(line 3\), column "GRADE": unknown class "2"; known are "0", "1"/,
  )
  folder.write('new.csv', 'GPA,TUCE,PSI,GRADE\n3,20,0,0\n3.5,25,1,\n')
  expect(refusal(await folder.logodds('evaluate', 'm.json', 'new.csv'))).toMatch(/row 2 .*missing label/)
  folder.write('new.csv', 'GPA,TUCE,PSI\n3,20,0\n')
  expect(refusal(await folder.logodds('evaluate', 'm.json', 'new.csv'))).toMatch(/no column "GRADE"/)
  folder.write('new.csv', 'GPA,TUCE,PSI,GRADE\n3,20,0,0.0\n3.5,25,1,1.0\n')
  const document = await folder.json<EvaluationDocument>(['evaluate', 'm.json', 'new.csv'])
  expect(document.perClass.map((entry) => entry.support)).toEqual([1, 1])
  for (const threshold of ['-0.1', '1.1', 'half'])
    expect(refusal(await folder.logodds('evaluate', 'm.json', 'new.csv', '--threshold', threshold))).toMatch(
      /--threshold: expected a number from 0 to 1/,
    )
})

test('with many classes, the most frequent mistakes take the place of a matrix that would be too wide', async () => {
  const folder = folderWith()
  const rows = Array.from({ length: 400 }, (_, i) => `${Math.sin(i)},${Math.cos(3 * i)},${i % 20}`)
  folder.write('many.csv', `a,b,y\n${rows.join('\n')}\n`)
  await folder.json([
    'fit',
    'many.csv',
    '--target',
    'y',
    '--penalty',
    'l2',
    '--lambda',
    '0.1',
    '--out',
    'm.json',
  ])
  const { code, out } = await folder.logodds('evaluate', 'm.json', 'many.csv')
  expect(code).toBe(0)
  expect(longLines(out)).toEqual([])
  expect(out).toMatch(/^True y +Predicted +Rows$/m)
  expect(out).toMatch(/^19 .* 20$/m)
})

test('one-vs-rest models and models against a reference class are judged like any other', async () => {
  const folder = folderWith('iris.csv')
  const fit = ['fit', 'iris.csv', '--target', 'species', '--penalty', 'l2', '--lambda', '0.01', '--out']
  await folder.json([...fit, 'symmetric.json'])
  await folder.json([...fit, 'against.json', '--reference', 'versicolor'])
  await folder.json([...fit, 'rest.json', '--multiclass', 'one-vs-rest'])
  const evaluate = (name: string) => folder.json<EvaluationDocument>(['evaluate', name, 'iris.csv'])
  const [symmetric, against, rest] = [
    await evaluate('symmetric.json'),
    await evaluate('against.json'),
    await evaluate('rest.json'),
  ]
  expect(against.logLoss).toBeCloseTo(symmetric.logLoss, 10)
  expect(against.confusion).toEqual(symmetric.confusion)
  expect(rest.accuracy).toBeGreaterThan(0.9)
  expect(rest.perClass.map((entry) => entry.support)).toEqual([50, 50, 50])
})

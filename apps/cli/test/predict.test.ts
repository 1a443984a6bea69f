// A model remembers its coding: what `fit --out` wrote predicts other files, or refuses them by name.
import { expect, test } from 'vitest'
import type { FitDocument } from '../src/fit-document.ts'
import { folderWith, refusal } from './in-process.ts'

interface Predictions {
  format: string
  version: number
  n: number
  classes: string[]
  predictions: Record<string, string | number>[]
  warnings: string[]
}

const table = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))

test('a model with categories gives the fitted probabilities of its own rows', async () => {
  const folder = folderWith('birthwt.csv')
  const features = ['--features', 'age,lwt,race,smoke', '--categorical', 'race']
  const document = await folder.json<FitDocument>([
    ...['fit', 'birthwt.csv', '--target', 'low', ...features, '--out', 'model.json'],
  ])
  const { code, out } = await folder.logodds('predict', 'model.json', 'birthwt.csv')
  expect(code).toBe(0)
  const [header, ...rows] = table(out)
  expect(header).toEqual(['predicted', 'probability_0', 'probability_1'])
  expect(rows).toHaveLength(189)
  const [intercept, age, lwt, race2, race3, smoke] = document.coefficients.map(({ estimate }) => estimate)
  const [names, ...data] = table(folder.read('birthwt.csv').replaceAll('"', ''))
  let logLikelihood = 0
  data.forEach((row, i) => {
    const value = (name: string) => Number(row[names.indexOf(name)])
    const race = { 1: 0, 2: race2, 3: race3 }[value('race')] as number
    const eta = intercept + age * value('age') + lwt * value('lwt') + race + smoke * value('smoke')
    const [predicted, none, low] = rows[i]
    expect(Number(low)).toBeCloseTo(1 / (1 + Math.exp(-eta)), 12)
    expect(Number(none) + Number(low)).toBeCloseTo(1, 15)
    expect(predicted).toBe(Number(low) >= 0.5 ? '1' : '0')
    logLikelihood += Math.log(value('low') === 1 ? Number(low) : Number(none))
  })
  expect(logLikelihood).toBeCloseTo(document.logLikelihood as number, 8)
})

test('text categories, class labels with commas and quotes, and any order of the columns come through', async () => {
  const folder = folderWith()
  folder.write(
    'train.csv',
    'colour,size,kind\n"red, dark",1,"a ""b"""\ngreen,2,c\n"red, dark",3,c\ngreen,1.5,"a ""b"""\ngreen,4,c\n"red, dark",2,"a ""b"""\n',
  )
  await folder.json([
    'fit',
    'train.csv',
    '--target',
    'kind',
    '--penalty',
    'l2',
    '--lambda',
    '0.1',
    '--out',
    'm.json',
  ])
  folder.write('new.csv', 'size,colour\n1,"red, dark"\n9,green\n')
  const document = await folder.json<Predictions>(['predict', 'm.json', 'new.csv'])
  expect(document).toMatchObject({ format: 'logodds/predictions', version: 1, n: 2, classes: ['a "b"', 'c'] })
  expect(document.warnings).toEqual([])
  expect(document.predictions.map((row) => row.predicted)).toEqual(['a "b"', 'c'])
  const { code } = await folder.logodds('predict', 'm.json', 'new.csv', '--out', 'p.csv')
  expect(code).toBe(0)
  expect(folder.read('p.csv').split('\n')[0]).toBe('predicted,"probability_a ""b""",probability_c')
})

test('a category of numbers is recognised however the numbers are written', async () => {
  const folder = folderWith('birthwt.csv')
  await folder.json([
    ...[
      'fit',
      'birthwt.csv',
      '--target',
      'low',
      '--features',
      'race,age',
      '--categorical',
      'race',
      '--out',
      'm.json',
    ],
  ])
  folder.write('a.csv', 'race,age\n1,20\n2,20\n3,20\n')
  folder.write('b.csv', 'race,age\n1.0,20\n2.0,20\n03,2e1\n')
  const [a, b] = [
    await folder.logodds('predict', 'm.json', 'a.csv'),
    await folder.logodds('predict', 'm.json', 'b.csv'),
  ]
  expect(a.code).toBe(0)
  expect(b.out).toBe(a.out)
})

test('--out writes the CSV that would have gone to stdout', async () => {
  const folder = folderWith('iris.csv')
  await folder.json([
    ...['fit', 'iris.csv', '--target', 'species', '--penalty', 'l2', '--lambda', '0.1', '--out', 'm.json'],
  ])
  const printed = await folder.logodds('predict', 'm.json', 'iris.csv')
  const written = await folder.logodds('predict', 'm.json', 'iris.csv', '--out', 'new/p.csv')
  expect(folder.read('new/p.csv')).toBe(printed.out)
  expect(written.out).toMatch(/Predicted species for 150 rows of iris.csv[\s\S]*Wrote new\/p.csv\n$/)
  const both = await folder.json<Predictions>(['predict', 'm.json', 'iris.csv', '--out', 'new/p.csv'])
  const [header, ...rows] = table(printed.out)
  expect(header).toEqual(['predicted', ...both.classes.map((label) => `probability_${label}`)])
  expect(both.predictions.map((row) => Object.keys(row))).toEqual(rows.map(() => header))
  expect(both.predictions.map((row) => Object.values(row).map(String))).toEqual(rows)
})

test('surplus columns are ignored with a warning that names them; the target is none', async () => {
  const folder = folderWith('spector.csv')
  await folder.json(['fit', 'spector.csv', '--target', 'GRADE', '--features', 'GPA,PSI', '--out', 'm.json'])
  const { code, err } = await folder.logodds('predict', 'm.json', 'spector.csv')
  expect(code).toBe(0)
  expect(err).toMatch(/^warning: .*ignored: "TUCE"\n$/)
})

test('an offset is demanded and used', async () => {
  const folder = folderWith('pima_tr.csv')
  await folder.json([
    ...['fit', 'pima_tr.csv', '--target', 'type', '--features', 'glu', '--offset', 'ped', '--out', 'm.json'],
  ])
  folder.write('zero.csv', 'glu,ped\n100,0\n')
  folder.write('two.csv', 'glu,ped\n100,2\n')
  folder.write('none.csv', 'glu\n100\n')
  folder.write('gap.csv', 'glu,ped\n100,1\n120,\n')
  const yes = async (name: string) =>
    Number((await folder.json<Predictions>(['predict', 'm.json', name])).predictions[0].probability_Yes)
  const logit = (p: number) => Math.log(p / (1 - p))
  expect(logit(await yes('two.csv')) - logit(await yes('zero.csv'))).toBeCloseTo(2, 10)
  expect(refusal(await folder.logodds('predict', 'm.json', 'none.csv'))).toMatch(/none.csv: no column "ped"/)
  expect(refusal(await folder.logodds('predict', 'm.json', 'gap.csv'))).toMatch(
    /row 2 \(line 3\), column "ped": missing/,
  )
})

test('what the model cannot know is refused by name, and nothing is written', async () => {
  const folder = folderWith('birthwt.csv')
  await folder.json([
    ...[
      'fit',
      'birthwt.csv',
      '--target',
      'low',
      '--features',
      'race,age',
      '--categorical',
      'race',
      '--out',
      'm.json',
    ],
  ])
  const wrong: [string, RegExp][] = [
    [
      'race,age\n1,20\n4,20\n',
      /new.csv: row 2 \(line 3\), column "race": unknown level "4"; known are "1", "2", "3"/,
    ],
    ['race\n1\n', /new.csv: no column "age"; there are "race"/],
    ['race,age\n1,20\n2,\n', /new.csv: row 2 \(line 3\), column "age": missing value/],
    ['race,age\n1,20\n,30\n', /new.csv: row 2 \(line 3\), column "race": missing value/],
    ['race,age\n1,20\n2,old\n', /new.csv: row 2 \(line 3\), column "age": expected a number, got "old"/],
    ['', /new.csv: empty file/],
  ]
  for (const [text, message] of wrong) {
    folder.write('new.csv', text)
    const before = folder.files()
    expect(refusal(await folder.logodds('predict', 'm.json', 'new.csv', '--out', 'p/p.csv'))).toMatch(message)
    expect(folder.files()).toEqual(before)
  }
  expect(refusal(await folder.logodds('predict', 'm.json', 'birthwt.csv', '--out', 'm.json'))).toMatch(
    /would overwrite m.json/,
  )
})

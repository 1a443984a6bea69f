// train.csv and test.csv: every row once, its text as it was, each class in proportion, the same again from the same seed.
import { expect, test } from 'vitest'
import type { SplitDocument } from '../src/split-document.ts'
import { folderWith, refusal } from './in-process.ts'

// The fixture has CRLF line ends; what is written has LF.
const linesOf = (text: string) => text.trimEnd().split(/\r?\n/)
const rowsOf = (text: string) => linesOf(text).slice(1)

test('every row is in one of the two files, each class in proportion', async () => {
  const folder = folderWith('iris.csv')
  const argv = ['split', 'iris.csv', '--target', 'species', '--fraction', '0.3', '--seed', '5']
  const document = await folder.json<SplitDocument>([...argv, '--out', 'parts/a'])
  expect(document).toEqual({
    format: 'logodds/split',
    version: 1,
    target: 'species',
    fraction: 0.3,
    seed: 5,
    train: 105,
    test: 45,
    perClass: ['setosa', 'versicolor', 'virginica'].map((label) => ({ class: label, train: 35, test: 15 })),
  })
  const [train, held] = [rowsOf(folder.read('parts/a/train.csv')), rowsOf(folder.read('parts/a/test.csv'))]
  expect([...train, ...held].sort()).toEqual(rowsOf(folder.read('iris.csv')).sort())
  expect(held.filter((row) => row.endsWith('setosa'))).toHaveLength(15)

  await folder.json<SplitDocument>([...argv, '--out', 'b'])
  expect(folder.read('b/test.csv')).toBe(folder.read('parts/a/test.csv'))
  await folder.json<SplitDocument>([...argv.with(-1, '6'), '--out', 'b'])
  expect(folder.read('b/test.csv')).not.toBe(folder.read('parts/a/test.csv'))
  expect(linesOf(folder.read('b/train.csv'))[0]).toBe(linesOf(folder.read('iris.csv'))[0])
})

test('a quarter and seed 0 unless told', async () => {
  const folder = folderWith('iris.csv')
  const argv = ['split', 'iris.csv', '--target', 'species', '--out']
  const document = await folder.json<SplitDocument>([...argv, 'a'])
  expect(document).toMatchObject({ fraction: 0.25, seed: 0, train: 112, test: 38 })
  await folder.json<SplitDocument>([...argv, 'b', '--fraction', '0.25', '--seed', '0'])
  expect(folder.read('a/train.csv')).toBe(folder.read('b/train.csv'))
})

test('cells come through as they are written', async () => {
  const folder = folderWith()
  const rows = ['007,"a, b",x', '1.50,NA,x', '2e0,?,y', '-0,"say ""no""",y', '.5,é,x', ',null,y']
  folder.write('odd.csv', `\uFEFFid,note,y\r\n${rows.join('\r\n')}\r\n`)
  const { code, out } = await folder.logodds(
    'split',
    'odd.csv',
    '--target',
    'y',
    '--fraction',
    '0.5',
    '--out',
    '.',
  )
  expect(code).toBe(0)
  expect(out).toMatch(/Wrote train.csv\nWrote test.csv\n$/)
  expect([...rowsOf(folder.read('train.csv')), ...rowsOf(folder.read('test.csv'))].sort()).toEqual(
    [...rows].sort(),
  )
})

test('never over its own input', async () => {
  const folder = folderWith('iris.csv')
  folder.write('train.csv', folder.read('iris.csv'))
  expect(refusal(await folder.logodds('split', 'train.csv', '--target', 'species', '--out', '.'))).toMatch(
    /would overwrite train.csv/,
  )
  expect(folder.files()).toEqual(['iris.csv', 'train.csv'])
})

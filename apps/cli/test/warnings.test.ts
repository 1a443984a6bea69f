// What a fit says beside its result.
import { expect, test } from 'vitest'
import { folderWith } from './in-process.ts'

interface Warned {
  status: string
  n: number
  warnings: string[]
}

test('rows that quasi-complete separation makes certain are counted', async () => {
  const folder = folderWith()
  folder.write('quasi.csv', 'x,y\n1,a\n2,a\n3,a\n3,b\n4,b\n5,b\n')
  const fitted = await folder.json<Warned>(['fit', 'quasi.csv', '--target', 'y'])
  expect(fitted.status).toBe('converged')
  expect(fitted.warnings).toHaveLength(1)
  expect(fitted.warnings[0]).toMatch(
    /^fitted probabilities of 4 of 6 rows are within 1e-7 of 0 or 1: .*do not exist/,
  )
  const ridge = await folder.json<Warned>([
    'fit',
    'quasi.csv',
    '--target',
    'y',
    '--penalty',
    'l2',
    '--lambda',
    '0.01',
  ])
  expect(ridge.warnings).toEqual([])
})

test('a fit with estimates has no warning', async () => {
  const folder = folderWith()
  folder.write('plain.csv', 'x,y\n1,a\n2,a\n3,b\n4,a\n5,b\n6,b\n')
  expect((await folder.json<Warned>(['fit', 'plain.csv', '--target', 'y'])).warnings).toEqual([])
})

test('dropped rows are told in the JSON document as well', async () => {
  const folder = folderWith()
  folder.write('gaps.csv', 'x,y\n1,a\n2,a\n,b\n3,b\n4,a\n5,b\n,a\n6,b\n')
  const fitted = await folder.json<Warned>(['fit', 'gaps.csv', '--target', 'y', '--missing', 'drop'])
  expect(fitted.n).toBe(6)
  expect(fitted.warnings).toEqual(['2 rows left out: a value is missing'])
})

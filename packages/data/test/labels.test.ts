import { expect, test } from 'vitest'
import { readCsv } from '../src/csv-read.ts'
import { requireLabels } from '../src/labels.ts'
import { levelsOf, sortLevels } from '../src/levels.ts'

test('levels that all look like numbers are sorted as numbers, others by code unit', () => {
  expect(sortLevels(['10', '9', '-1.5', '1e1'])).toEqual(['-1.5', '9', '10', '1e1'])
  expect(sortLevels(['10', '9', 'x'])).toEqual(['10', '9', 'x'])
  expect(sortLevels(['b', 'a', 'B', 'é', 'z', ''])).toEqual(['', 'B', 'a', 'b', 'z', 'é'])
  expect(sortLevels(['0x10', '2'])).toEqual(['0x10', '2'])
})

test('labels and levels of a column', async () => {
  const table = await readCsv('n,t\n10,b\n9.50,a\n10.0,b\n', { name: 't.csv' })
  expect(requireLabels(table, 'n')).toEqual(['10', '9.5', '10'])
  expect(requireLabels(table, 't')).toEqual(['b', 'a', 'b'])
  expect(table.columns.map(levelsOf)).toEqual([
    ['9.5', '10'],
    ['a', 'b'],
  ])
})

test('known classes keep their spelling', async () => {
  const table = await readCsv('y\n1.0\n0\n')
  expect(requireLabels(table, 'y', { known: ['00', '1'] })).toEqual(['1', '00'])
})

test('errors', async () => {
  const table = await readCsv('y,z\nno,1\n\n,2\nmaybe,3\n', { name: 't.csv' })
  expect(() => requireLabels(table, 'y')).toThrow(
    expect.objectContaining({
      name: 'DataError',
      message: 't.csv: row 2 (line 4), column "y": missing label',
      row: 2,
      column: 'y',
    }),
  )
  expect(() => requireLabels(table, 'z', { known: ['1', '2'] })).toThrow(
    't.csv: row 3 (line 5), column "z": unknown class "3"; known are "1", "2"',
  )
  expect(() => requireLabels(table, 'x')).toThrow('t.csv: no column "x"')
})

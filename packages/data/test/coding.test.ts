import { describe, expect, test } from 'vitest'
import { codedTerms, coding } from '../src/coding.ts'
import { readCsv } from '../src/csv-read.ts'
import { tableOf } from '../src/table.ts'

const table = tableOf(
  {
    gre: [380, 660, 800],
    rank: [10, 9, 10],
    town: ['b', 'B', 'a'],
    same: ['x', 'x', ''],
    gone: ['', '', ''],
    'town=b': [1, 2, 3],
    '(Intercept)': [1, 1, 1],
  },
  't.csv',
)

test('numbers by name, categories with sorted levels and the first as base', () => {
  const recipe = coding(table, { features: ['town', 'gre', 'rank'], categorical: ['rank'] })
  expect(recipe).toEqual([
    { name: 'town', levels: ['B', 'a', 'b'], base: 'B' },
    { name: 'gre' },
    { name: 'rank', levels: ['9', '10'], base: '9' },
  ])
  expect(JSON.parse(JSON.stringify(recipe))).toEqual(recipe)
  expect(codedTerms(recipe)).toEqual(['town=a', 'town=b', 'gre', 'rank=10'])
})

test('all columns by default', () => {
  expect(coding(tableOf({ a: [1, 2], b: ['x', 'y'] }))).toEqual([
    { name: 'a' },
    { name: 'b', levels: ['x', 'y'], base: 'x' },
  ])
  expect(coding(table, { features: [] })).toEqual([])
})

test('a slip in a column of numbers is an error, unless the column is said to be categorical', async () => {
  const csv = 'age,size\n31,1\n,2\n45,3+\n3O,XL\n27,\n'
  const read = await readCsv(csv, { name: 't.csv' })
  expect(() => coding(read)).toThrow(
    expect.objectContaining({
      name: 'DataError',
      message:
        't.csv: row 4 (line 5), column "age": expected a number, got "3O" (if the column holds categories, list it as categorical)',
      row: 4,
      line: 5,
      column: 'age',
    }),
  )
  // As many texts as numbers: categories.
  expect(coding(read, { categorical: ['age'] })).toEqual([
    { name: 'age', levels: ['27', '31', '3O', '45'], base: '27' },
    { name: 'size', levels: ['1', '2', '3+', 'XL'], base: '1' },
  ])
  // Text by choice, all of it numbers.
  const text = await readCsv('a\n1\n2\n', { infer: false })
  expect(coding(text)).toEqual([{ name: 'a', levels: ['1', '2'], base: '1' }])
})

describe('errors', () => {
  const cases: [options: Parameters<typeof coding>[1], message: string][] = [
    [
      { features: ['gpa'] },
      't.csv: no column "gpa"; there are "gre", "rank", "town", "same", "gone", "town=b", "(Intercept)"',
    ],
    [{ features: ['gre', 'gre'] }, 't.csv: column "gre": the feature is there twice'],
    [
      { features: ['gre'], categorical: ['rank'] },
      't.csv: column "rank": expected a categorical column to be one of the features',
    ],
    [
      { features: ['gre'], categorical: ['gpa'] },
      't.csv: no column "gpa"; there are "gre", "rank", "town", "same", "gone", "town=b", "(Intercept)"',
    ],
    [
      { features: ['same'] },
      't.csv: column "same": a category needs at least two levels, and there is only "x": leave the column out',
    ],
    [
      { features: ['gone'] },
      't.csv: column "gone": a category needs at least two levels, and there is no value at all: leave the column out',
    ],
    [
      { features: ['town'], maxLevels: 2 },
      't.csv: column "town": 3 different values in 3 rows are too many for a category: leave the column out',
    ],
    [{ features: ['town', 'town=b'] }, 't.csv: two terms would be named "town=b": rename a column'],
    [{ features: ['(Intercept)'] }, 't.csv: two terms would be named "(Intercept)": rename a column'],
  ]
  test.each(cases)('%j', (options, message) => {
    expect(() => coding(table, options)).toThrow(expect.objectContaining({ name: 'DataError', message }))
  })
})

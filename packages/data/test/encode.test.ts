import { readFileSync } from 'node:fs'
import ndarray from 'ndarray'
import { describe, expect, test } from 'vitest'
import { coding } from '../src/coding.ts'
import { readCsv } from '../src/csv-read.ts'
import { encode } from '../src/encode.ts'
import { tableOf } from '../src/table.ts'

interface RCase {
  name: string
  csv: string
  features: string[]
  categorical: string[]
  levels: Record<string, string[]>
  matrix: number[][]
}
const cases: RCase[] = JSON.parse(
  readFileSync(new URL('fixtures/model-matrix.json', import.meta.url), 'utf8'),
)

test.each(cases)(
  'agrees with R’s model.matrix: $name',
  async ({ csv, features, categorical, levels, matrix: expected }) => {
    const table = await readCsv(csv)
    const recipe = coding(table, { features, categorical })
    expect(
      Object.fromEntries(recipe.flatMap((entry) => (entry.levels ? [[entry.name, entry.levels]] : []))),
    ).toEqual(levels)
    const { matrix, terms } = encode(recipe, table)
    expect(matrix.shape).toEqual([expected.length, expected[0].length])
    expect(terms).toHaveLength(expected[0].length)
    expect([...matrix.data]).toEqual(expected.flat())
  },
)

const recipe = [{ name: 'gre' }, { name: 'rank', levels: ['1', '2', '3'], base: '2' }]

test('what comes out is an ndarray but for its methods', () => {
  const { matrix, terms } = encode(
    recipe,
    tableOf({ rank: [3, 2, 1], gre: [0.5, 1.5, 2.5], other: ['', 'a', 'b'] }),
  )
  expect(terms).toEqual(['gre', 'rank=1', 'rank=3'])
  const wrapped = ndarray(matrix.data, matrix.shape, matrix.stride, matrix.offset)
  const rows = [0, 1, 2].map((i) => [0, 1, 2].map((j) => wrapped.get(i, j)))
  expect(rows).toEqual([
    [0.5, 0, 1],
    [1.5, 0, 0],
    [2.5, 1, 0],
  ])
})

test('a level is found as the same number, whichever type its column has in this file', async () => {
  const coded = (csv: string, columns = recipe) =>
    readCsv(csv).then((table) => [...encode(columns, table).matrix.data])
  expect(await coded('gre,rank\n0,1\n0,3.0\n0,2e0\n')).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 0])
  expect(
    await coded('gre,rank\n0,01\n0,3.0\n', [{ name: 'rank', levels: ['01', '3.0', 'x'], base: 'x' }]),
  ).toEqual([1, 0, 0, 1])
  // Two levels that are the same number: only the spelling tells them apart.
  const twins = [{ name: 'rank', levels: ['1', '01', 'x'], base: 'x' }]
  expect(await coded('gre,rank\n0,01\n0,1\n0,x\n', twins)).toEqual([0, 1, 1, 0, 0, 0])
  await expect(coded('gre,rank\n0,1.0\n0,x\n', twins)).rejects.toThrow('unknown level "1.0"')
})

describe('errors name the place', () => {
  const known = 'known are "1", "2", "3"'
  const list: [csv: string, message: string, place: object][] = [
    ['gre\n1\n', 'CSV: no column "rank"; there are "gre"', { row: null }],
    [
      'gre,rank\n1,2\n2,5\n',
      `CSV: row 2 (line 3), column "rank": unknown level "5"; ${known}`,
      { row: 2, line: 3, column: 'rank' },
    ],
    ['gre,rank\n1,2\n2,x\n', `CSV: row 2 (line 3), column "rank": unknown level "x"; ${known}`, {}],
    ['gre,rank\n1,2\n\n2,NA\n', 'CSV: row 2 (line 4), column "rank": missing value', { row: 2, line: 4 }],
    ['gre,rank\n,2\n', 'CSV: row 1 (line 2), column "gre": missing value', {}],
    [
      'gre,rank\n1,2\nNA,2\nabc,1\n',
      'CSV: row 3 (line 4), column "gre": expected a number, got "abc"',
      { row: 3, column: 'gre' },
    ],
  ]
  test.each(list)('%j', async (csv, message, place) => {
    const table = await readCsv(csv)
    expect(() => encode(recipe, table)).toThrow(
      expect.objectContaining({ name: 'DataError', message, ...place }),
    )
  })

  test('a recipe whose base is not a level', () => {
    expect(() => encode([{ name: 'a', levels: ['x', 'y'] }], tableOf({ a: ['x'] }))).toThrow(
      'encode: expected the base of column "a" to be one of its levels, got undefined',
    )
  })
})

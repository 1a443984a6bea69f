import { expect, test } from 'vitest'
import { completeRows } from '../src/complete-rows.ts'
import { readCsv } from '../src/csv-read.ts'

const csv = 'a,b,c\n1,x,1\n,,2\n3,z,NA\n\n,y,4\n5,,5\n6,w,6\n'
const read = () => readCsv(csv, { name: 't.csv' })

test('error: the first rows and their columns', async () => {
  const table = await read()
  expect(() => completeRows(table)).toThrow(
    expect.objectContaining({
      name: 'DataError',
      message:
        't.csv: 4 rows have missing values: row 2 (line 3) in "a", "b"; row 3 (line 4) in "c"; row 4 (line 6) in "a"; …',
      file: 't.csv',
      row: 2,
      line: 3,
      column: 'a',
    }),
  )
  expect(() => completeRows(table, { columns: ['c'] })).toThrow(
    't.csv: 1 row has missing values: row 3 (line 4) in "c"',
  )
})

test('drop: the rows that are left know where they stood', async () => {
  const { table, dropped } = completeRows(await read(), { missing: 'drop' })
  expect(dropped).toBe(4)
  expect([...table.rowNumbers]).toEqual([1, 6])
  expect([...(table.lineNumbers ?? [])]).toEqual([2, 8])
})

test('only the columns in use count', async () => {
  const table = await readCsv('a,b\n1,\n2,x\n')
  expect(completeRows(table, { columns: ['a'] })).toEqual({ table, dropped: 0 })
})

test('errors', async () => {
  const table = await readCsv('a,b\n1,\n,x\n', { name: 't.csv' })
  expect(() => completeRows(table, { missing: 'drop' })).toThrow('t.csv: no row is without missing values')
  const empty = await readCsv('a,b,c\n1,,\n2,,NA\n', { name: 't.csv' })
  expect(() => completeRows(empty, { missing: 'drop' })).toThrow(
    't.csv: no row is without missing values; there is no value at all in "b", "c"',
  )
  expect(() => completeRows(table, { columns: ['z'] })).toThrow('t.csv: no column "z"')
  expect(() => completeRows(table, { missing: 'skip' as 'drop' })).toThrow(
    "completeRows: expected missing to be 'error' or 'drop', got skip",
  )
})

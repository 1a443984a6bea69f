import { expect, test } from 'vitest'
import { readCsv } from '../src/csv-read.ts'
import { requireColumn, requireNumeric, selectRows, tableOf } from '../src/table.ts'

test('tableOf: numbers stay numbers, everything else becomes text', () => {
  const table = tableOf({ n: Float32Array.of(1, 0.5), t: ['a', ''], b: [true, false] }, 'mine')
  expect(table).toEqual({
    name: 'mine',
    rows: 2,
    columns: [
      { name: 'n', kind: 'number', values: Float64Array.of(1, 0.5), missing: 0 },
      { name: 't', kind: 'text', values: ['a', ''], missing: 1 },
      { name: 'b', kind: 'text', values: ['true', 'false'], missing: 0 },
    ],
    rowNumbers: Int32Array.of(1, 2),
    lineNumbers: null,
  })
  expect(() => tableOf({ a: [1], b: [1, 2] })).toThrow('tableOf: expected 1 values in column "b", got 2')
  expect(() => tableOf({ a: [1, Infinity] })).toThrow(
    'tableOf: expected finite numbers in column "a", got Infinity at index 1',
  )
})

test('selectRows keeps values, counts and the places in the file', async () => {
  const table = await readCsv('a,b\n1,x\n\nNA,\n3,z\n', { name: 't.csv' })
  const before = structuredClone(table)
  const some = selectRows(table, Int32Array.of(2, 1))
  expect(some).toEqual({
    name: 't.csv',
    rows: 2,
    columns: [
      { name: 'a', kind: 'number', values: Float64Array.of(3, Number.NaN), missing: 1 },
      { name: 'b', kind: 'text', values: ['z', ''], missing: 1 },
    ],
    rowNumbers: Int32Array.of(3, 2),
    lineNumbers: Int32Array.of(5, 4),
  })
  expect(table).toEqual(before)
  expect(() => requireNumeric(some, 'b')).toThrow(
    't.csv: row 3 (line 5), column "b": expected a number, got "z"',
  )
  expect(selectRows(some, []).rows).toBe(0)
})

test.each([[[3]], [[-1]], [[0.5]], [[Number.NaN]]])('selectRows refuses %j', (indices) => {
  expect(() => selectRows(tableOf({ a: [1, 2, 3] }), indices)).toThrow(
    /^selectRows: expected indices from 0 to 2, got /,
  )
})

test('requireColumn and requireNumeric', async () => {
  const table = await readCsv('age,name\n1,x\nNA,y\n', { name: 'train.csv' })
  expect(requireColumn(table, 'name').kind).toBe('text')
  expect(requireNumeric(table, 'age').values).toEqual(Float64Array.of(1, Number.NaN))
  expect(() => requireColumn(table, 'Age')).toThrow(
    expect.objectContaining({
      name: 'DataError',
      message: 'train.csv: no column "Age"; there are "age", "name"',
      file: 'train.csv',
    }),
  )
  expect(() => requireNumeric(table, 'name')).toThrow(
    expect.objectContaining({ name: 'DataError', row: 1, line: 2, column: 'name', file: 'train.csv' }),
  )
})

test('requireNumeric reads a column that was left as text', async () => {
  const table = await readCsv('a\n007\nNA\n-1e3\n', { infer: false })
  expect(requireNumeric(table, 'a')).toEqual({
    name: 'a',
    kind: 'number',
    values: Float64Array.of(7, Number.NaN, -1000),
    missing: 1,
  })
})

test('messages stay on one line and short', () => {
  const table = tableOf({ a: [`${'x'.repeat(100)}\n`, 'b'] })
  const message = `table: row 1, column "a": expected a number, got "${'x'.repeat(57)}…"`
  expect(() => requireNumeric(table, 'a')).toThrow(message)
  const lines = tableOf({ a: ['x\ny'] })
  expect(() => requireNumeric(lines, 'a')).toThrow('table: row 1, column "a": expected a number, got "x\\ny"')
  const many = tableOf(Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`c${i}`, [1]])))
  expect(() => requireColumn(many, 'd')).toThrow(/"c11" and 3 more$/)
})

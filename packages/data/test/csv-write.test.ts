import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from '../src/csv-read.ts'
import { writeCsv } from '../src/csv-write.ts'
import { tableOf } from '../src/table.ts'

test('quotes where it has to', () => {
  expect(
    writeCsv([
      { name: 'a,b', values: ['x', 'say "no"', ' y', 'two\nlines', ''] },
      { name: 'n', values: Float64Array.of(1, 0.1, 1e21, Number.NaN, -0) },
      { name: 'yes', values: [true, false, true, false, true] },
    ]),
  ).toBe('"a,b",n,yes\nx,1,true\n"say ""no""",0.1,false\n" y",1e+21,true\n"two\nlines",,false\n,0,true\n')
})

test('a single column keeps its missing values', async () => {
  const text = writeCsv(tableOf({ a: ['', 'x', ''] }))
  expect(text).toBe('a\n""\nx\n""\n')
  expect((await readCsv(text)).columns[0].values).toEqual(['', 'x', ''])
})

test('readCsv reads back what was written', async () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((text) => !text.includes('\0'))
  const cell = fc.string({
    unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r', ' ', 'é', '😀', ';'),
    maxLength: 6,
  })
  const number = fc.double({ noDefaultInfinity: true }).map((value) => value + 0)
  const columns = fc.integer({ min: 1, max: 20 }).chain((rows) =>
    fc.uniqueArray(
      fc.tuple(
        name,
        fc.oneof(
          fc.array(number, { minLength: rows, maxLength: rows }),
          // One cell that is text for sure, so that the column cannot look numeric.
          fc.array(cell, { minLength: rows - 1, maxLength: rows - 1 }).map((cells) => ['text', ...cells]),
        ),
      ),
      { selector: ([column]) => column, minLength: 1, maxLength: 5 },
    ),
  )
  await fc.assert(
    fc.asyncProperty(columns, async (entries) => {
      const table = tableOf(Object.fromEntries(entries))
      const again = await readCsv(writeCsv(table), { missing: [], delimiter: ',' })
      expect(again.columns).toEqual(table.columns)
    }),
    { numRuns: 300 },
  )
})

test('errors', () => {
  expect(() => writeCsv([])).toThrow('writeCsv: expected at least one column, got 0')
  expect(() =>
    writeCsv([
      { name: 'a', values: [1] },
      { name: 'b', values: [] },
    ]),
  ).toThrow('writeCsv: expected 1 values in column "b", got 0')
  expect(() => writeCsv([{ name: 'a', values: [1, -Infinity] }])).toThrow(
    'writeCsv: expected finite numbers in column "a", got -Infinity at index 1',
  )
})

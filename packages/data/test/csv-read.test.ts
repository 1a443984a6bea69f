import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv } from '../src/csv-read.ts'
import { requireColumn } from '../src/table.ts'

const values = (table: Awaited<ReturnType<typeof readCsv>>) =>
  Object.fromEntries(table.columns.map((column) => [column.name, [...column.values]]))

describe('readCsv: what is in the text', () => {
  const cases: { name: string; text: string; header: string[]; rows: string[][] }[] = JSON.parse(
    readFileSync(new URL('fixtures/quoting.json', import.meta.url), 'utf8'),
  )
  test.each(cases)('reads what Python’s csv module wrote: $name', async ({ text, header, rows }) => {
    const table = await readCsv(text, { infer: false, missing: [] })
    expect(table.columns.map(({ name }) => name)).toEqual(header)
    expect(table.rows).toBe(rows.length)
    table.columns.forEach((column, j) => {
      expect(column.values).toEqual(rows.map((row) => row[j]))
    })
  })

  test.each(cases)('counts the lines of quoted fields that span several: $name', async ({ text, rows }) => {
    const table = await readCsv(text, { infer: false })
    const lineBreaks = (part: string) => part.split(/\r\n|\r|\n/).length - 1
    let line = 2
    rows.forEach((row, i) => {
      expect(table.lineNumbers?.[i]).toBe(line)
      line += 1 + row.reduce((sum, cell) => sum + lineBreaks(cell), 0)
    })
  })

  test('a byte order mark, CRLF, mixed and old line ends, no last line end, empty lines', async () => {
    const table = await readCsv('\uFEFF"a",b\r\n1,x\n\n2,y\r\r\n\r\n3,z')
    expect(values(table)).toEqual({ a: [1, 2, 3], b: ['x', 'y', 'z'] })
    expect([...(table.lineNumbers ?? [])]).toEqual([2, 4, 7])
    expect([...table.rowNumbers]).toEqual([1, 2, 3])
  })

  test('drops white space around plain fields and keeps it in quoted ones', async () => {
    expect(values(await readCsv(' a , b\n 1 ,  x y \n2, " z "\n'))).toEqual({ a: [1, 2], b: ['x y', ' z '] })
  })

  test('other delimiters', async () => {
    expect(values(await readCsv('a\tb\n\t"x\ty"\n', { delimiter: '\t' }))).toEqual({
      a: [Number.NaN],
      b: ['x\ty'],
    })
    expect(values(await readCsv('a;b\n1;2\n', { delimiter: ';' }))).toEqual({ a: [1], b: [2] })
    expect(values(await readCsv('a;b\n1\n', { delimiter: ',' }))).toEqual({ 'a;b': [1] })
  })

  test('columns named like the properties of objects', async () => {
    const table = await readCsv('__proto__,constructor,length\n1,2,x\n')
    expect(table.columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'length'])
    expect(requireColumn(table, 'constructor').values).toEqual(Float64Array.of(2))
  })
})

describe('readCsv: the types of columns', () => {
  test('numbers, text and missing values', async () => {
    const table = await readCsv('n,t,all,mixed\n1,a,NA,1\n-.5e2,NaN,,x\nNA,?,null,3\n')
    expect(table.columns).toEqual([
      { name: 'n', kind: 'number', values: Float64Array.of(1, -50, Number.NaN), missing: 1 },
      { name: 't', kind: 'text', values: ['a', '', ''], missing: 2 },
      {
        name: 'all',
        kind: 'number',
        values: Float64Array.of(Number.NaN, Number.NaN, Number.NaN),
        missing: 3,
      },
      { name: 'mixed', kind: 'text', values: ['1', 'x', '3'], missing: 0 },
    ])
  })

  test.each([
    '0x1F',
    'Infinity',
    '-inf',
    '1_000',
    '"1,5"',
    '1e999',
    '1 2',
    '0b1',
    '１２',
    '--1',
    '1e',
    '.',
    '+',
  ])('%s is text', async (cell) => {
    expect((await readCsv(`a\n1\n${cell}\n`)).columns[0].kind).toBe('text')
  })

  test('its own list of missing markers', async () => {
    const table = await readCsv('a,b\n-999,NA\n1,\n', { missing: ['-999'] })
    expect(values(table)).toEqual({ a: [Number.NaN, 1], b: ['NA', ''] })
    expect(table.columns.map(({ missing }) => missing)).toEqual([1, 1])
  })

  test('infer: false leaves every cell as it stands', async () => {
    expect(values(await readCsv('a,b\n007,1.0\n,NA\n', { infer: false, missing: [] }))).toEqual({
      a: ['007', ''],
      b: ['1.0', 'NA'],
    })
  })

  test.each([1023, 1024, 1025, 5000])(
    'the cells before the first text come back as written: %i rows',
    async (rows) => {
      const cells = Array.from({ length: rows }, (_, i) => (i % 10 === 3 ? 'NA' : `00${i}.50`))
      const table = await readCsv(`a\n${cells.join('\n')}\nlast\n`)
      expect(table.columns[0]).toEqual({
        name: 'a',
        kind: 'text',
        values: [...cells.map((cell) => (cell === 'NA' ? '' : cell)), 'last'],
        missing: cells.filter((cell) => cell === 'NA').length,
      })
    },
  )

  test('every finite double survives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 }),
        async (numbers) => {
          const { columns } = await readCsv(`a\n${numbers.join('\n')}\n`)
          // String(-0) is "0".
          expect([...columns[0].values]).toEqual(numbers.map((number) => number + 0))
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('readCsv: errors name the place', () => {
  const cases: [what: string, text: string, message: string, place: object][] = [
    ['nothing', '', 't.csv: empty file: expected a header line with the names of the columns', { row: null }],
    ['empty lines', '\n\r\n', 't.csv: empty file: expected a header line with the names of the columns', {}],
    ['header only', 'a,b\n', 't.csv: no data: there is a header line and nothing after it', { line: null }],
    [
      'too few fields',
      'a,b\n1,2\n3\n',
      't.csv: row 2 (line 3): expected 2 fields, got 1',
      { row: 2, line: 3 },
    ],
    [
      'too many fields',
      'a,b\n\n1,2,\n',
      't.csv: row 1 (line 3): expected 2 fields, got 3',
      { row: 1, line: 3 },
    ],
    [
      'an unclosed quote',
      'a,b\n1,2\n\n3,"x\n4,5\n',
      't.csv: row 2 (line 4), column "b": unclosed quote',
      { row: 2, line: 4, column: 'b' },
    ],
    [
      'an unclosed quote in the header',
      'a,"b\n1,2\n',
      't.csv: line 1: in the header, field 2: unclosed quote',
      { row: null, line: 1 },
    ],
    [
      'an unclosed quote that a later one seems to close',
      'a,b\n1,"x\n2,"y"\n',
      't.csv: row 1 (line 2), column "b": unclosed quote, or text after a closing quote (a quote inside a quoted field is written twice)',
      { row: 1, line: 2, column: 'b' },
    ],
    [
      'text after a closing quote',
      'a,b\n1,"x" y\n',
      't.csv: row 1 (line 2), column "b": unclosed quote, or text after a closing quote (a quote inside a quoted field is written twice)',
      { column: 'b' },
    ],
    [
      'a stray quote',
      'a,b\n1,x"y\n',
      't.csv: row 1 (line 2), column "b": a quote inside a field that does not start with one',
      {},
    ],
    [
      'a quote that swallows lines',
      'a,b\n1,"x\n2,y\n3,z",4\n',
      't.csv: row 1 (line 2): expected 2 fields, got 3 (a field spans several lines: is a quote left open?)',
      { row: 1 },
    ],
    [
      'a name twice',
      'a,b,a\n1,2,3\n',
      't.csv: line 1, column "a": two columns are named "a"',
      { column: 'a', line: 1 },
    ],
    ['a name missing', '\na,,c\n1,2,3\n', 't.csv: line 2: column 2 has no name', { line: 2 }],
    [
      'another delimiter',
      'a;b\n1;2\n',
      't.csv: line 1: one column named "a;b": expected columns separated by commas, not ";"',
      {},
    ],
    [
      'a binary file',
      'PK\u0003\u0004\0\0',
      't.csv: not a text file: it contains NUL characters',
      { file: 't.csv' },
    ],
  ]
  test.each(cases)('%s', async (_, text, message, place) => {
    const error = await readCsv(text, { name: 't.csv' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'DataError', message, file: 't.csv', ...place })
  })

  test('wrong options throw by name', async () => {
    await expect(readCsv('a\n1', { delimiter: ',,' })).rejects.toThrow(
      /^readCsv: expected delimiter to be one character/,
    )
    await expect(readCsv('a\n1', { delimiter: '"' })).rejects.toThrow(RangeError)
    await expect(readCsv('a\n1', { missing: ['x\n'] })).rejects.toThrow(
      /^readCsv: expected missing markers without line breaks/,
    )
  })
})

test('100,000 rows of 30 columns, as a stream', async () => {
  const rows = 100_000
  const header = Array.from({ length: 30 }, (_, j) => `c${j}`).join(',')
  async function* stream() {
    yield `${header}\n`
    for (let i = 0; i < rows; i += 100) {
      let text = ''
      for (let k = i; k < i + 100; k++) {
        const numbers = Array.from({ length: 28 }, (_, j) => ((k * 31 + j * 7) % 10007) / 100)
        text += `${numbers.join(',')},class ${k % 7},${k === rows - 1 ? 'late text' : k}\n`
      }
      yield new TextEncoder().encode(text)
    }
  }
  const table = await readCsv(stream())
  expect(table.rows).toBe(rows)
  for (let j = 0; j < 28; j++) {
    const expected = Float64Array.from({ length: rows }, (_, k) => ((k * 31 + j * 7) % 10007) / 100)
    expect(table.columns[j].kind).toBe('number')
    expect(
      Buffer.from((table.columns[j].values as Float64Array).buffer).equals(Buffer.from(expected.buffer)),
    ).toBe(true)
  }
  expect(new Set(table.columns[28].values as string[]).size).toBe(7)
  expect(table.columns[29].values[99_998]).toBe('99998')
  expect(table.lineNumbers?.[rows - 1]).toBe(rows + 1)
})

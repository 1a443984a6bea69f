// Numbers, paragraphs, tables, commands and lists as text.
import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import { commandText } from '../src/command-text.ts'
import { jsonText } from '../src/json-text.ts'
import { alignedOnPoint, numberText } from '../src/number-text.ts'
import { namesOption } from '../src/option-values.ts'
import { paragraph } from '../src/paragraph.ts'
import { tableText } from '../src/table-text.ts'
import { longLines } from './in-process.ts'

const ink = pc.createColors(false)

describe('numberText', () => {
  test('says what a person wants to read', () => {
    const cases: [number | null, string][] = [
      [0, '0'],
      [-0, '0'],
      [null, '–'],
      [1, '1'],
      [-9.77306153, '-9.7731'],
      [0.00226442, '0.0022644'],
      [1.0326381, '1.0326'],
      [0.1, '0.1'],
      [100, '100'],
      [9999.96, '10000'],
      [12345.67, '12346'],
      [280829231.3, '280829231'],
      [1.5e9, '1.5e9'],
      [2.2126e-6, '2.2126e-6'],
      [-1e-300, '-1e-300'],
    ]
    for (const [value, text] of cases) expect(numberText(value)).toBe(text)
  })

  test('is right to five significant digits, of any size', () => {
    for (let e = -300; e <= 300; e++)
      for (const mantissa of [1, 1.000049, 2.5, 7.123456789, 9.99995, 9.999949999]) {
        const value = mantissa * 10 ** e
        const text = numberText(value)
        expect(Math.abs(Number(text) - value) / value, text).toBeLessThanOrEqual(5.0000001e-5)
        expect(text.length, text).toBeLessThanOrEqual(11)
      }
  })

  test('points are under each other', () => {
    const texts = alignedOnPoint(['1', '-2.25', '1.5e-7', '–', '123.5']).map((text) => text.padStart(10))
    expect(texts).toEqual(['    1     ', '   -2.25  ', '    1.5e-7', '    –     ', '  123.5   '])
  })
})

test('a paragraph is broken at spaces, and keeps words that are too long', () => {
  const long = 'x'.repeat(90)
  expect(paragraph(`one ${'word '.repeat(30)}end`)).toMatch(/^(?:.{1,80}\n)+$/)
  expect(paragraph(`before ${long} after`)).toBe(`before\n${long}\nafter\n`)
  expect(paragraph('word '.repeat(30).trim(), { hang: 2 }).split('\n')[1]).toMatch(/^ {2}word/)
  expect(paragraph('a b', { paint: (line) => `<${line}>` })).toBe('<a b>\n')
})

test('a table cuts its widest columns to fit', () => {
  const text = tableText(
    [
      { head: 'A', cells: ['x'.repeat(100), 'short'] },
      { head: 'B', cells: ['y'.repeat(60), 'short'] },
      { head: 'N', cells: ['1.5', '-10'], align: 'point' },
    ],
    ink,
  )
  expect(longLines(text)).toEqual([])
  expect(text).toContain('…')
  expect(text.trimEnd().split('\n')).toHaveLength(3)
  expect(text).toMatch(/short +short +-10\n$/)
})

test('wide characters do not break a table', () => {
  const text = tableText(
    [
      { head: 'Class', cells: ['良性', '悪性', 'é'] },
      { head: 'Rows', cells: ['1', '2', '3'], align: 'right' },
    ],
    ink,
  )
  expect(text).toBe('Class  Rows\n良性      1\n悪性      2\né         3\n')
})

test('a table without heads has no header line', () => {
  expect(
    tableText(
      [
        { head: '', cells: ['a'] },
        { head: '', cells: ['b'] },
      ],
      ink,
    ),
  ).toBe('a  b\n')
  expect(tableText([{ head: '', cells: ['a'] }], pc.createColors(true))).toBe('a\n')
})

test('a command is what a shell takes, over several lines if need be', () => {
  expect(commandText(['logodds', 'fit', 'a b.csv', '--positive', "it's"])).toBe(
    `$ logodds fit 'a b.csv' --positive 'it'\\''s'\n`,
  )
  const long = commandText(
    ['logodds', 'fit', 'data.csv', ...Array(12).fill(['--option', 'value']).flat()],
    'out.json',
  )
  expect(longLines(long)).toEqual([])
  expect(long).toMatch(/ \\\n {4}--option value/)
  expect(long).toMatch(/> out\.json\n$/)
})

test('JSON refuses what JSON cannot hold', () => {
  expect(jsonText({ a: [1, null] })).toBe('{\n  "a": [\n    1,\n    null\n  ]\n}\n')
  for (const value of [Number.NaN, Infinity, -Infinity])
    expect(() => jsonText({ deep: [{ value }] })).toThrow(/"value"/)
})

test('a list of names may hold quoted commas', () => {
  expect(namesOption('--features', 'a, b ,c')).toEqual(['a', 'b', 'c'])
  expect(namesOption('--features', '"a, b","say ""x""",c d')).toEqual(['a, b', 'say "x"', 'c d'])
})

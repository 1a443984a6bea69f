// The rows of a CSV file on their way into columns, and on which line of the file each of them starts.
import { type ColumnBuilder, columnBuilder } from './column-builder.ts'
import { type DataError, dataError, quoted } from './data-error.ts'
import type { Table } from './table.ts'

/** Takes the records of a file one by one, the header first; every row has to have as many fields as the header. */
export function rowCollector(
  name: string,
  missing: ReadonlySet<string>,
  infer: boolean,
  guessDelimiter: boolean,
) {
  let builders: ColumnBuilder[] | null = null
  let header: string[] = []
  const rowLines: number[] = []
  // Lines are counted here: the parser's own count takes a CRLF inside quotes for two.
  let line = 1
  let emptyLines = 0
  const skipTo = (empty: number) => {
    line += empty - emptyLines
    emptyLines = empty
  }

  return {
    add(record: string[], empty: number) {
      skipTo(empty)
      if (builders === null) {
        checkHeader(record, name, line, guessDelimiter)
        header = record
        builders = record.map((column) => columnBuilder(column, missing, infer))
      } else {
        if (record.length !== header.length) throw raggedRow(record)
        rowLines.push(line)
        for (let j = 0; j < record.length; j++) builders[j].add(record[j])
      }
      line += 1 + lineBreaks(record)
    },

    finish(): Table {
      if (builders === null)
        throw dataError('empty file: expected a header line with the names of the columns', { file: name })
      if (rowLines.length === 0)
        throw dataError('no data: there is a header line and nothing after it', { file: name })
      return {
        name,
        rows: rowLines.length,
        columns: builders.map((builder) => builder.finish()),
        rowNumbers: Int32Array.from({ length: rowLines.length }, (_, i) => i + 1),
        lineNumbers: Int32Array.from(rowLines),
      }
    },

    // csv-parse's errors know the code, the field's index and the empty lines so far; the row and its first line are known here.
    explain(error: unknown): unknown {
      const {
        code,
        index,
        empty_lines: empty,
      } = error as { code?: string; index?: number; empty_lines?: number }
      const problem = typeof code === 'string' ? quoteProblem(code) : null
      if (problem === null || typeof index !== 'number') return error
      if (typeof empty === 'number') skipTo(empty)
      if (builders === null)
        return dataError(`in the header, field ${index + 1}: ${problem}`, { file: name, line })
      return dataError(problem, { file: name, row: rowLines.length + 1, line, column: header[index] ?? null })
    },
  }

  function raggedRow(record: string[]): DataError {
    const openQuote = lineBreaks(record) > 0 ? ' (a field spans several lines: is a quote left open?)' : ''
    return dataError(`expected ${header.length} fields, got ${record.length}${openQuote}`, {
      file: name,
      row: rowLines.length + 1,
      line,
    })
  }
}

function checkHeader(header: string[], file: string, line: number, guessDelimiter: boolean): void {
  const seen = new Set<string>()
  header.forEach((column, j) => {
    if (column === '') throw dataError(`column ${j + 1} has no name`, { file, line })
    if (seen.has(column)) throw dataError(`two columns are named ${quoted(column)}`, { file, line, column })
    seen.add(column)
  })
  const other = header.length === 1 && guessDelimiter ? header[0].match(/[;\t|]/) : null
  if (other) {
    throw dataError(
      `one column named ${quoted(header[0])}: expected columns separated by commas, not ${quoted(other[0])}`,
      {
        file,
        line,
      },
    )
  }
}

function quoteProblem(code: string): string | null {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'unclosed quote'
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return 'unclosed quote, or text after a closing quote (a quote inside a quoted field is written twice)'
    case 'INVALID_OPENING_QUOTE':
      return 'a quote inside a field that does not start with one'
    default:
      return null
  }
}

function lineBreaks(record: readonly string[]): number {
  let count = 0
  for (const cell of record) {
    if (/[\r\n]/.test(cell)) count += cell.match(/\r\n|\r|\n/g)!.length
  }
  return count
}

// CSV to a table of typed columns, row by row as the parser hands them over: no row is kept.
import { type ColumnBuilder, columnBuilder } from './column-builder.ts'
import { type CsvSource, textChunks } from './csv-text.ts'
import { type DataError, dataError, isDataError, quoted } from './data-error.ts'
import type { Table } from './table.ts'

export interface CsvOptions {
  /** What messages call the data. Default: the path of the file, or 'CSV'. */
  name?: string
  /** One character. Default: a comma. */
  delimiter?: string
  /** Cells that mean "no value". Default: '', NA, N/A, NaN, nan, null, NULL and ?. The empty cell is always one. */
  missing?: readonly string[]
  /** false: every column is text, each cell as it stands in the file (for rewriting a file). Default true. */
  infer?: boolean
}

// The parser is a Node stream (or, in a browser, what csv-parse ships for one); this is the part of it that is used.
interface Parser {
  write(chunk: string, done: (error?: Error | null) => void): unknown
  end(): unknown
  resume(): unknown
  on(event: 'end' | 'error', listener: (error?: Error) => void): unknown
}

/**
 * Reads CSV with a header line (RFC 4180: fields in double quotes may hold delimiters, line breaks and doubled quotes). A byte order
 * mark, LF, CRLF and CR line ends are all right; empty lines are skipped; white space around a field that is not in quotes is dropped.
 *
 * A column is numeric if every cell that is not missing is a finite number in plain decimal notation (`12`, `-.5`, `3e-4`; not
 * `0x1F`, `Infinity`, `1_000`); otherwise it is text, with its cells as they stand. A column without any value is numeric.
 *
 * @throws DataError, with file, row, line and column: no data, no rows, an unclosed or misplaced quote, a row with too few or too
 * many fields, a column name that is empty or there twice, bytes that are not UTF-8.
 * @throws TypeError or RangeError if an option is wrong.
 */
export async function readCsv(source: CsvSource, options: CsvOptions = {}): Promise<Table> {
  const {
    name = 'CSV',
    delimiter = ',',
    missing = ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?'],
    infer = true,
  } = options
  if (typeof delimiter !== 'string' || delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new RangeError(
      `readCsv: expected delimiter to be one character, not a quote or line break, got ${JSON.stringify(delimiter)}`,
    )
  }
  const broken = missing.find((marker) => /[\r\n]/.test(marker))
  if (broken !== undefined) {
    throw new RangeError(
      `readCsv: expected missing markers without line breaks, got ${JSON.stringify(broken)}`,
    )
  }
  const rows = rowCollector(name, new Set(['', ...missing]), infer, options.delimiter === undefined)
  // Loaded when it is first needed: csv-parse does not declare that it is free of side effects, and so would be in every bundle.
  const { parse } = await import('#csv-parse')
  const parser: Parser = parse({
    delimiter,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // Taken here, not from the stream's end, since here the count of empty lines belongs to the row.
    on_record: (record: string[], info) => {
      rows.add(record, info.empty_lines)
      return null
    },
  })
  const ended = new Promise<void>((resolve, reject) => {
    parser.on('end', () => resolve())
    parser.on('error', reject)
  })
  // The error also arrives through `write`; without this line it would count as unhandled there.
  ended.catch(() => undefined)
  parser.resume()
  try {
    for await (const text of textChunks(source, name)) {
      await new Promise<void>((resolve, reject) => {
        parser.write(text, (error) => (error ? reject(error) : resolve()))
      })
    }
    parser.end()
    await ended
  } catch (error) {
    throw isDataError(error) ? error : rows.explain(error)
  }
  return rows.finish()
}

function rowCollector(name: string, missing: ReadonlySet<string>, infer: boolean, guessDelimiter: boolean) {
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

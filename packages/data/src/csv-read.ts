// CSV to a table of typed columns, row by row as the parser hands them over: no row is kept.
import { rowCollector } from './csv-rows.ts'
import { type CsvSource, textChunks } from './csv-text.ts'
import { isDataError } from './data-error.ts'
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

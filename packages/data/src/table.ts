// A table: columns of one type each, and where every row stood in its file, so that a later error can still name the place.
import { type DataError, dataError, quoted, quotedList } from './data-error.ts'
import { numberFromText } from './number-text.ts'

export interface NumberColumn {
  readonly name: string
  readonly kind: 'number'
  /** One value for each row; NaN marks a missing one, every other value is finite. */
  readonly values: Float64Array
  /** How many are missing. */
  readonly missing: number
}

export interface TextColumn {
  readonly name: string
  readonly kind: 'text'
  /** One string for each row; '' marks a missing one. */
  readonly values: readonly string[]
  /** How many are missing. */
  readonly missing: number
}

export type Column = NumberColumn | TextColumn

export interface Table {
  /** What messages call the table: the path of its file, or the name it was given. */
  readonly name: string
  /** Number of rows. */
  readonly rows: number
  readonly columns: readonly Column[]
  /** For each row its number among the data rows of the file, from 1. */
  readonly rowNumbers: Int32Array
  /** For each row the line of the file on which it starts, from 1; null for a table that was not read from text. */
  readonly lineNumbers: Int32Array | null
}

/** Values that make a column: numbers (NaN is missing), or text, labels and the like ('' is missing). */
export type ColumnValues = ArrayLike<number> | ArrayLike<string | boolean>

/**
 * A table from columns by name, for data that are not in a file.
 *
 * A column is numeric if all its values are numbers; otherwise every value becomes text.
 *
 * @throws RangeError if the columns differ in length, or a number is infinite.
 */
export function tableOf(columns: Readonly<Record<string, ColumnValues>>, name = 'table'): Table {
  const entries = Object.entries(columns)
  const rows = entries.length === 0 ? 0 : entries[0][1].length
  const built = entries.map(([column, values]) => {
    if (values.length !== rows) {
      throw new RangeError(
        `tableOf: expected ${rows} values in column ${quoted(column)}, got ${values.length}`,
      )
    }
    const list: (number | string | boolean)[] = Array.from(values as ArrayLike<number | string | boolean>)
    if (list.every((value) => typeof value === 'number')) {
      const infinite = list.findIndex((value) => value === Infinity || value === -Infinity)
      if (infinite >= 0) {
        throw new RangeError(
          `tableOf: expected finite numbers in column ${quoted(column)}, got ${list[infinite]} at index ${infinite}`,
        )
      }
      return numberColumn(column, Float64Array.from(list))
    }
    return textColumn(
      column,
      list.map((value) => String(value)),
    )
  })
  return {
    name,
    rows,
    columns: built,
    rowNumbers: Int32Array.from({ length: rows }, (_, i) => i + 1),
    lineNumbers: null,
  }
}

/**
 * The rows at `indices` (0-based, in the order given, repeats allowed) as a table; they keep their row and line numbers.
 *
 * @throws RangeError if an index is not that of a row.
 */
export function selectRows(table: Table, indices: ArrayLike<number>): Table {
  const picked = Int32Array.from(indices)
  picked.forEach((index, i) => {
    if (!(index === indices[i] && index >= 0 && index < table.rows)) {
      throw new RangeError(
        `selectRows: expected indices from 0 to ${table.rows - 1}, got ${indices[i]} at ${i}`,
      )
    }
  })
  const columns = table.columns.map((column) =>
    column.kind === 'number'
      ? numberColumn(
          column.name,
          Float64Array.from(picked, (i) => column.values[i]),
        )
      : textColumn(
          column.name,
          Array.from(picked, (i) => column.values[i]),
        ),
  )
  const { name, lineNumbers } = table
  return {
    name,
    rows: picked.length,
    columns,
    rowNumbers: picked.map((i) => table.rowNumbers[i]),
    lineNumbers: lineNumbers && picked.map((i) => lineNumbers[i]),
  }
}

/**
 * The column with that name.
 *
 * @throws DataError if there is none; the message lists those there are.
 */
export function requireColumn(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column) return column
  const known = quotedList(table.columns.map((candidate) => candidate.name))
  throw dataError(`no column ${quoted(name)}; there are ${known}`, { file: table.name, column: null })
}

/**
 * The column with that name, which has to be numeric.
 *
 * @throws DataError if there is none, or at its first cell that is text:
 * `train.csv: row 7 (line 8), column "age": expected a number, got "abc"`.
 */
export function requireNumeric(table: Table, name: string): NumberColumn {
  const column = requireColumn(table, name)
  if (column.kind === 'number') return column
  const row = column.values.findIndex((cell) => cell !== '' && Number.isNaN(numberFromText(cell)))
  if (row >= 0) throw rowError(table, row, name, `expected a number, got ${quoted(column.values[row])}`)
  // Text by choice (`infer: false`), all of it numbers.
  return numberColumn(
    name,
    Float64Array.from(column.values, (cell) => (cell === '' ? Number.NaN : numberFromText(cell))),
  )
}

/** A DataError about one row of a table. */
export function rowError(table: Table, row: number, column: string | null, problem: string): DataError {
  const line = table.lineNumbers === null ? null : table.lineNumbers[row]
  return dataError(problem, { file: table.name, row: table.rowNumbers[row], line, column })
}

/** Whether the value of a column in a row is missing. */
export function isMissing(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isNaN(column.values[row]) : column.values[row] === ''
}

export function numberColumn(name: string, values: Float64Array): NumberColumn {
  let missing = 0
  for (const value of values) if (Number.isNaN(value)) missing++
  return { name, kind: 'number', values, missing }
}

export function textColumn(name: string, values: readonly string[]): TextColumn {
  let missing = 0
  for (const value of values) if (value === '') missing++
  return { name, kind: 'text', values, missing }
}

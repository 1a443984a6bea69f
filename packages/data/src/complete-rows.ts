// Rows without missing values.
import { dataError, quoted, quotedList } from './data-error.ts'
import { isMissing, requireColumn, selectRows, type Table } from './table.ts'

export interface CompleteRowsOptions {
  /** The columns in which a value has to be there. Default: all. */
  columns?: readonly string[]
  /** 'error' throws if a row lacks a value, 'drop' leaves such rows out. Default 'error'. */
  missing?: 'error' | 'drop'
}

/**
 * The rows of a table that have a value in every one of `columns`, and how many others were left out.
 *
 * @throws DataError if a column does not exist; with `missing: 'error'` if a row lacks a value (the first three such rows are named, with
 * their columns); with `missing: 'drop'` if no row is left.
 */
export function completeRows(
  table: Table,
  options: CompleteRowsOptions = {},
): { table: Table; dropped: number } {
  const { columns: names = table.columns.map(({ name }) => name), missing = 'error' } = options
  if (missing !== 'error' && missing !== 'drop') {
    throw new RangeError(`completeRows: expected missing to be 'error' or 'drop', got ${String(missing)}`)
  }
  const columns = names.map((name) => requireColumn(table, name)).filter((column) => column.missing > 0)
  const complete: number[] = []
  const incomplete: number[] = []
  for (let i = 0; i < table.rows; i++) {
    if (columns.some((column) => isMissing(column, i))) incomplete.push(i)
    else complete.push(i)
  }
  if (incomplete.length === 0) return { table, dropped: 0 }
  if (missing === 'drop') {
    if (complete.length === 0) {
      const empty = columns.filter((column) => column.missing === table.rows).map(({ name }) => name)
      const which = empty.length > 0 ? `; there is no value at all in ${quotedList(empty)}` : ''
      throw dataError(`no row is without missing values${which}`, { file: table.name })
    }
    return { table: selectRows(table, complete), dropped: incomplete.length }
  }
  const places = incomplete.slice(0, 3).map((i) => {
    const where = table.lineNumbers === null ? '' : ` (line ${table.lineNumbers[i]})`
    const which = columns.filter((column) => isMissing(column, i)).slice(0, 3)
    return `row ${table.rowNumbers[i]}${where} in ${which.map(({ name }) => quoted(name)).join(', ')}`
  })
  if (incomplete.length > 3) places.push('…')
  const count = incomplete.length === 1 ? '1 row has' : `${incomplete.length} rows have`
  const [first] = incomplete
  throw Object.assign(dataError(`${count} missing values: ${places.join('; ')}`, { file: table.name }), {
    row: table.rowNumbers[first],
    line: table.lineNumbers === null ? null : table.lineNumbers[first],
    column: columns.find((column) => isMissing(column, first))!.name,
  })
}

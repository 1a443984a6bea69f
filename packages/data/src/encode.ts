// A table to a matrix, by the recipe of a treatment coding.
import { type CodedColumn, codedTerms } from './coding.ts'
import { quoted, quotedList } from './data-error.ts'
import { labelAt, levelIndex } from './levels.ts'
import { isMissing, requireColumn, requireNumeric, rowError, type Table } from './table.ts'

/** An n × p matrix of doubles, row-major, with the four fields of an `ndarray`: `ndarray(m.data, m.shape, m.stride, m.offset)`. */
export interface DataMatrix {
  data: Float64Array
  shape: [rows: number, columns: number]
  stride: [row: number, column: number]
  offset: number
}

/**
 * The columns of a recipe as a matrix of `table.rows` × terms: numbers as they are, and for a category one column of 0 and 1 for each
 * level but the base. Columns of the table that the recipe does not name are ignored.
 *
 * @throws DataError if a column does not exist, at the first missing value, at text in a numeric column, and at the first level that the
 * recipe does not know: `new.csv: row 7 (line 8), column "rank": unknown level "5"; known are "1", "2", "3", "4"`.
 */
export function encode(
  columns: readonly CodedColumn[],
  table: Table,
): { matrix: DataMatrix; terms: string[] } {
  const terms = codedTerms(columns)
  const [n, p] = [table.rows, terms.length]
  // All columns first: a missing column is the larger mistake than a cell in another one.
  for (const { name } of columns) requireColumn(table, name)
  const data = new Float64Array(n * p)
  let first = 0
  for (const { name, levels, base } of columns) {
    const column = levels === undefined ? requireNumeric(table, name) : requireColumn(table, name)
    if (column.missing > 0) {
      for (let i = 0; i < n; i++) if (isMissing(column, i)) throw rowError(table, i, name, 'missing value')
    }
    if (levels === undefined) {
      for (let i = 0; i < n; i++) data[i * p + first] = column.values[i] as number
      first += 1
      continue
    }
    const baseIndex = levels.indexOf(base as string)
    if (baseIndex < 0) {
      throw new RangeError(
        `encode: expected the base of column ${quoted(name)} to be one of its levels, got ${String(base)}`,
      )
    }
    const indexOf = levelIndex(levels)
    for (let i = 0; i < n; i++) {
      const label = labelAt(column, i)
      const index = indexOf(label)
      if (index < 0)
        throw rowError(table, i, name, `unknown level ${quoted(label)}; known are ${quotedList(levels)}`)
      if (index !== baseIndex) data[i * p + first + index - (index > baseIndex ? 1 : 0)] = 1
    }
    first += levels.length - 1
  }
  return { matrix: { data, shape: [n, p], stride: [p, 1], offset: 0 }, terms }
}

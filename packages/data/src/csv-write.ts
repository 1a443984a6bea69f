// Columns to CSV text.
import { quoted } from './data-error.ts'

/** A name and a value for each row; a Table's columns are such. */
export interface WritableColumn {
  readonly name: string
  readonly values: ArrayLike<string | number | boolean>
}

/**
 * CSV text with a header line and LF line ends, of a table or of columns. Numbers are written with the fewest digits that read back as
 * the same number, NaN and '' (missing values) as empty cells. Fields are put in quotes where they have to be, and `readCsv` reads the
 * same values back, except that text which is itself a marker of a missing value ('NA') comes back as missing.
 *
 * @throws RangeError if there are no columns, if they differ in length, or at an infinite number.
 */
export function writeCsv(
  table: { readonly columns: readonly WritableColumn[] } | readonly WritableColumn[],
): string {
  const columns = 'columns' in table ? table.columns : table
  if (columns.length === 0) throw new RangeError('writeCsv: expected at least one column, got 0')
  const rows = columns[0].values.length
  for (const { name, values } of columns) {
    if (values.length !== rows) {
      throw new RangeError(
        `writeCsv: expected ${rows} values in column ${quoted(name)}, got ${values.length}`,
      )
    }
  }
  const lines = [columns.map(({ name }) => field(name)).join(',')]
  for (let i = 0; i < rows; i++) {
    const line = columns.map(({ name, values }) => {
      const value = values[i]
      if (value === Infinity || value === -Infinity) {
        throw new RangeError(
          `writeCsv: expected finite numbers in column ${quoted(name)}, got ${value} at index ${i}`,
        )
      }
      return Number.isNaN(value) ? '' : field(String(value))
    })
    // A line with nothing on it would be skipped when read.
    lines.push(line.length === 1 && line[0] === '' ? '""' : line.join(','))
  }
  return `${lines.join('\n')}\n`
}

function field(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

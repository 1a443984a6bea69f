// A column as class labels.
import { quoted, quotedList } from './data-error.ts'
import { labelAt, levelIndex } from './levels.ts'
import { requireColumn, rowError, type Table } from './table.ts'

/**
 * The column as one label for each row: text as it stands, numbers as JavaScript writes them ("1", "0.5").
 *
 * With `known` classes, each label comes back as that class's own spelling: "1.0" is the class "1".
 *
 * @throws DataError if there is no such column, at the first missing label, and at the first that is not a known class.
 */
export function requireLabels(
  table: Table,
  name: string,
  options: { known?: readonly string[] } = {},
): string[] {
  const { known } = options
  const column = requireColumn(table, name)
  const indexOf = known && levelIndex(known)
  return Array.from({ length: table.rows }, (_, i) => {
    const label = labelAt(column, i)
    if (label === '') throw rowError(table, i, name, 'missing label')
    if (!known || !indexOf) return label
    const index = indexOf(label)
    if (index < 0)
      throw rowError(table, i, name, `unknown class ${quoted(label)}; known are ${quotedList(known)}`)
    return known[index]
  })
}

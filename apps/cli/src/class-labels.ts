// The target of a fit: a class for each row.
import { requireLabels, sortLevels, type Table } from '@logodds/data'
import { quoted, quotedList, userError } from './user-error.ts'

/** Classes in order, and the label of each row. */
export interface Target {
  readonly labels: string[]
  readonly classes: string[]
}

// More classes than this are taken for a measurement.
const MANY = 1000
const SOME = 20

/** Throws at a missing label, unless there are two or more classes, and if the values look like a measurement rather than classes. */
export function classLabels(table: Table, column: string): Target {
  const labels = requireLabels(table, column)
  const classes = sortLevels(new Set(labels))
  const where = `${table.name}: column ${quoted(column)}`
  if (classes.length < 2)
    throw userError(`${where}: expected at least two classes in the target, got one (${quoted(classes[0])})`)
  if (classes.length > MANY || (classes.length > SOME && 2 * classes.length > labels.length))
    throw userError(
      `${where}: ${classes.length} different values in ${labels.length} rows are no classes; expected a target with a few values`,
    )
  return { labels, classes }
}

/** Throws unless `label` is one of the classes. */
export function requireClass(
  flag: string,
  label: string,
  table: Table,
  column: string,
  classes: readonly string[],
): void {
  if (!classes.includes(label))
    throw userError(
      `${flag} ${label}: no such class in column ${quoted(column)} of ${table.name}; there are ${quotedList(classes)}`,
    )
}

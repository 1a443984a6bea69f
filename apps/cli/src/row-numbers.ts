// Columns of numbers beside the matrix, one for each row: sample weights, and an offset on the log-odds.
import { requireNumeric, type Table } from '@logodds/data'
import { placeOf } from './place.ts'
import { quoted, userError } from './user-error.ts'

/** The column, all of it there. */
export function offsetOf(table: Table, column: string): Float64Array {
  const { values } = requireNumeric(table, column)
  const missing = values.findIndex(Number.isNaN)
  if (missing >= 0) throw userError(`${placeOf(table, missing, column)}: missing value in the offset`)
  return values
}

/** The column, all of it there and ≥ 0, not all of it 0. */
export function weightsOf(table: Table, column: string): Float64Array {
  const { values } = requireNumeric(table, column)
  const bad = values.findIndex((value) => !(value >= 0))
  if (bad >= 0)
    throw userError(
      `${placeOf(table, bad, column)}: expected a weight >= 0, got ${Number.isNaN(values[bad]) ? 'no value' : values[bad]}`,
    )
  if (!values.some((value) => value > 0))
    throw userError(`${table.name}: column ${quoted(column)}: expected a weight > 0 in some row, got none`)
  return values
}

/** Throws unless every class has some weight. */
export function requireWeightOnClasses(
  table: Table,
  column: string,
  weights: Float64Array,
  labels: readonly string[],
  classes: readonly string[],
): void {
  const seen = new Set(labels.filter((_, i) => weights[i] > 0))
  const without = classes.find((label) => !seen.has(label))
  if (without !== undefined)
    throw userError(
      `${table.name}: column ${quoted(column)}: class ${quoted(without)} has no weight; leave its rows out, or weigh them`,
    )
}

// Where in a file something is wrong, in the words that @logodds/data uses too.
import type { Table } from '@logodds/data'
import { quoted } from './user-error.ts'

/** `train.csv: row 7 (line 8), column "age"` */
export function placeOf(table: Table, row: number, column: string): string {
  const line = table.lineNumbers ? ` (line ${table.lineNumbers[row]})` : ''
  return `${table.name}: row ${table.rowNumbers[row]}${line}, column ${quoted(column)}`
}

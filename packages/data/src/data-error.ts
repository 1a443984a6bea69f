// Errors about the data themselves: what is wrong, and where (file, row, line, column), in one line that can be shown as it is.

/** An Error whose `name` is 'DataError' and whose fields say where in the data it is. `null` where a field has no meaning. */
export interface DataError extends Error {
  name: 'DataError'
  /** What the table is called: the path of its file, as the caller wrote it. */
  file: string | null
  /** Number of the data row, from 1; the header is not counted. */
  row: number | null
  /** Line of the file on which that row starts, from 1. */
  line: number | null
  /** Name of the column. */
  column: string | null
}

/** Where in the data something is wrong. */
export interface Place {
  file?: string | null
  row?: number | null
  line?: number | null
  column?: string | null
}

/** Whether an error is about the data (and its message is meant for whoever made the file). */
export function isDataError(error: unknown): error is DataError {
  return error instanceof Error && error.name === 'DataError'
}

/** `train.csv: row 7 (line 8), column "age": expected a number, got "abc"` */
export function dataError(problem: string, place: Place = {}): DataError {
  const { file = null, row = null, line = null, column = null } = place
  const parts: string[] = []
  if (row !== null) parts.push(line === null ? `row ${row}` : `row ${row} (line ${line})`)
  else if (line !== null) parts.push(`line ${line}`)
  if (column !== null) parts.push(`column ${quoted(column)}`)
  const where = [file, parts.join(', ')].filter(Boolean)
  return Object.assign(new Error([...where, problem].join(': ')), {
    name: 'DataError' as const,
    file,
    row,
    line,
    column,
  })
}

/** A cell or a name as a message shows it: on one line, and not longer than it needs to be recognised. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)
}

/** The first few of a list of names. */
export function quotedList(names: readonly string[], limit = 12): string {
  const shown = names.slice(0, limit).map(quoted).join(', ')
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown
}

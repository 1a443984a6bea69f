// A column while its file is being read: numbers for as long as every cell is one, text from the first cell that is not.
import { numberFromText } from './number-text.ts'
import { type Column, numberColumn, textColumn } from './table.ts'

export interface ColumnBuilder {
  /** Takes the next cell. */
  add(cell: string): void
  /** The column, once all cells are in. */
  finish(): Column
}

/** `missing` holds the cells that mean "no value"; `infer: false` makes every column text. */
export function columnBuilder(name: string, missing: ReadonlySet<string>, infer: boolean): ColumnBuilder {
  let text = infer ? null : textBuilder()
  const numbers = infer ? numberBuilder() : null
  return {
    add(cell) {
      if (text === null) {
        const value = missing.has(cell) ? Number.NaN : numberFromText(cell)
        if (!Number.isNaN(value) || missing.has(cell)) {
          numbers!.add(value, cell)
          return
        }
        text = textBuilder()
        for (const earlier of numbers!.cells()) text.add(missing.has(earlier) ? '' : earlier)
      }
      text.add(missing.has(cell) ? '' : cell)
    },
    finish: () => (text === null ? numberColumn(name, numbers!.values()) : textColumn(name, text.values)),
  }
}

// Keeps the cells as they were written too, since "007" and "1.0" must come back unchanged if the column turns out to be text.
// A thousand cells to one flat string: about the size of the file, where separate strings would take five times that.
function numberBuilder() {
  let values = new Float64Array(1024)
  let rows = 0
  const blocks: string[] = []
  let pending: string[] = []
  return {
    add(value: number, cell: string) {
      if (rows === values.length) {
        const larger = new Float64Array(2 * rows)
        larger.set(values)
        values = larger
      }
      values[rows++] = value
      if (pending.push(cell) === 1024) {
        blocks.push(pending.join('\n'))
        pending = []
      }
    },
    // No cell contains a line break here: it is a number, or a marker of a missing value (checked by the reader).
    cells: () => [...blocks.flatMap((block) => block.split('\n')), ...pending],
    values: () => values.slice(0, rows),
  }
}

// Categories repeat: one string for each, not one for each cell. Not for columns of names, where a table of strings only costs.
function textBuilder() {
  const seen = new Map<string, string>()
  const values: string[] = []
  return {
    add(cell: string) {
      const known = seen.get(cell)
      if (known === undefined && seen.size < 1024) seen.set(cell, cell)
      values.push(known ?? cell)
    },
    values,
  }
}

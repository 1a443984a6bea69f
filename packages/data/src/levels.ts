// The levels of a category: their order, and which of them a cell is.
import { numberFromText } from './number-text.ts'
import type { Column } from './table.ts'

/** A new array in order: numerically if every level looks like a number, otherwise by code unit. */
export function sortLevels(levels: Iterable<string>): string[] {
  const sorted = [...levels]
  const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  const numbers = new Map(sorted.map((level) => [level, numberFromText(level)]))
  if ([...numbers.values()].some(Number.isNaN)) return sorted.sort(byCodeUnit)
  return sorted.sort((a, b) => numbers.get(a)! - numbers.get(b)! || byCodeUnit(a, b))
}

/** The cell of a column as a label: text as it is, a number as JavaScript writes it, '' if it is missing. */
export function labelAt(column: Column, row: number): string {
  if (column.kind === 'text') return column.values[row]
  const value = column.values[row]
  return Number.isNaN(value) ? '' : String(value)
}

/** The labels that occur in a column, sorted; missing values are none. */
export function levelsOf(column: Column): string[] {
  const seen = new Set<string>()
  for (let i = 0; i < column.values.length; i++) seen.add(labelAt(column, i))
  seen.delete('')
  return sortLevels(seen)
}

/**
 * A function from a label to its index among `levels`, −1 if it is none of them. A label that is not there literally may still be the
 * same number as exactly one level: a column that was text in one file ("01", "1.0", "unknown") may be numeric in the next.
 */
export function levelIndex(levels: readonly string[]): (label: string) => number {
  const literal = new Map(levels.map((level, i) => [level, i]))
  const numeric = new Map<number, number>()
  levels.forEach((level, i) => {
    const value = numberFromText(level)
    if (!Number.isNaN(value)) numeric.set(value, numeric.has(value) ? -1 : i)
  })
  return (label) => literal.get(label) ?? numeric.get(numberFromText(label)) ?? -1
}

// Treatment coding: how the columns of a table become the columns of a matrix. A recipe, made once from the data of a fit and kept with
// the model as plain JSON, so that later data are coded the same way.
import { dataError, quoted } from './data-error.ts'
import { levelsOf } from './levels.ts'
import { numberFromText } from './number-text.ts'
import { requireColumn, rowError, type Table, type TextColumn } from './table.ts'

/** One column of the table: a number (only its name), or a category with its levels. */
export interface CodedColumn {
  name: string
  /** The levels of a category, sorted: numerically if they all look like numbers, otherwise by code unit. */
  levels?: string[]
  /** The level whose rows have 0 in all of the category's columns. */
  base?: string
}

export interface CodingOptions {
  /** Names of the columns to use, in order. Default: all. */
  features?: readonly string[]
  /**
   * Columns to be treated as categories although their cells, or more than half of them, are numbers. All other text columns are
   * categories anyway. Default: none.
   */
  categorical?: readonly string[]
  /** More levels than this are taken for an identifier. Default 1000. */
  maxLevels?: number
}

/**
 * The recipe for `encode`: numeric columns as they are, categories with the levels that occur in this table, the first of them the base.
 *
 * @throws DataError if a feature does not exist, is there twice, is named "(Intercept)", or is a category with fewer than two levels or
 * more than `maxLevels`, if a categorical column is not among the features, if two terms would have the same name, and at the first text
 * in a column that is numbers for the larger part and not said to be categorical.
 */
export function coding(table: Table, options: CodingOptions = {}): CodedColumn[] {
  const { features = table.columns.map(({ name }) => name), categorical = [], maxLevels = 1000 } = options
  const file = table.name
  const stray = categorical.find((name) => !features.includes(name))
  if (stray !== undefined) {
    requireColumn(table, stray)
    throw dataError('expected a categorical column to be one of the features', { file, column: stray })
  }
  const coded = features.map((name, j): CodedColumn => {
    if (features.indexOf(name) !== j) throw dataError('the feature is there twice', { file, column: name })
    const column = requireColumn(table, name)
    if (!categorical.includes(name)) {
      if (column.kind === 'number') return { name }
      checkText(table, column)
    }
    const levels = levelsOf(column)
    if (levels.length < 2) {
      const found = levels.length === 0 ? 'no value at all' : `only ${quoted(levels[0])}`
      throw dataError(`a category needs at least two levels, and there is ${found}: leave the column out`, {
        file,
        column: name,
      })
    }
    if (levels.length > maxLevels) {
      throw dataError(
        `${levels.length} different values in ${table.rows} rows are too many for a category: leave the column out`,
        { file, column: name },
      )
    }
    return { name, levels, base: levels[0] }
  })
  const seen = new Set(['(Intercept)'])
  for (const term of codedTerms(coded)) {
    if (seen.has(term)) throw dataError(`two terms would be named ${quoted(term)}: rename a column`, { file })
    seen.add(term)
  }
  return coded
}

// A slip in a numeric column must not make a category of it with a level for each number.
function checkText(table: Table, { name, values }: TextColumn): void {
  const isText = (cell: string) => cell !== '' && Number.isNaN(numberFromText(cell))
  const texts = values.filter(isText).length
  const numbers = values.filter((cell) => cell !== '').length - texts
  if (texts === 0 || numbers <= texts) return
  const row = values.findIndex(isText)
  const problem = `expected a number, got ${quoted(values[row])} (if the column holds categories, list it as categorical)`
  throw rowError(table, row, name, problem)
}

/** The names of the columns that `encode` makes: `gre`, `rank=2`. */
export function codedTerms(columns: readonly CodedColumn[]): string[] {
  return columns.flatMap(({ name, levels, base }) =>
    levels === undefined
      ? [name]
      : levels.filter((level) => level !== base).map((level) => `${name}=${level}`),
  )
}

// A table as a model sees it: coded as at fit time, and the probability of each class for each row.
import { encode, requireColumn, type Table } from '@logodds/data'
import type { DenseMatrix } from '@logodds/linear'
import { predict, predictProbability } from '@logodds/multiclass'
import ndarray from 'ndarray'
import type { Pipeline } from './pipeline.ts'
import { offsetOf } from './row-numbers.ts'
import { quotedList } from './user-error.ts'

export interface ScoredRows {
  /** n × K, columns in the order of the classes. */
  readonly probabilities: DenseMatrix
  /** n labels. */
  readonly predicted: string[]
  readonly warnings: readonly string[]
}

/** Throws if a column is missing, a value is missing, a number is text, or a level was not seen at fit time. */
export function scoredRows(
  { columns, target, weights, offset, model }: Pipeline,
  table: Table,
  threshold?: number,
): ScoredRows {
  const needed = columns.map(({ name }) => name)
  for (const name of offset === null ? needed : [...needed, offset]) requireColumn(table, name)
  const { matrix } = encode(columns, table)
  const X = ndarray(matrix.data, matrix.shape, matrix.stride, matrix.offset)
  const options = { offset: offset === null ? undefined : offsetOf(table, offset) }
  const known = new Set([...needed, target, weights, offset])
  const surplus = table.columns.map(({ name }) => name).filter((name) => !known.has(name))
  return {
    probabilities: predictProbability(model, X, options),
    predicted: predict(model, X, { ...options, threshold }) as string[],
    warnings:
      surplus.length === 0
        ? []
        : [`${table.name}: columns that the model does not use are ignored: ${quotedList(surplus)}`],
  }
}

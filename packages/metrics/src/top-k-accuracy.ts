// The share of rows whose class is among the likeliest few.
import { arrange } from './encode.ts'
import { fault } from './fault.ts'
import type { Label, Truth } from './label.ts'
import { matrixColumns, type ScoreMatrix } from './matrix-columns.ts'

export interface TopKOptions {
  /** How many classes are named for each row, at least 1. Default: 2. */
  k?: number
  /** What the columns are. Default: the classes that occur in truth, sorted. */
  classes?: readonly Label[]
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
}

/**
 * Top-k accuracy: the share of rows whose true class is among the k with the largest scores. Of classes with equal scores the first comes
 * first.
 *
 * @param truth n labels
 * @param scores n × K, one column for each class, the larger the likelier
 * @throws TypeError for a score that is NaN or no number; TypeError, RangeError as {@link logLoss}; RangeError for a k that is no whole number > 0
 */
export function topKAccuracy(
  truth: Truth,
  scores: ScoreMatrix,
  { k = 2, ...options }: TopKOptions = {},
): number {
  if (!(Number.isSafeInteger(k) && k > 0)) fault('topKAccuracy', 'k, a whole number > 0', k)
  const [classes, codes, weights, total] = arrange('topKAccuracy', [truth], options.weights, options.classes)
  const columns = matrixColumns('topKAccuracy', 'scores', scores, truth.length, classes.length)
  let hits = 0
  codes[0].forEach((code, i) => {
    const own = columns[code][i]
    const before = columns.filter((column, j) => column[i] > own || (column[i] === own && j < code)).length
    if (before < k) hits += weights[i]
  })
  return hits / total
}

// Precision and recall in one number, recall counting β times as much.
import { type AverageOptions, averagedRatio } from './averaged-ratio.ts'
import { fault } from './fault.ts'
import type { Labels, Truth } from './label.ts'

/**
 * F_β = (1 + β²) · true positives / (β² · rows of the class + rows said to be), the harmonic mean of precision and recall with recall weighing
 * β² : 1. β = 1 is {@link f1}; 0 is precision. In [0, 1]. (C. J. van Rijsbergen, Information retrieval, 1979.)
 *
 * @param truth n labels
 * @param predicted n labels
 * @param beta ≥ 0, up to 1e6
 * @param options see {@link AverageOptions}
 * @throws RangeError for a beta outside that; named 'UndefinedMetricError' where the ratio is 0/0; else as {@link f1}
 */
export function fBeta(truth: Truth, predicted: Labels, beta: number, options: AverageOptions = {}): number {
  if (!(beta >= 0 && beta <= 1e6)) fault('fBeta', 'beta in [0, 1e6]', beta)
  const square = beta * beta
  return averagedRatio(
    'fBeta',
    truth,
    predicted,
    options,
    (hits, said, support) => [(1 + square) * hits, square * support + said],
    'in truth or among the predicted',
  )
}

// Of the rows that are not of a class, the share that were not said to be.
import { type AverageOptions, averagedRatio } from './averaged-ratio.ts'
import type { Labels, Truth } from './label.ts'

/**
 * Specificity (true negative rate): true negatives / (true negatives + false positives), in [0, 1].
 *
 * @param truth n labels
 * @param predicted n labels
 * @param options see {@link AverageOptions}
 * @throws RangeError named 'UndefinedMetricError' where the ratio is 0/0: all rows are of the class.
 * @throws RangeError for more than two classes with neither `positive` nor another `average`, for both at once, and as
 * {@link confusionMatrix} does.
 */
export function specificity(truth: Truth, predicted: Labels, options: AverageOptions = {}): number {
  return averagedRatio(
    'specificity',
    truth,
    predicted,
    options,
    // The rest of the rest: it must not fall below 0 by rounding.
    (hits, said, support, total) => [Math.max(total - support - (said - hits), 0), total - support],
    'to be missing somewhere in truth',
  )
}

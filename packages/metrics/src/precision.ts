// Of the rows that were said to be of a class, the share that are.
import { type AverageOptions, averagedRatio } from './averaged-ratio.ts'
import type { Labels, Truth } from './label.ts'

/**
 * Precision: true positives / (true + false positives), in [0, 1].
 *
 * @param truth n labels
 * @param predicted n labels
 * @param options see {@link AverageOptions}; for every class at once there is {@link perClass}
 * @throws RangeError named 'UndefinedMetricError' where the ratio is 0/0: a class that is never predicted.
 * @throws RangeError for more than two classes with neither `positive` nor another `average`, for both at once, and as
 * {@link confusionMatrix} does.
 */
export function precision(truth: Truth, predicted: Labels, options: AverageOptions = {}): number {
  return averagedRatio(
    'precision',
    truth,
    predicted,
    options,
    (hits, said) => [hits, said],
    'among the predicted',
  )
}

// Of the rows that are of a class, the share that were said to be.
import { type AverageOptions, averagedRatio } from './averaged-ratio.ts'
import type { Labels, Truth } from './label.ts'

/**
 * Recall (sensitivity, true positive rate): true positives / (true positives + false negatives), in [0, 1].
 *
 * @param truth n labels
 * @param predicted n labels
 * @param options see {@link AverageOptions}; for every class at once there is {@link perClass}
 * @throws RangeError named 'UndefinedMetricError' where the ratio is 0/0: a class that never occurs in truth.
 * @throws RangeError for more than two classes with neither `positive` nor another `average`, for both at once, and as
 * {@link confusionMatrix} does.
 */
export function recall(truth: Truth, predicted: Labels, options: AverageOptions = {}): number {
  return averagedRatio('recall', truth, predicted, options, (hits, _, support) => [hits, support], 'in truth')
}

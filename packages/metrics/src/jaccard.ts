// The rows on which truth and prediction agree that they are of a class, among those of which either says so.
import { type AverageOptions, averagedRatio } from './averaged-ratio.ts'
import type { Labels, Truth } from './label.ts'

/**
 * Jaccard index (intersection over union, critical success index): true positives / (true + false positives + false negatives), in
 * [0, 1].
 *
 * @param truth n labels
 * @param predicted n labels
 * @param options see {@link AverageOptions}
 * @throws RangeError named 'UndefinedMetricError' where the ratio is 0/0: a class in neither.
 * @throws RangeError for more than two classes with neither `positive` nor another `average`, for both at once, and as
 * {@link confusionMatrix} does.
 */
export function jaccard(truth: Truth, predicted: Labels, options: AverageOptions = {}): number {
  return averagedRatio(
    'jaccard',
    truth,
    predicted,
    options,
    (hits, said, support) => [hits, said + support - hits],
    'in truth or among the predicted',
  )
}

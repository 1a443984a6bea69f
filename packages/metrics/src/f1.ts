// Precision and recall in one number.
import { type AverageOptions, averagedRatio } from './averaged-ratio.ts'
import type { Labels, Truth } from './label.ts'

/**
 * F1, the harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN), in [0, 1]. With averages, the mean of the F1 of each class.
 *
 * @param truth n labels
 * @param predicted n labels
 * @param options see {@link AverageOptions}; for every class at once there is {@link perClass}
 * @throws RangeError named 'UndefinedMetricError' where the ratio is 0/0: a class that occurs neither in truth nor in predicted.
 * @throws RangeError for more than two classes with neither `positive` nor another `average`, for both at once, and as
 * {@link confusionMatrix} does.
 */
export function f1(truth: Truth, predicted: Labels, options: AverageOptions = {}): number {
  return averagedRatio(
    'f1',
    truth,
    predicted,
    options,
    (hits, said, support) => [2 * hits, said + support],
    'in truth or predicted',
  )
}

// Accuracy where every class has the same say.
import { classCounts } from './class-counts.ts'
import { encode } from './encode.ts'
import { undefinedMetric } from './fault.ts'
import type { Labels, Truth } from './label.ts'
import { sum } from './sum.ts'

export interface BalancedAccuracyOptions {
  /** Default: false; true: (mean − 1/K) / (1 − 1/K), which is 0 for guessing and 1 for perfection. */
  adjusted?: boolean
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
}

/**
 * Balanced accuracy: the mean recall of the K classes that occur in truth. A class that is only predicted has no recall and no say.
 *
 * @param truth n labels
 * @param predicted n labels
 * @throws TypeError, RangeError as {@link accuracy}
 * @throws RangeError named 'UndefinedMetricError' if it is to be adjusted and truth is of one class.
 */
export function balancedAccuracy(
  truth: Truth,
  predicted: Labels,
  { adjusted, weights }: BalancedAccuracyOptions = {},
): number {
  const encoded = encode('balancedAccuracy', [truth, predicted], weights)
  const [hits, , support] = classCounts(encoded)
  // Sorted, so that the sum does not depend on the order of the rows.
  const recalls = hits.map((hit, k) => hit / support[k]).filter((_, k) => support[k] > 0)
  const mean = sum(recalls.sort()) / recalls.length
  if (!adjusted) return mean
  const chance = 1 / recalls.length
  if (chance === 1) undefinedMetric('balancedAccuracy', 'rows of two classes in truth', 1)
  return (mean - chance) / (1 - chance)
}

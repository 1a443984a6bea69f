// How much more often the positives are called positive than the negatives are.
import { classCounts } from './class-counts.ts'
import { encode } from './encode.ts'
import { undefinedMetric } from './fault.ts'
import type { Label, Labels, Truth } from './label.ts'
import { positiveIndex } from './positive.ts'

export interface YoudenOptions {
  /** The positive class, all others being negative. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
}

/**
 * Youden's J (informedness): recall + specificity − 1 = true positive rate − false positive rate, in [−1, 1]; 0 for guessing. (W. J.
 * Youden, Index for rating diagnostic tests, Cancer 3, 1950.)
 *
 * @param truth n labels
 * @param predicted n labels
 * @throws TypeError, RangeError as {@link recall}
 * @throws RangeError named 'UndefinedMetricError' if truth holds no positive or no negative.
 */
export function youdenJ(truth: Truth, predicted: Labels, { positive, weights }: YoudenOptions = {}): number {
  const encoded = encode('youdenJ', [truth, predicted], weights)
  const [hits, said, support] = classCounts(encoded)
  const k = positiveIndex('youdenJ', encoded.classes, positive)
  const rest = encoded.total - support[k]
  if (!(support[k] && rest))
    undefinedMetric('youdenJ', 'positives and negatives in truth', [support[k], rest])
  return hits[k] / support[k] - (said[k] - hits[k]) / rest
}

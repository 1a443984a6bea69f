// How much more often the positives are called positive than the negatives are.
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
  const [classes, [truths, saids], each] = encode('youdenJ', [truth, predicted], weights)
  const target = positiveIndex('youdenJ', classes, positive)
  // Of the positives and of the negatives: how many there are, and how many of them are called positive.
  const [all, called] = [
    [0, 0],
    [0, 0],
  ]
  for (let i = 0; i < truth.length; i++) {
    const side = +(truths[i] !== target)
    all[side] += each[i]
    if (saids[i] === target) called[side] += each[i]
  }
  if (!(all[0] && all[1])) undefinedMetric('youdenJ', 'positives and negatives in truth', all)
  return called[0] / all[0] - called[1] / all[1]
}

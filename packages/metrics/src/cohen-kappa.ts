// Agreement beyond what chance would give.
import { classCounts } from './class-counts.ts'
import { arrange } from './encode.ts'
import { fault, undefinedMetric } from './fault.ts'
import type { Label, Labels, Truth } from './label.ts'

export interface KappaOptions {
  /**
   * How far apart the i-th and the j-th class are. 'none' (default): 1 if they differ; 'linear': |i − j|; 'quadratic': (i − j)².
   */
  weighting?: 'none' | 'linear' | 'quadratic'
  /** The classes in the order that counts for `weighting`. Default: those that occur in truth or predicted, sorted. */
  labels?: readonly Label[]
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
}

/**
 * Cohen's κ: 1 − observed / expected disagreement, the latter between two raters that use the classes as often but independently; 1 is
 * agreement, 0 what chance gives. Symmetric in its arguments. (J. Cohen, Educational and Psychological Measurement 20, 1960; with distances between classes,
 * Psychological Bulletin 70, 1968.)
 *
 * @param truth n labels
 * @param predicted n labels
 * @throws TypeError, RangeError as {@link confusionMatrix}
 * @throws RangeError named 'UndefinedMetricError' if both are of one and the same class throughout: there is nothing to disagree on.
 */
export function cohenKappa(
  truth: Truth,
  predicted: Labels,
  { weighting = 'none', labels, weights: given }: KappaOptions = {},
): number {
  const power = ['none', 'linear', 'quadratic'].indexOf(weighting)
  if (power < 0) fault('cohenKappa', "weighting 'none', 'linear' or 'quadratic'", weighting)
  const encoded = arrange('cohenKappa', [truth, predicted], given, labels)
  const [classes, codes, weights, total] = encoded
  const [, said, support] = classCounts(encoded)
  const distance = (i: number, j: number) => (i === j ? 0 : Math.abs(i - j) ** power)
  let [observed, expected] = [0, 0]
  for (let i = 0; i < truth.length; i++) observed += weights[i] * distance(codes[0][i], codes[1][i])
  for (let i = 0; i < classes.length; i++)
    for (let j = 0; j < classes.length; j++) expected += distance(i, j) * support[i] * (said[j] / total)
  if (!expected) undefinedMetric('cohenKappa', 'rows of two classes in truth or predicted', classes)
  return 1 - observed / expected
}

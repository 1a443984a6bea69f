// How far areas under ROC curves of the same rows are from certain, and how they move together.
import { cumulativeCounts } from './cumulative-counts.ts'
import { encode } from './encode.ts'
import { fault, undefinedMetric } from './fault.ts'
import type { Scores, Truth } from './label.ts'
import { placeOf } from './place-of.ts'
import { positiveIndex } from './positive.ts'
import type { RankingOptions } from './sorted-scores.ts'

/** Areas under K ROC curves and what is known of their error. */
export interface DeLong {
  /** K areas, as {@link rocAuc} gives them. */
  areas: number[]
  /** K × K: the estimated variances and covariances of the areas. */
  covariance: number[][]
}

/**
 * DeLong's variances and covariances of the areas under the ROC curves of K score vectors of the same rows, in O(K n log n + K² n)
 * time and linear memory. With V₁₀ᵢ the share of negatives that score below positive i (ties one half) and V₀₁ⱼ the share of
 * positives that score above negative j, the covariance is cov(V₁₀)/n₊ + cov(V₀₁)/n₋, each with the denominator one less than
 * their number. (E. R. DeLong et al., Biometrics 44, 1988; by ranks: X. Sun & W. Xu, IEEE Signal Processing Letters 21, 2014.)
 *
 * For an interval see {@link delongInterval}, for a difference {@link delongDifference}.
 *
 * @param truth n labels
 * @param scores K vectors of n numbers, the larger the likelier positive
 * @throws RangeError named 'UndefinedMetricError' unless there are two positives and two negatives.
 * @throws TypeError, RangeError as {@link rocAuc}
 */
export function delong(
  truth: Truth,
  scores: readonly Scores[],
  options: Pick<RankingOptions, 'positive' | 'sort'> = {},
): DeLong {
  const { positive, sort } = options
  const [classes, codes] = encode('delong', [truth])
  const target = positiveIndex('delong', classes, positive, 2)
  const isPositive = codes[0].map((code) => +(code === target))
  if (!Array.isArray(scores) || !scores.length) fault('delong', 'scores, a list of vectors', scores)

  const areas: number[] = []
  // For each vector: V₁₀ of positives and V₀₁ of negatives, in the order of the rows, less their mean, which is the area.
  const placements = scores.map((vector: Scores, k) => {
    const [thresholds, hits, alarms] = cumulativeCounts(
      'delong',
      isPositive,
      vector,
      { positive: 1, sort },
      { name: `scores[${k}]` },
    )
    const last = hits.length - 1
    const [highs, lows] = [hits[last], alarms[last]]
    if (!(highs > 1 && lows > 1))
      undefinedMetric('delong', 'at least two positive and two negative rows', [highs, lows])
    let pairs = 0
    for (let i = 1; i <= last; i++) pairs += (alarms[i] - alarms[i - 1]) * (hits[i] + hits[i - 1])
    const area = pairs / (2 * highs * lows)
    areas.push(area)
    const place = placeOf(thresholds.subarray(1))
    const placement = new Float64Array(isPositive.length)
    for (let i = 0; i < placement.length; i++) {
      const at = place(vector[i]) + 1
      const share = isPositive[i]
        ? 1 - (alarms[at] + alarms[at - 1]) / (2 * lows)
        : (hits[at] + hits[at - 1]) / (2 * highs)
      placement[i] = share - area
    }
    return placement
  })
  const highs = isPositive.reduce((sum, is) => sum + is)
  const lows = isPositive.length - highs
  const covariance = placements.map((a) =>
    placements.map((b) => {
      const sums = [0, 0]
      for (let i = 0; i < a.length; i++) sums[isPositive[i]] += a[i] * b[i]
      return sums[1] / (highs - 1) / highs + sums[0] / (lows - 1) / lows
    }),
  )
  return { areas, covariance }
}

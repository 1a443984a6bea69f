// Whether one score ranks the same rows better than another.
import type { DeLong } from './delong.ts'
import { fault, undefinedMetric } from './fault.ts'

export interface DeLongDifference {
  /** areas[first] − areas[second]. */
  difference: number
  /** √(variance + variance − 2 covariance), > 0. */
  standardError: number
  /** Their ratio, standard normal for many rows if both areas are equal; a p-value is a matter of `@logodds/inference`. */
  statistic: number
}

/**
 * DeLong's paired statistic of two areas of the same rows.
 *
 * @param result of {@link delong}
 * @param first index of a score vector. Default: 0
 * @param second index of another. Default: 1
 * @throws RangeError for an index that is none
 * @throws RangeError named 'UndefinedMetricError' if the difference has no variance: both rank the rows alike, or both perfectly
 */
export function delongDifference({ areas, covariance }: DeLong, first = 0, second = 1): DeLongDifference {
  for (const index of [first, second])
    if (!(index in areas)) fault('delongDifference', `an index of ${areas.length} areas`, index)
  const [a, b] = [covariance[first], covariance[second]]
  const variance = a[first] + b[second] - a[second] - b[first]
  // What rounding leaves of nothing is nothing.
  if (!(variance > 1e-14 * (a[first] + b[second])))
    undefinedMetric('delongDifference', 'a difference that varies', variance)
  const difference = areas[first] - areas[second]
  const standardError = Math.sqrt(variance)
  return { difference, standardError, statistic: difference / standardError }
}

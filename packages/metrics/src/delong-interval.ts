// From DeLong's variances to an interval, and to how sure a difference is.
import type { DeLong } from './delong.ts'
import { fault } from './fault.ts'
import type { Interval } from './interval.ts'

/**
 * The interval area ± z √variance, cut off at 0 and 1.
 *
 * @param result of {@link delong}
 * @param z the normal quantile of the level: 1.959963984540054 for 95 %
 * @param index of the score vector. Default: 0
 * @throws RangeError for a z that is negative or not finite, or an index that is none
 */
export function delongInterval({ areas, covariance }: DeLong, z: number, index = 0): Interval {
  if (!(z >= 0 && z < Infinity)) fault('delongInterval', 'z finite and >= 0', z)
  if (!(index in areas)) fault('delongInterval', `an index of ${areas.length} areas`, index)
  const spread = z * Math.sqrt(covariance[index][index])
  return { lower: Math.max(areas[index] - spread, 0), upper: Math.min(areas[index] + spread, 1) }
}

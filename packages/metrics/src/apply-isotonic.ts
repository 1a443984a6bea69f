// An isotonic map at new scores.
import { fault } from './fault.ts'
import type { IsotonicMap } from './isotonic-regression.ts'

/**
 * The map's function at each score: linear between its thresholds, and what it is at the first or the last of them beyond.
 *
 * @param map by {@link fitIsotonic} or {@link isotonicRegression}
 * @param scores n numbers; ±Infinity is beyond every threshold
 * @throws TypeError for a score that is NaN or no number
 */
export function applyIsotonic(
  { thresholds, values }: Pick<IsotonicMap, 'thresholds' | 'values'>,
  scores: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(scores, (score, i) => {
    if (score !== +score) fault('applyIsotonic', `scores[${i}] to be a number`, score, TypeError)
    let [low, high] = [0, thresholds.length - 1]
    if (score <= thresholds[low]) return values[low]
    if (score >= thresholds[high]) return values[high]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (thresholds[middle] <= score) low = middle
      else high = middle
    }
    const part = (score - thresholds[low]) / (thresholds[high] - thresholds[low])
    return values[low] + part * (values[high] - values[low])
  })
}

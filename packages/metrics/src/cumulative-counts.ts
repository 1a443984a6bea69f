// How many positives and negatives there are at each distinct score and above: all that a curve over thresholds needs.
import type { Scores, Truth } from './label.ts'
import { placeOf } from './place-of.ts'
import { shares } from './shares.ts'
import { type RankingOptions, sortedScores } from './sorted-scores.ts'

export interface CurveOptions extends RankingOptions {
  /** Leave out what lies inside a straight stretch, so that the curve looks the same. Default: false. */
  thin?: boolean
}

/**
 * Of one length: +Infinity and the distinct scores, descending; the number (or weight) of positives and of negatives at or above each, or
 * what share of all they are.
 */
export type CumulativeCounts = [thresholds: Float64Array, hits: Float64Array, alarms: Float64Array]

export interface CountOptions {
  /** What the scores are called. */
  name?: string
  /** Shares of all in place of counts. */
  rates?: boolean
  /** Whether a point is left out, by what the next one adds: 1, hits; 2, alarms; 3, both. Without weights only. */
  isInside?: (added: number) => boolean
}

export function cumulativeCounts(
  caller: string,
  truth: Truth,
  scores: Scores,
  options: RankingOptions,
  { name = 'scores', rates, isInside }: CountOptions = {},
): CumulativeCounts {
  const { weights } = options
  return sortedScores(caller, truth, scores, options, name, ({ highs, lows, kinds, target }) => {
    const rows = highs.length + lows.length
    const columns = [Infinity, 0, 0].map((first) => new Float64Array(rows + 1).fill(first, 0, 1))
    const [thresholds, hits, alarms] = columns
    // Here a division takes no time of its own.
    const [ofHighs, ofLows] = rates ? [highs.length, lows.length] : [1, 1]
    let [high, low, at] = [0, 0, 0]
    // No score, nor equal to one.
    let last = NaN
    while (high < highs.length || low < lows.length) {
      const isHigh = low === lows.length || (high < highs.length && highs[high] <= lows[low])
      const key = isHigh ? highs[high++] : lows[low++]
      // Of tied scores each writes their point, the negatives after the positives, and the last has counted them all.
      if (key !== last && !isInside?.(isHigh ? (lows[low] === key ? 3 : 1) : 2)) at++
      last = key
      thresholds[at] = 0 - key
      hits[at] = high / ofHighs
      alarms[at] = low / ofLows
    }
    const counts = columns.map((column) => column.subarray(0, at + 1)) as CumulativeCounts
    if (!weights) return counts

    const [distinct, above, below] = counts
    // After the start, which is no score of a row.
    const place = placeOf(distinct.subarray(1))
    above.fill(0)
    below.fill(0)
    for (let i = 0; i < kinds.length; i++)
      if (weights[i]) (kinds[i] === target ? above : below)[place(scores[i]) + 1] += weights[i]
    for (let i = 1; i <= at; i++) {
      above[i] += above[i - 1]
      below[i] += below[i - 1]
    }
    if (rates) [above, below].forEach(shares)
    return counts
  })
}

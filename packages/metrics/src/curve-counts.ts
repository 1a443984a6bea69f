// A curve, without what lies inside its straight stretches if so wished.
import { type CumulativeCounts, type CurveOptions, cumulativeCounts } from './cumulative-counts.ts'
import type { Scores, Truth } from './label.ts'

/** What one point adds to the one before it, added up. */
export const HITS = 1
export const HITS_AND_ALARMS = 3

/**
 * Cumulative counts. With `thin`, a point is left out where between its neighbours nothing is added to one of `steady`, the positives or both
 * kinds: the inside of a horizontal or vertical stretch. The first and the last point stay.
 */
export function curveCounts(
  caller: string,
  truth: Truth,
  scores: Scores,
  { thin, ...options }: CurveOptions,
  steady: typeof HITS | typeof HITS_AND_ALARMS,
  rates?: boolean,
): CumulativeCounts {
  let before = HITS_AND_ALARMS
  const isInside = (added: number): boolean => {
    const inside = ((before | added) & steady) !== steady
    before = inside ? before | added : added
    return inside
  }
  // Weights decide only afterwards what is straight.
  const atOnce = thin && !options.weights ? isInside : undefined
  const counts = cumulativeCounts(caller, truth, scores, options, { rates, isInside: atOnce })
  if (!thin || atOnce) return counts
  let at = 0
  for (let i = 1; i < counts[0].length; i++) {
    const [hits, alarms] = [1, 2].map((c) => +(counts[c][i] !== counts[c][at]))
    if (!isInside(hits + 2 * alarms)) at++
    for (const column of counts) column[at] = column[i]
  }
  return counts.map((column) => column.subarray(0, at + 1)) as CumulativeCounts
}

// A curve without what lies inside its straight stretches.
import type { CumulativeCounts } from './cumulative-counts.ts'

/**
 * Leaves out each point at which one of `steady` (the counts of positives, or of negatives) is what it is at both neighbours:
 * the inside of a horizontal or vertical stretch. The first and the last point stay. Works in place.
 */
export function thinned(counts: CumulativeCounts, steady: readonly Float64Array[]): CumulativeCounts {
  let at = 0
  for (let i = 1; i < counts[0].length; i++) {
    let inside = false
    for (const count of steady) inside ||= count[i] === count[at] && count[at] === count[at - 1]
    if (!inside) at++
    for (const column of counts) column[at] = column[i]
  }
  return counts.map((column) => column.subarray(0, at + 1)) as CumulativeCounts
}

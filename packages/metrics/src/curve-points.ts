// What the curves over thresholds are made of: how many positives and negatives score as much or more.
import { eachScore, type RankingOptions } from './each-score.ts'
import type { Scores, Truth } from './label.ts'

export interface CurveOptions extends RankingOptions {
  /**
   * Leave out what lies inside a horizontal or a vertical stretch: the first and the last point stay, and every one at
   * which the curve turns, so that it looks the same. Default: false.
   */
  thin?: boolean
}

/** Of one length: +Infinity and the distinct scores, descending; the number (or weight) of positives and of negatives there and above. */
export type CurvePoints = [thresholds: Float64Array, hits: Float64Array, alarms: Float64Array]

export function curvePoints(
  caller: string,
  truth: Truth,
  scores: Scores,
  options: CurveOptions,
): CurvePoints {
  const points = [Infinity, 0, 0].map((first) => new Float64Array(truth?.length + 1 || 0).fill(first, 0, 1))
  const [thresholds, hits, alarms] = points
  let at = 0
  eachScore(caller, truth, scores, options, (score, h, a) => {
    const inside = (counts: Float64Array, count: number) => count === counts[at] && count === counts[at - 1]
    if (!(options.thin && (inside(hits, h) || inside(alarms, a)))) at++
    thresholds[at] = score
    hits[at] = h
    alarms[at] = a
  })
  return points.map((column) => column.subarray(0, at + 1)) as CurvePoints
}

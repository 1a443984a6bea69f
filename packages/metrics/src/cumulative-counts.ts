// How many positives and negatives there are at each distinct score and above: all that a curve or an area over thresholds needs.
import { checkLength } from './check-length.ts'
import { encode } from './encode.ts'
import { fault } from './fault.ts'
import type { Label, Scores, Truth } from './label.ts'
import { placeOf } from './place-of.ts'
import { positiveIndex } from './positive.ts'

export interface RankingOptions {
  /** The positive class, all others being negative. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
  /** Sorts doubles in place, ascending; there is no NaN among them. Default: that of `Float64Array`; `bucketSort` is faster for many. */
  sort?: (keys: Float64Array) => void
}

export interface CurveOptions extends RankingOptions {
  /** Leave out what lies inside a straight stretch, so that the curve looks the same. Default: false. */
  thin?: boolean
}

/** Of one length: +Infinity and the distinct scores, descending; the number (or weight) of positives and of negatives at or above each. */
export type CumulativeCounts = [thresholds: Float64Array, hits: Float64Array, alarms: Float64Array]

export function cumulativeCounts(
  caller: string,
  truth: Truth,
  scores: Scores,
  { positive, weights, sort = (keys) => void keys.sort() }: RankingOptions,
  name = 'scores',
): CumulativeCounts {
  const { classes, codes } = encode(caller, [truth], weights)
  const [code] = codes
  const rows = code.length
  checkLength(caller, name, scores, rows)
  const target = positiveIndex(caller, classes, positive, 2)

  // Positives at the front and negatives at the back, sorted apart as plain doubles: no row has to follow its score.
  const values = new Float64Array(rows)
  let high = 0
  let low = rows
  for (let i = 0; i < rows; i++) {
    const score = scores[i]
    if (score !== +score) fault(caller, `${name}[${i}] to be a number`, score, TypeError)
    // −0 + 0 is 0, with which it is tied.
    if (code[i] >= 0) values[code[i] === target ? high++ : --low] = score + 0
  }
  const highs = values.subarray(0, high)
  const lows = values.subarray(low)
  sort(highs)
  sort(lows)

  const columns = [Infinity, 0, 0].map((first) => new Float64Array(rows + 1).fill(first, 0, 1))
  const [thresholds, hits, alarms] = columns
  low = lows.length
  let [highest, lowest] = [highs[high - 1], lows[low - 1]]
  let at = 0
  while (high || low) {
    const score = highest > lowest || !low ? highest : lowest
    // NaN is of no side, nor equal to a score.
    while (highest === score) highest = --high ? highs[high - 1] : NaN
    while (lowest === score) lowest = --low ? lows[low - 1] : NaN
    thresholds[++at] = score
    hits[at] = highs.length - high
    alarms[at] = lows.length - low
  }
  const [distinct, above, below] = columns.map((column) => column.subarray(0, at + 1))

  if (weights) {
    // After the start, which is no score of a row.
    const place = placeOf(distinct.subarray(1))
    above.fill(0)
    below.fill(0)
    for (let i = 0; i < rows; i++)
      if (code[i] >= 0) (code[i] === target ? above : below)[place(scores[i]) + 1] += weights[i]
    for (let i = 1; i <= at; i++) {
      above[i] += above[i - 1]
      below[i] += below[i - 1]
    }
  }
  return [distinct, above, below]
}

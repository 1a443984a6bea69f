// How many positives and negatives there are at each distinct score and above: all that a curve or an area over thresholds needs.
import { checkLength } from './check-length.ts'
import { encode } from './encode.ts'
import { fault } from './fault.ts'
import { firstIndex } from './first-index.ts'
import type { Label, Scores, Truth } from './label.ts'
import { positiveIndex } from './positive.ts'

export interface RankingOptions {
  /** The positive class, all others being negative. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
  /** Sorts doubles in place, ascending; there is no NaN among them. Default: that of `Float64Array`; `bucketSort` is faster for many. */
  sort?: (keys: Float64Array) => void
}

/** Visits each distinct score, descending, with the number (or weight) of positives and of negatives that score as much or more. */
export function eachScore(
  caller: string,
  truth: Truth,
  scores: Scores,
  { positive, weights, sort = (keys) => void keys.sort() }: RankingOptions,
  visit: (score: number, hits: number, alarms: number) => void,
): void {
  const { classes, codes } = encode(caller, [truth], weights)
  const [code] = codes
  const rows = code.length
  checkLength(caller, 'scores', scores, rows)
  const target = positiveIndex(caller, classes, positive, 2)

  // Positives at the front and negatives at the back, sorted apart as plain doubles: no row has to follow its score.
  const values = new Float64Array(rows)
  let high = 0
  let low = rows
  for (let i = 0; i < rows; i++) {
    const score = scores[i]
    if (score !== +score) fault(caller, `scores[${i}] to be a number`, score, TypeError)
    // −0 + 0 is 0, with which it is tied.
    if (code[i] >= 0) values[code[i] === target ? high++ : --low] = score + 0
  }
  const highs = values.subarray(0, high)
  const lows = values.subarray(low)
  sort(highs)
  sort(lows)
  const [highsFrom, lowsFrom] = [highs, lows].map((keys, side) => {
    if (!weights) return (at: number) => keys.length - at
    // The weight of equal keys goes to the first of them.
    const first = firstIndex(keys)
    const masses = new Float64Array(keys.length + 1)
    for (let i = 0; i < rows; i++)
      if (code[i] >= 0 && (code[i] === target) === !side) masses[first(scores[i])] += weights[i]
    for (let i = keys.length; i--; ) masses[i] += masses[i + 1]
    return (at: number) => masses[at]
  })

  low = lows.length
  let [highest, lowest] = [highs[high - 1], lows[low - 1]]
  while (high || low) {
    const score = highest > lowest || !low ? highest : lowest
    // NaN is of no side, nor equal to a score.
    while (highest === score) highest = --high ? highs[high - 1] : NaN
    while (lowest === score) lowest = --low ? lows[low - 1] : NaN
    visit(score, highsFrom(high), lowsFrom(low))
  }
}

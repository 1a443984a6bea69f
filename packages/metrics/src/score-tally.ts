// How many positives and negatives there are at each distinct score: all that a curve or an area over thresholds needs.
import { checkLength } from './check-length.ts'
import { encode } from './encode.ts'
import { fault } from './fault.ts'
import type { Label, Scores, Truth } from './label.ts'
import { positiveIndex } from './positive.ts'

export interface RankingOptions {
  /** The positive class, all others being negative. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
}

/** For each distinct score, descending: the score, and how many rows (or what weight) of either class have it. */
export type ScoreTally = [thresholds: Float64Array, positives: Float64Array, negatives: Float64Array]

export function scoreTally(
  caller: string,
  truth: Truth,
  scores: Scores,
  { positive, weights }: RankingOptions,
): ScoreTally {
  const { classes, codes } = encode(caller, [truth], weights)
  const [code] = codes
  const rows = code.length
  checkLength(caller, 'scores', scores, rows)
  const k = positiveIndex(caller, classes, positive, 2)

  // Positives at the front and negatives at the back, sorted apart as plain doubles: no row has to follow its score.
  const values = new Float64Array(rows)
  let high = 0
  let low = rows
  for (let i = 0; i < rows; i++) {
    const score = scores[i]
    if (typeof score !== 'number' || Number.isNaN(score))
      throw fault(caller, `scores[${i}] to be a number`, score, TypeError)
    // −0 + 0 is 0, with which it is tied.
    if (code[i] >= 0) values[code[i] === k ? high++ : --low] = score + 0
  }
  const highs = values.subarray(0, high).sort()
  const lows = values.subarray(low).sort()

  const tally = [0, 1, 2].map(() => new Float64Array(rows))
  const [thresholds, positives, negatives] = tally
  let count = 0
  for (low = lows.length; high || low; count++) {
    const score = high && !(low && lows[low - 1] > highs[high - 1]) ? highs[high - 1] : lows[low - 1]
    thresholds[count] = score
    for (; high && highs[high - 1] === score; high--) positives[count]++
    for (; low && lows[low - 1] === score; low--) negatives[count]++
  }

  // Each row's weight goes to its score by bisection; a weight of 0 does no harm wherever it goes.
  if (weights) {
    positives.fill(0)
    negatives.fill(0)
    for (let i = 0; i < rows; i++) {
      let at = 0
      for (let end = count - 1; at < end; ) {
        const middle = (at + end) >> 1
        if (thresholds[middle] > scores[i]) at = middle + 1
        else end = middle
      }
      const side = code[i] === k ? positives : negatives
      side[at] += weights[i]
    }
  }
  return tally.map((column) => column.subarray(0, count)) as ScoreTally
}

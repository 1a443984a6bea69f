// The scores of the positives and of the negatives, each in order: what every judgement of a ranking begins with.
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
  /** Sorts doubles in place, ascending; there is no NaN among them. Default: that of `Float64Array`; `bucketSort` is faster for many. */
  sort?: (keys: Float64Array) => void
}

export interface SortedScores {
  /** Those of positives and of negatives, ascending; rows of weight 0 are left out. */
  readonly highs: Float64Array
  readonly lows: Float64Array
  /** The class of each row, −1 where the weight is 0; and which of them is the positive one. */
  readonly code: Int32Array
  readonly target: number
}

export function sortedScores(
  caller: string,
  truth: Truth,
  scores: Scores,
  { positive, weights, sort = (keys) => void keys.sort() }: RankingOptions,
  name = 'scores',
): SortedScores {
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
  return { highs, lows, code, target }
}

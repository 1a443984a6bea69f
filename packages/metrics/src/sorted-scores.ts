// The scores of the positives and of the negatives, each in order: what every judgement of a ranking begins with.
import { checkLength } from './check-length.ts'
import { encode } from './encode.ts'
import { fault } from './fault.ts'
import { isLabel, type Label, type Scores, type Truth } from './label.ts'
import { positiveIndex } from './positive.ts'

export interface RankingOptions {
  /** The positive class, all others being negative. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
  /**
   * Sorts doubles in place, ascending; there is no NaN among them, nor −0. Default: that of `Float64Array`. From some 10³ rows on {@link bucketSort}
   * makes the whole three times as fast, `sortDoubles` of `@logodds/kernels` four times.
   */
  sort?: (keys: Float64Array) => void
}

export interface SortedScores {
  /** What positives and negatives scored, times −1, ascending; rows of weight 0 are left out. */
  readonly highs: Float64Array
  readonly lows: Float64Array
  /** The class of each row, and which of them is the positive one. */
  readonly code: ArrayLike<Label>
  readonly target: Label
}

/** `above` and `below` have one entry more than there are rows: highs and lows are put at their ends. */
export function sortedScores(
  caller: string,
  truth: Truth,
  scores: Scores,
  { positive, weights, sort = (keys) => void keys.sort() }: RankingOptions,
  above: Float64Array,
  below: Float64Array,
  name = 'scores',
): SortedScores {
  // Two labels are told apart as they are. More of them, and what is wrong, are a matter of codes.
  const pair = weights ? undefined : bothLabels(truth)
  const { classes, codes } = pair ? { classes: pair, codes: [truth] } : encode(caller, [truth], weights)
  const code: ArrayLike<Label> = codes[0]
  const rows = code.length
  checkLength(caller, name, scores, rows)
  const index = positiveIndex(caller, classes, positive, 2)
  const target = pair ? pair[index] : index

  // Sorted apart as plain doubles: no row has to follow its score. Of which class it is cannot be foreseen, so that a branch would cost
  // more than to write to both arrays and move on in one of them.
  let high = rows
  let low = rows
  for (let i = 0; i < rows; i++) {
    const score = scores[i]
    if (score !== +score) fault(caller, `${name}[${i}] to be a number`, score, TypeError)
    const isNone = weights && !weights[i] ? 1 : 0
    const isHigh = +(code[i] === target) & ~isNone
    // 0 for both zeros, which are tied.
    above[high] = 0 - score
    below[low] = 0 - score
    high -= isHigh
    low += isHigh - 1 + isNone
  }
  const highs = above.subarray(high + 1, rows + 1)
  const lows = below.subarray(low + 1, rows + 1)
  sort(highs)
  sort(lows)
  return { highs, lows, code, target }
}

/** The two labels that rows have, if they have two and no others. */
function bothLabels(truth: Truth): [Label, Label] | undefined {
  const rows = truth?.length
  const one = truth?.[0]
  let i = 1
  while (i < rows && truth[i] === one) i++
  const two = truth?.[i]
  // What is NaN equals nothing.
  let known = 0
  for (i = 0; i < rows; i++) known += +(truth[i] === one) + +(truth[i] === two)
  return known === rows && isLabel(one) && isLabel(two) && typeof one === typeof two ? [one, two] : undefined
}

// The scores of the positives and of the negatives, each in order: what every judgement of a ranking begins with.
import { checkLength } from './check-length.ts'
import { encode } from './encode.ts'
import { fault } from './fault.ts'
import { isLabel, type Label, type Scores, sortLabels, type Truth } from './label.ts'
import { positiveIndex } from './positive.ts'

/** A sort of doubles in place, ascending, and perhaps memory to do it in. A plain function is one. */
export interface Sort {
  /** There is no NaN among the keys, nor −0. What is returned does not matter. */
  (keys: Float64Array): unknown
  /** Lends memory for n doubles, of any content, while `use` runs, whose result it returns: keys that lie in it are sorted fastest. */
  lend?<Result>(n: number, use: (keys: Float64Array) => Result): Result
}

export interface RankingOptions {
  /** The positive class, all others being negative. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
  /**
   * Sorts doubles in place, ascending; there is no NaN among them, nor −0. Default: that of `Float64Array`. From some 10³ rows on {@link bucketSort}
   * makes the whole three times as fast, `sortDoubles` of `@logodds/kernels` five times.
   */
  sort?: Sort
}

export interface SortedScores {
  /** What positives and negatives scored, times −1, ascending; rows of weight 0 are left out. They last as long as `use` runs. */
  readonly highs: Float64Array
  readonly lows: Float64Array
  /** What tells a positive row: `kinds[i] === target`. */
  readonly kinds: ArrayLike<Label>
  readonly target: Label
}

/** What `use` makes of them. */
export function sortedScores<Result>(
  caller: string,
  truth: Truth,
  scores: Scores,
  { positive, weights, sort = (keys) => keys.sort() }: RankingOptions,
  name: string,
  use: (sorted: SortedScores) => Result,
): Result {
  // Two labels are told apart as they are. More of them, and what is wrong, are a matter of codes: 1, 0, and 2 for a row of weight 0.
  const coded = (): Kinds => {
    const [classes, codes] = encode(caller, [truth], weights)
    const index = positiveIndex(caller, classes, positive, 2)
    return [codes[0].map((code, i) => (weights && !weights[i] ? 2 : +(code === index))), 1, 0]
  }
  const given = (weights ? undefined : pair(truth, positive)) ?? coded()
  const rows = truth.length
  checkLength(caller, name, scores, rows)

  const sorted = (keys: Float64Array, [kinds, target, other]: Kinds): Result => {
    // Sorted apart as plain doubles, from both ends: no row has to follow its score. Of which class it is cannot be foreseen, so that a branch
    // would cost more than to write at both ends and move on at one of them.
    let low = 0
    let high = rows
    for (let i = 0; i < rows; i++) {
      const score = scores[i]
      if (score !== +score) fault(caller, `${name}[${i}] to be a number`, score, TypeError)
      // 0 for both zeros, which are tied.
      keys[high - 1] = 0 - score
      keys[low] = 0 - score
      high -= +(kinds[i] === target)
      low += +(kinds[i] === other)
    }
    // There are others than the two labels.
    if (low < high && kinds === truth) return sorted(keys, coded())
    const [lows, highs] = [keys.subarray(0, low), keys.subarray(high, rows)]
    sort(lows)
    sort(highs)
    return use({ highs, lows, kinds, target })
  }
  return sort.lend ? sort.lend(rows, (keys) => sorted(keys, given)) : sorted(new Float64Array(rows), given)
}

/** What tells the rows of the positive class, that class, and the negative one. */
type Kinds = [kinds: ArrayLike<Label>, target: Label, other: Label]

/** The labels as they are, if the first two that differ can be told as positive and negative. */
function pair(truth: Truth, positive?: Label): Kinds | undefined {
  const one = truth?.[0]
  const two = (truth as ReadonlyArray<Label>)?.find?.((label) => label !== one)
  if (!isLabel(one) || !isLabel(two) || typeof one !== typeof two) return undefined
  const both = sortLabels([one, two as Label])
  const index = positive === undefined ? 1 : both.indexOf(positive)
  return index < 0 ? undefined : [truth, both[index], both[1 - index]]
}

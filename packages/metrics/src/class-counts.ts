// What precision, recall and F1 are made of: for each class, how often it was hit, how often it was said, how often it was true.
import type { Encoded } from './encode.ts'

/** Numbers of rows, or sums of their weights, one for each class. */
export type ClassCounts = [
  /** True positives. */
  hits: Float64Array,
  /** Rows said to be of the class. */
  said: Float64Array,
  /** Rows that are of the class. */
  support: Float64Array,
]

/** All three are summed in the order of the rows, so that hits never exceed the other two, also after rounding. */
export function classCounts([classes, codes, weights]: Encoded): ClassCounts {
  const [truth, predicted] = codes
  const [hits, said, support] = [0, 1, 2].map(() => new Float64Array(classes.length))
  for (let i = 0; i < truth.length; i++) {
    const weight = weights[i]
    support[truth[i]] += weight
    said[predicted[i]] += weight
    if (truth[i] === predicted[i]) hits[truth[i]] += weight
  }
  return [hits, said, support]
}

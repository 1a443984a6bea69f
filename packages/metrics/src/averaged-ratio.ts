// One ratio for each class, and the four ways to make one number of them.
import { classCounts } from './class-counts.ts'
import { encode } from './encode.ts'
import { fault, shown, undefinedMetric } from './fault.ts'
import type { Label, Labels, Truth } from './label.ts'
import { positiveIndex } from './positive.ts'
import { sum } from './sum.ts'

export interface AverageOptions {
  /** The class that `average: 'binary'` is about, the others together being its opposite. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /**
   * 'binary' (default): the positive class alone; 'macro': the mean over classes; 'micro': numerators and denominators
   * summed over classes; 'weighted': the mean over classes weighted by how often each is true.
   */
  average?: 'binary' | 'macro' | 'micro' | 'weighted'
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
}

/** `numerator` and `denominator` are of one class; `presence` says where a class has to be for the denominator to be positive. */
export function averagedRatio(
  caller: string,
  truth: Truth,
  predicted: Labels,
  { positive, average = 'binary', weights }: AverageOptions,
  numerator: (hits: number, said: number, support: number, total: number) => number,
  denominator: (said: number, support: number, hits: number, total: number) => number,
  presence: string,
): number {
  const encoded = encode(caller, [truth, predicted], weights)
  const { classes, total } = encoded
  const [hits, said, support] = classCounts(encoded)
  const part = (k: number) => numerator(hits[k], said[k], support[k], total)
  const wholeOf = (k: number) => denominator(said[k], support[k], hits[k], total)
  const ratio = (k: number) => {
    const whole = wholeOf(k)
    if (!whole) undefinedMetric(caller, `rows of class ${shown(classes[k])} ${presence}`, whole)
    return part(k) / whole
  }
  if (average === 'binary') return ratio(positiveIndex(caller, classes, positive))
  if (positive !== undefined) fault(caller, "the option positive with average 'binary' only", positive)

  if (!['macro', 'micro', 'weighted'].includes(average))
    fault(caller, "average 'binary', 'macro', 'micro' or 'weighted'", average)

  const micro = average === 'micro'
  const shares = Float64Array.from(classes, (_, k) =>
    micro ? wholeOf(k) : average === 'macro' ? 1 : support[k],
  )
  // A class of share 0 has no say, also where its ratio is 0/0.
  const terms = shares.map((share, k) => (micro ? part(k) : share && share * ratio(k)))
  // Sorted, so that the sums do not depend on the order of the rows.
  const whole = sum(shares.sort())
  if (!whole) undefinedMetric(caller, `rows of a class ${presence}`, whole)
  return sum(terms.sort()) / whole
}

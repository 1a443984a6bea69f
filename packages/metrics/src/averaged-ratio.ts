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

/** `ratio` is numerator and denominator of one class; `presence` says where a class has to be for the denominator to be positive. */
export function averagedRatio(
  caller: string,
  truth: Truth,
  predicted: Labels,
  { positive, average = 'binary', weights }: AverageOptions,
  ratio: (hits: number, said: number, support: number, total: number) => [above: number, below: number],
  presence: string,
): number {
  const encoded = encode(caller, [truth, predicted], weights)
  const [classes, , , total] = encoded
  const [hits, said, support] = classCounts(encoded)
  const parts = classes.map((_, k) => ratio(hits[k], said[k], support[k], total))
  const divided = ([above, below]: number[], of: string) => {
    if (!below) undefinedMetric(caller, `rows of ${of} ${presence}`, below)
    return above / below
  }
  const ofClass = (k: number) => divided(parts[k], `class ${shown(classes[k])}`)
  if (average === 'binary') return ofClass(positiveIndex(caller, classes, positive))
  if (positive !== undefined) fault(caller, "the option positive with average 'binary' only", positive)
  if (!['macro', 'micro', 'weighted'].includes(average))
    fault(caller, "average 'binary', 'macro', 'micro' or 'weighted'", average)

  const terms = parts.map((part, k) => {
    if (average === 'micro') return part
    const share = average === 'macro' ? 1 : support[k]
    // A class of share 0 has no say, also where its ratio is 0/0.
    return [share && share * ofClass(k), share]
  })
  // Sorted, so that the sums do not depend on the order of the rows.
  return divided(
    [0, 1].map((side) => sum(Float64Array.from(terms, (term) => term[side]).sort())),
    'a class',
  )
}

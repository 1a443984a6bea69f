// Labels of any kind ↔ indices. The order of the classes depends on their values only, never on the order of the data.
import { demand } from './demand.ts'
import type { Label } from './model.ts'

/**
 * The order of classes and of levels: numbers, and strings that all look like numbers, numerically; other strings by code unit;
 * false before true. A new array.
 */
export function sortLabels<L extends Label>(labels: Iterable<L>): L[] {
  const all = [...labels]
  const numeric = all.every((label) => `${label}`.trim() && Number.isFinite(Number(label)))
  return all.sort((a, b) => (numeric && Number(a) - Number(b)) || (a < b ? -1 : +(a > b)))
}

/** Sorted classes, and for each row the index of its class. */
export interface EncodedLabels {
  readonly classes: Label[]
  readonly indices: Float64Array
}

/**
 * Finds the classes of `labels`, sorted, and encodes each label by its index.
 *
 * @throws RangeError if there are not `n` labels, if one is missing, NaN, or of another type than the first, or if there is only
 *   one class.
 */
export function encodeLabels(caller: string, labels: ArrayLike<Label>, n: number): EncodedLabels {
  demand(labels?.length === n, caller, `y.length ${n} (rows of X)`, labels?.length)
  const index = new Map<Label, number>()
  const indices = new Float64Array(n)
  // The two classes that came first: where there are no others, no row has to be looked up, nor a branch foreseen. NaN equals nothing.
  const common: [Label, Label] = [Number.NaN, Number.NaN]
  for (let i = 0; i < n; i++) {
    const label = labels[i]
    let k: number | undefined = +(label !== common[0])
    if (label !== common[k]) {
      k = index.get(label)
      if (k === undefined) {
        demand(
          typeof label === typeof labels[0] &&
            (typeof label === 'string' || typeof label === 'boolean' || Number.isFinite(label)),
          caller,
          'all of y strings, finite numbers or booleans',
          `${typeof label} ${label} at index ${i}`,
        )
        k = index.size
        index.set(label, k)
        if (k < 2) common[k] = label
      }
    }
    indices[i] = k
  }
  const classes = sortLabels(index.keys())
  demand(classes.length > 1, caller, 'at least two classes in y', `one (${JSON.stringify(classes[0])})`)
  // From the order in which they came to their own.
  const rank = [...index.keys()].map((label) => classes.indexOf(label))
  if (rank.some((r, k) => r !== k)) for (let i = 0; i < n; i++) indices[i] = rank[indices[i]]
  return { classes, indices }
}

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
  const all = Array.from(labels)
  const bad = all.findIndex(
    (label) =>
      typeof label !== typeof all[0] ||
      !(typeof label === 'string' || typeof label === 'boolean' || Number.isFinite(label)),
  )
  demand(
    bad < 0,
    caller,
    'all of y strings, finite numbers or booleans',
    `${typeof all[bad]} ${all[bad]} at index ${bad}`,
  )
  const classes = sortLabels(new Set(all))
  demand(classes.length > 1, caller, 'at least two classes in y', `one (${JSON.stringify(classes[0])})`)
  const index = new Map(classes.map((label, k) => [label, k]))
  return { classes, indices: Float64Array.from(all, (label) => index.get(label)!) }
}

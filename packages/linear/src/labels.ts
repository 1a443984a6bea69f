// Labels of any kind ↔ indices. The order of the classes depends on their values only, never on the order of the data.
import type { Label } from './model.ts'

const looksNumeric = (label: Label) =>
  typeof label === 'string' && label.trim() !== '' && Number.isFinite(Number(label))

/**
 * The order of classes and of levels: numbers, and strings that all look like numbers, numerically; other strings by code unit;
 * false before true. A new array.
 */
export function sortLabels<L extends Label>(labels: Iterable<L>): L[] {
  const all = [...labels]
  const byCode = (a: Label, b: Label) => (a < b ? -1 : a > b ? 1 : 0)
  return all.every(looksNumeric)
    ? all.sort((a, b) => Number(a) - Number(b) || byCode(a, b))
    : all.sort(byCode)
}

/** Sorted classes, and for each row the index of its class. */
export interface EncodedLabels {
  readonly classes: Label[]
  readonly indices: Float64Array
}

/**
 * Finds the classes of `labels`, sorted, and encodes each label by its index.
 *
 * @throws TypeError if a label is missing, NaN, or of another type than the first.
 * @throws RangeError if there are not `n` labels, or fewer than two classes.
 */
export function encodeLabels(caller: string, labels: ArrayLike<Label>, n: number): EncodedLabels {
  if (labels?.length !== n)
    throw new RangeError(`${caller}: expected y.length ${n} (rows of X), got ${labels?.length}`)
  const type = typeof labels[0]
  const seen = new Set<Label>()
  for (let i = 0; i < n; i++) {
    const label = labels[i]
    const known = typeof label === 'string' || typeof label === 'boolean' || Number.isFinite(label)
    if (!known || typeof label !== type)
      throw new TypeError(
        `${caller}: expected labels in y that are all strings, all finite numbers or all booleans, got ${typeof label} ${String(label)} at index ${i}`,
      )
    seen.add(label)
  }
  const classes = sortLabels(seen)
  if (classes.length < 2)
    throw new RangeError(
      `${caller}: expected at least two classes in y, got one (${JSON.stringify(classes[0])})`,
    )
  const index = new Map(classes.map((label, k) => [label, k]))
  return { classes, indices: Float64Array.from(labels, (label) => index.get(label)!) }
}

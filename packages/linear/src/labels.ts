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

/** Sorted classes, for each row the index of its class, and for each class how many rows it has. */
export interface EncodedLabels {
  readonly classes: Label[]
  readonly indices: Float64Array
  readonly counts: number[]
}

// Whole numbers below this are counted as they come, other labels are looked up.
const SMALL = 1024

/**
 * Finds the classes of `labels`, sorted, and encodes each label by its index.
 *
 * @throws RangeError if there are not `n` labels, if one is missing, NaN, or of another type than the first, or if there is only
 *   one class.
 */
export function encodeLabels(caller: string, labels: ArrayLike<Label>, n: number): EncodedLabels {
  demand(labels?.length === n, caller, `y.length ${n} (rows of X)`, labels?.length)
  const indices = new Float64Array(n)
  const index = new Map<Label, number>()
  const type = typeof labels[0]
  const tally: number[] = Array(type === 'number' ? SMALL : 0).fill(0)
  const small = [...tally.keys()]
  for (let i = 0; i < n; i++) {
    const label = labels[i]
    let k: number | undefined = typeof label === 'number' ? label | 0 : -1
    // Small whole numbers are their own places.
    if (k !== label || k < 0 || k >= small.length) {
      k = index.get(label)
      if (k === undefined) {
        demand(
          typeof label === type &&
            (typeof label === 'string' || typeof label === 'boolean' || Number.isFinite(label)),
          caller,
          'all of y strings, finite numbers or booleans',
          `${typeof label} ${label} at index ${i}`,
        )
        k = tally.push(0) - 1
        index.set(label, k)
      }
    }
    tally[k]++
    indices[i] = k
  }
  const classes = sortLabels<Label>([...small.filter((k) => tally[k]), ...index.keys()])
  demand(classes.length > 1, caller, 'at least two classes in y', `one (${JSON.stringify(classes[0])})`)
  // From the places of their tallies to those of the sorted classes.
  const from = classes.map((label) => index.get(label) ?? Number(label))
  const place: number[] = []
  from.forEach((q, k) => {
    place[q] = k
  })
  if (from.some((q, k) => q !== k)) for (let i = 0; i < n; i++) indices[i] = place[indices[i]]
  return { classes, indices, counts: from.map((q) => tally[q]) }
}

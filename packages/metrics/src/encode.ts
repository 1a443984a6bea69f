// Labels → numbers of classes. A row of weight 0 is as if it were not there: it names no class.
import { checkLength } from './check-length.ts'
import { fault, shown } from './fault.ts'
import { isLabel, type Label, sortLabels, type Truth } from './label.ts'

export interface Encoded {
  /** In the order asked for. */
  readonly classes: Label[]
  /** For each column of labels (truth, then predicted) and each row, the index of its class; of any class where the weight is 0. */
  readonly codes: Int32Array[]
  /** Those given, or 1 each; and their sum. */
  readonly weights: ArrayLike<number>
  readonly total: number
}

/**
 * Checks truth, predicted (the second column, if there is one) and the weights, and encodes the labels. `order` makes the list of classes of
 * those found: by default they are as they come, an order that has no meaning.
 */
export function encode(
  caller: string,
  columns: readonly Truth[],
  given?: ArrayLike<number>,
  order: (found: Iterable<Label>) => Label[] = (found) => [...found],
): Encoded {
  const rows = columns[0]?.length
  const weights = given ?? new Uint8Array(rows).fill(1)
  const found = new Set<Label>()
  columns.forEach((labels, c) => {
    const name = c ? 'predicted' : 'truth'
    checkLength(caller, name, labels, rows)
    for (let i = 0; i < rows; i++) {
      const label = labels[i]
      if (found.has(label)) continue
      if (!isLabel(label) || typeof label !== typeof columns[0][0])
        fault(caller, `${name}[${i}] like all labels a string, finite number or boolean`, label, TypeError)
      if (weights[i]) found.add(label)
    }
  })
  checkLength(caller, 'weights', weights, rows)
  let total = 0
  for (let i = 0; i < rows; i++) {
    if (!(Number.isFinite(weights[i]) && weights[i] >= 0))
      fault(caller, `weights[${i}] finite and >= 0`, weights[i])
    total += weights[i]
  }
  // The bound leaves room for the products that the metrics form.
  if (!(total > 0 && total <= 1e300)) fault(caller, 'weights with a sum in (0, 1e300]', total)

  const classes = order(found)
  const index = new Map(classes.map((label, k) => [label, k]))
  const codes = columns.map((labels) =>
    // Where there is no such class, this is 0.
    new Int32Array(rows).map((_, i) => index.get(labels[i]) as number),
  )
  return { classes, codes, weights, total }
}

/** Classes as given, or else sorted. A label that is not among those given is an error. */
export const arranged =
  (caller: string, given?: readonly Label[]) =>
  (found: Iterable<Label>): Label[] => {
    if (!given) return sortLabels(found)
    const classes = new Set(given)
    if (classes.size < given.length) fault(caller, 'distinct classes', given)
    for (const label of found) if (!classes.has(label)) fault(caller, `labels among ${shown(given)}`, label)
    return [...given]
  }

// Labels → numbers of classes. A row of weight 0 is as if it were not there: it names no class.
import { checkLength } from './check-length.ts'
import { fault, shown } from './fault.ts'
import { isLabel, type Label, sortLabels, type Truth } from './label.ts'

export type Encoded = [
  /** As they come, an order that has no meaning; {@link arrange} gives them theirs. */
  classes: Label[],
  /** For each column of labels (truth, then predicted) and each row, the index of its class; of any class where the weight is 0. */
  codes: Int32Array[],
  /** Those given, or 1 each; and their sum. */
  weights: ArrayLike<number>,
  total: number,
]

/** Checks truth, predicted (the second column, if there is one) and the weights, and encodes the labels. */
export function encode(caller: string, columns: readonly Truth[], given?: ArrayLike<number>): Encoded {
  const rows = columns[0]?.length
  const weights = given ?? new Uint8Array(rows).fill(1)
  // Of those found, in the order in which they are.
  const index = new Map<Label, number>()
  const codes = columns.map((labels, c) => {
    const name = c ? 'predicted' : 'truth'
    checkLength(caller, name, labels, rows)
    const column = new Int32Array(rows)
    for (let i = 0; i < rows; i++) {
      const label = labels[i]
      let code = index.get(label)
      if (code === undefined) {
        if (!isLabel(label) || typeof label !== typeof columns[0][0])
          fault(caller, `${name}[${i}] like all labels a string, finite number or boolean`, label, TypeError)
        code = 0
        if (weights[i]) {
          code = index.size
          index.set(label, code)
        }
      }
      column[i] = code
    }
    return column
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

  return [[...index.keys()], codes, weights, total]
}

/** The same with the classes in order: sorted, or as given. A label that is not among those given is an error. */
export function arrange(
  caller: string,
  columns: readonly Truth[],
  each: ArrayLike<number> | undefined,
  given?: readonly Label[],
): Encoded {
  const [found, codes, ...weights] = encode(caller, columns, each)
  const classes = given ? [...given] : sortLabels(found)
  const index = new Map(classes.map((label, k) => [label, k]))
  if (index.size < classes.length) fault(caller, 'distinct classes', classes)
  const places = found.map(
    (label) => index.get(label) ?? fault(caller, `labels among ${shown(classes)}`, label),
  )
  return [classes, codes.map((column) => column.map((code) => places[code])), ...weights]
}

// Labels → numbers of classes. A row of weight 0 is as if it were not there: it names no class and its code is −1.
import { checkLength } from './check-length.ts'
import { fault, shown } from './fault.ts'
import { type Label, sortLabels, type Truth } from './label.ts'

export interface Encoded {
  /** In an order that has no meaning; {@link arrange} gives them theirs. */
  readonly classes: Label[]
  /** For each column of labels (truth, then predicted) and each row, the index of its class; −1 where the weight is 0. */
  readonly codes: Int32Array[]
  /** Sum of the weights. */
  readonly total: number
}

/** Checks truth, predicted (the second column, if there is one) and the weights, and encodes the labels. */
export function encode(caller: string, columns: readonly Truth[], weights?: ArrayLike<number>): Encoded {
  const names = ['truth', 'predicted']
  const rows = columns[0]?.length
  columns.forEach((labels, c) => {
    checkLength(caller, names[c], labels, rows)
  })
  if (weights) checkLength(caller, 'weights', weights, rows)

  const codes = columns.map(() => new Int32Array(rows).fill(-1))
  const classes: Label[] = []
  const index = new Map<Label, number>()
  // Two classes are the common case, and comparing is faster than looking up. NaN equals no label.
  let [one, two]: Label[] = [NaN, NaN]
  let total = 0
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i] : 1
    if (!(Number.isFinite(weight) && weight >= 0)) fault(caller, `weights[${i}] finite and >= 0`, weight)
    total += weight
    for (let c = 0; c < columns.length; c++) {
      const label = columns[c][i]
      let code = label === one ? 0 : label === two ? 1 : (index.get(label) ?? -1)
      if (code < 0) {
        // Finite numbers begin with a digit; NaN, Infinity, null, objects do not get past.
        if (
          !/^(string|boolean|number-?\d)/.test(typeof label + String(label)) ||
          typeof label !== typeof columns[0][0]
        )
          fault(
            caller,
            `${names[c]}[${i}] like all labels a string, finite number or boolean`,
            label,
            TypeError,
          )
        if (weight) {
          code = classes.push(label) - 1
          index.set(label, code)
          one = classes[0]
          two = classes[1] ?? NaN
        }
      }
      if (weight) codes[c][i] = code
    }
  }
  // The bound leaves room for the products that the metrics form.
  if (!(total > 0 && total <= 1e300)) fault(caller, 'weights with a sum in (0, 1e300]', total)
  return { classes, codes, total }
}

/** The same with the classes in order: sorted, or as given. A label that is not among those given is an error. */
export function arrange(
  caller: string,
  { classes: found, codes, total }: Encoded,
  given?: readonly Label[],
): Encoded {
  const classes = given ? [...given] : sortLabels(found)
  if (new Set(classes).size < classes.length) fault(caller, 'distinct classes', classes)
  const index = new Map(classes.map((label, k) => [label, k]))
  const order = found.map((label) => {
    const k = index.get(label)
    if (k === undefined) fault(caller, `labels among ${shown(classes)}`, label)
    return k
  })
  return { classes, codes: codes.map((column) => column.map((code) => order[code] ?? -1)), total }
}

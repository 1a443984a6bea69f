// Rows of probabilities, each checked and then shown with what came true.
import { checkLength } from './check-length.ts'
import { arrange } from './encode.ts'
import { fault, shown } from './fault.ts'
import type { Label, Scores, Truth } from './label.ts'
import { positiveIndex } from './positive.ts'
import type { Probabilities, ProbabilityMatrix } from './probabilities.ts'

export interface ProbabilityOptions {
  /** The columns of a matrix, in their order; for a vector, the classes there are. Default: those that occur in truth, sorted. */
  classes?: readonly Label[]
  /** The class whose probability a vector holds. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /** n weights ≥ 0. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
}

/**
 * `visit` gets a row's probabilities (one array, refilled), the column that came true, the row's weight, its number, and the index of its
 * class. A vector is a matrix of one column, where −1 came true if the positive class did not. Rows of weight 0 are checked only.
 */
export function eachForecast(
  caller: string,
  truth: Truth,
  probabilities: Probabilities,
  { classes: given, positive, weights: each }: ProbabilityOptions,
  visit: (row: Float64Array, k: number, weight: number, i: number, code: number) => void,
): { classes: Label[]; total: number } {
  const [classes, codes, weights, total] = arrange(caller, [truth], each, given)
  const n = truth.length
  const matrix = probabilities as ProbabilityMatrix
  const rows = probabilities as ReadonlyArray<ArrayLike<number>>
  const strided = Boolean(matrix?.shape)
  if (!strided) checkLength(caller, 'probabilities', rows, n)
  const vector = !strided && typeof rows[0] !== 'object'
  if (!vector && positive !== undefined)
    fault(caller, 'the option positive with a vector of probabilities only', positive)
  const target = vector ? positiveIndex(caller, classes, positive) : -1
  const width = vector ? 1 : classes.length
  const columns = `${width} (one for each of the classes ${shown(classes)})`
  if (strided && (`${matrix.shape}` !== `${n},${width}` || matrix.stride?.length !== 2))
    fault(caller, `a matrix of probabilities, ${n} (rows of truth) by ${columns}`, matrix.shape)
  const { data, offset, stride } = strided
    ? matrix
    : { data: probabilities as Scores, offset: 0, stride: [1, 1] }

  // An array of rows is read row by row, all else by strides.
  const apart = !strided && !vector
  const row = new Float64Array(width)
  for (let i = 0; i < n; i++) {
    if (apart && rows[i]?.length !== width)
      fault(caller, `probabilities[${i}].length ${columns}`, rows[i]?.length)
    let mass = 0
    for (let k = 0; k < width; k++) {
      const p = apart ? rows[i][k] : data[offset + i * stride[0] + k * stride[1]]
      if (!(typeof p === 'number' && p >= 0 && p <= 1))
        fault(caller, `probabilities[${i}]${vector ? '' : `[${k}]`} in [0, 1]`, p)
      row[k] = p
      mass += p
    }
    if (!vector && !(Math.abs(mass - 1) <= 1e-6)) fault(caller, `row ${i} of probabilities to sum to 1`, mass)
    const code = codes[0][i]
    if (weights[i]) visit(row, vector ? (code === target ? 0 : -1) : code, weights[i], i, code)
  }
  return { classes, total }
}

// Temperature scaling: one number that all logits are divided by, so that a model is as sure as it is right. No prediction changes.
import { sigmoid, softmax } from '@logodds/core'
import { checkedNumbers, demand } from './demand.ts'
import { encodeLabels } from './labels.ts'
import { asMatrix, type DenseMatrix, type MatrixLike, rowMajor } from './matrix.ts'
import type { Label } from './model.ts'

/** p = softmax(logits / temperature), or σ(logit / temperature). Plain data: it survives JSON. */
export interface TemperatureMap {
  readonly kind: 'temperature'
  /** The classes of the columns of logits; of one column, the negative class and the positive one. */
  readonly classes: readonly Label[]
  /** > 0; above 1 where the logits were too sure. */
  readonly temperature: number
}

export interface TemperatureOptions {
  /**
   * The classes of the columns; for one column of logits the negative class and the positive one. Default: those of truth, sorted, as every
   * model here has them.
   */
  readonly classes?: readonly Label[] | undefined
  /** n weights ≥ 0: counts. Default: 1. */
  readonly weights?: ArrayLike<number> | undefined
}

/**
 * Minimises the mean cross-entropy of softmax(z/T) over T > 0; the problem is convex in 1/T. Fit it on rows that the logits were not
 * fitted on.
 *
 * @param truth n labels
 * @param logits n log-odds, or n × K logits, one column for each class (an ndarray of any stride, or rows)
 * @throws RangeError for sizes that do not fit, numbers that are not finite, a label that is no class; where no temperature is best: logits that are
 *   right in every row (the colder the better) or wrong on the whole (the hotter the better)
 * @see Guo, Pleiss, Sun & Weinberger, On calibration of modern neural networks, ICML 2017, §4.2
 */
export function fitTemperature(
  truth: ArrayLike<Label>,
  logits: ArrayLike<number> | MatrixLike,
  options: TemperatureOptions = {},
): TemperatureMap {
  const caller = 'fitTemperature'
  const n = truth.length
  const encoded = encodeLabels(caller, truth, n)
  const classes = options.classes ?? encoded.classes
  const z = columnsOf(caller, logits)
  const K = z.shape[1]
  demand(z.shape[0] === n, caller, `${n} rows of logits`, z.shape[0])
  demand(
    classes.length === Math.max(2, K),
    caller,
    `${Math.max(2, K)} classes (columns of logits)`,
    classes.length,
  )
  const place = encoded.classes.map((label) => classes.indexOf(label))
  const foreign = place.indexOf(-1)
  demand(
    foreign < 0,
    caller,
    `labels among ${JSON.stringify(classes)}`,
    JSON.stringify(encoded.classes[foreign]),
  )
  const weights = checkedNumbers(caller, 'weights', options.weights ?? new Float64Array(n).fill(1), n, 0)

  // How far each class is above the true one, per row: of that alone the loss depends, log Σ exp(β · ahead), β = 1/T.
  const rows: { weight: number; ahead: number[] }[] = []
  let largest = 0
  for (let i = 0; i < n; i++) {
    if (!weights[i]) continue
    const row = Array.from({ length: Math.max(2, K) }, (_, k) => (K > 1 ? z.at(i, k) : k * z.at(i, 0)))
    const ahead = row.map((v) => v - row[place[encoded.indices[i]]])
    for (const a of ahead) largest = Math.max(largest, Math.abs(a))
    rows.push({ weight: weights[i], ahead })
  }
  demand(rows.length, caller, 'weights with a positive sum', 0)
  demand(largest < Infinity, caller, 'logits whose differences are doubles', largest)
  // d/dβ of the loss, Σ w Σₖ pₖ aheadₖ, which rises; β in units of 1/largest.
  const slope = (beta: number) =>
    rows.reduce((sum, { weight, ahead }) => {
      const p = softmax(ahead.map((a) => (beta * a) / largest))
      return sum + weight * ahead.reduce((s, a, k) => s + p[k] * a, 0)
    }, 0)
  const right = rows.every(({ ahead }) => ahead.every((a) => a <= 0))
  demand(!right, caller, 'logits that are wrong in some row', 'none: the lower the temperature, the better')
  demand(
    slope(0) < 0,
    caller,
    'logits that speak for the true class on the whole',
    'others: the higher the temperature, the better',
  )
  let low = 0
  let high = 1
  while (slope(high) < 0) {
    low = high
    high *= 2
  }
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) break
    if (slope(middle) < 0) low = middle
    else high = middle
  }
  return { kind: 'temperature', classes: [...classes], temperature: largest / high }
}

/**
 * Probabilities: of logits n × K, the classes' as n × K; of n log-odds, the positive class's as n.
 *
 * @throws RangeError for other than K columns, or a number that is not finite
 */
export function applyTemperature(map: TemperatureMap, logits: ArrayLike<number>): Float64Array
export function applyTemperature(map: TemperatureMap, logits: MatrixLike): DenseMatrix
export function applyTemperature(
  { temperature, classes }: TemperatureMap,
  logits: ArrayLike<number> | MatrixLike,
): Float64Array | DenseMatrix {
  const caller = 'applyTemperature'
  const z = columnsOf(caller, logits)
  const [n, K] = z.shape
  demand(classes.length === Math.max(2, K) || n === 0, caller, `${classes.length} columns of logits`, K)
  const p = Float64Array.from({ length: n * K }, (_, q) => z.at(Math.floor(q / K), q % K) / temperature)
  if (!z.matrix) return p.map(sigmoid)
  for (let i = 0; i < n; i++) {
    const row = p.subarray(i * K, (i + 1) * K)
    softmax(row, row)
  }
  return rowMajor(p, n, K)
}

// Logits as a matrix of checked numbers; a vector is one column.
function columnsOf(caller: string, logits: ArrayLike<number> | MatrixLike) {
  const matrix = 'shape' in logits || typeof logits[0] === 'object'
  if (!matrix) {
    const column = checkedNumbers(caller, 'logits', logits as ArrayLike<number>, logits.length, -Infinity)
    return { matrix, shape: [column.length, 1], at: (i: number, _k: number) => column[i] }
  }
  const { data, shape, stride, offset } = asMatrix(caller, logits as MatrixLike)
  demand(shape[1] > 1, caller, 'n log-odds, or logits of two columns or more', `${shape[1]} column`)
  return { matrix, shape, at: (i: number, k: number) => data[offset + i * stride[0] + k * stride[1]] }
}

// What a binary model says of new rows. A model is plain data, so these are functions of it.
import { sigmoid } from '@logodds/core'
import { demand } from './demand.ts'
import type { Design } from './design.ts'
import { checkOffset } from './door.ts'
import { asMatrix, type DenseMatrix, type MatrixLike, rowMajor } from './matrix.ts'
import type { Label, Model, ModelBody } from './model.ts'
import { product, roomFor, timesPowerOfTwo } from './product.ts'

/** A model of any family. */
export type AnyModel = ModelBody & { readonly family: string }

export interface PredictOptions {
  /**
   * Needed if, and only if, the model was fitted with one: n numbers, which are added to every column of η (binary, one-vs-rest), or
   * n × K (softmax).
   */
  offset?: ArrayLike<number> | undefined
}

/**
 * The linear predictor η = X·coefficients + intercept + offset: n × K, one column for each row of coefficients (binary: the log-odds
 * of `model.positive`). Beyond the doubles it is ±Number.MAX_VALUE.
 *
 * @param X n × p: an ndarray of any stride, rows of numbers, or a design such as `csr` makes; not changed
 * @throws RangeError if X does not have the model's columns or holds a number that is not finite, or the offset is missing.
 */
export function decision(model: AnyModel, X: MatrixLike | Design, options: PredictOptions = {}): DenseMatrix {
  return predictor('decision', model, X, options)
}

/**
 * Probabilities of the classes: n × 2, in the order of `model.classes`; each row sums to 1.
 *
 * @throws as {@link decision}; RangeError for a model with more than two classes, which `@logodds/multiclass` serves.
 */
export function predictProbability(
  model: Model,
  X: MatrixLike | Design,
  options: PredictOptions = {},
): DenseMatrix {
  const eta = binaryPredictor('predictProbability', model, X, options)
  const p = new Float64Array(2 * eta.length)
  const positive = model.classes.indexOf(model.positive as Label)
  eta.forEach((z, i) => {
    p[2 * i + positive] = sigmoid(z)
    p[2 * i + 1 - positive] = sigmoid(-z)
  })
  return rowMajor(p, eta.length, 2)
}

/** Probabilities of `model.positive`: n. Throws as {@link predictProbability}. */
export function positiveProbability(
  model: Model,
  X: MatrixLike | Design,
  options: PredictOptions = {},
): Float64Array {
  return binaryPredictor('positiveProbability', model, X, options).map(sigmoid)
}

/**
 * Predicted labels: n. A probability ≥ `threshold` is positive.
 *
 * @param options.threshold in [0, 1]; default 0.5
 * @throws as {@link predictProbability}
 */
export function predict(
  model: Model,
  X: MatrixLike | Design,
  { threshold = 0.5, ...options }: PredictOptions & { threshold?: number | undefined } = {},
): Label[] {
  demand(threshold >= 0 && threshold <= 1, 'predict', 'a threshold in [0, 1]', threshold)
  const eta = binaryPredictor('predict', model, X, options)
  const negative = model.classes.find((label) => label !== model.positive) as Label
  return Array.from(eta, (z) => (sigmoid(z) >= threshold ? (model.positive as Label) : negative))
}

function binaryPredictor(
  caller: string,
  model: Model,
  X: MatrixLike | Design,
  options: PredictOptions,
): Float64Array {
  const eta = linearPredictor(caller, model, X, options)
  const { family } = model
  demand(family === 'binary', caller, `a binary model (for others: ${caller} of @logodds/multiclass)`, family)
  return eta.data
}

/** η for any family of classes, with the caller's name in its errors. */
export function linearPredictor(
  caller: string,
  model: AnyModel,
  X: MatrixLike | Design,
  options: PredictOptions,
): DenseMatrix {
  demand(model?.family !== 'linear', caller, 'a model of classes', 'a linear one: see predictResponse')
  return predictor(caller, model, X, options)
}

/** η for any family. */
export function predictor(
  caller: string,
  model: AnyModel,
  X: MatrixLike | Design,
  options: PredictOptions,
): DenseMatrix {
  const { format, version } = Object(model) as AnyModel
  demand(
    format === 'logodds/model' && version === 1,
    caller,
    'a logodds/model, version 1',
    `${format} version ${version}`,
  )
  const given = (X as Design)?.reader ? (X as Design) : asMatrix(caller, X as MatrixLike, model.terms)
  const { coefficients, intercepts, terms } = model
  const [n, p] = 'reader' in given ? [given.rows, given.columns] : given.shape
  const K = coefficients.length
  demand(p === terms.length || n === 0, caller, `${terms.length} columns (terms of the model)`, p)
  const width = model.family === 'softmax' ? K : 1
  const offset = checkOffset(caller, options.offset, n, width)
  demand(
    model.offset === (offset !== undefined),
    caller,
    model.offset
      ? 'an offset, as the model was fitted with one'
      : 'no offset, as the model was fitted without one',
    offset ? 'one' : 'none',
  )
  const shift = (i: number, k: number) => (offset ? offset[i * width + (k % width)] : 0)
  const eta = product(given, coefficients)
  // Where a product or a sum left the doubles on the way, it is summed again at a fraction of its size.
  let small: Float64Array | undefined
  let e = 0
  for (let q = 0; q < n * K; q++) {
    const k = q % K
    const i = (q - k) / K
    eta[q] += intercepts[k] + shift(i, k)
    if (Math.abs(eta[q]) <= Number.MAX_VALUE) continue
    if (!small) {
      e = roomFor(coefficients)
      small = product(given, coefficients, e)
    }
    // NaN or Infinity were written into a matrix after the design over it was made.
    demand(Number.isFinite(small[q]), caller, 'finite numbers in X', `others in row ${i}`)
    const z = timesPowerOfTwo(small[q], e) + (intercepts[k] + shift(i, k))
    const part = small[q] + timesPowerOfTwo(intercepts[k], -e) + timesPowerOfTwo(shift(i, k), -e)
    // Beyond the largest double, it is that.
    eta[q] = Number.isFinite(z)
      ? z
      : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, timesPowerOfTwo(part, e)))
  }
  return rowMajor(eta, n, K)
}

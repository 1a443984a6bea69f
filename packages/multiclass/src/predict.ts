// What a model of any family says of new rows.
import { sigmoid, softmax } from '@logodds/core'
import {
  predict as binaryLabels,
  predictProbability as binaryProbability,
  type DenseMatrix,
  type Design,
  decision,
  type Label,
  linearPredictor,
  type MatrixLike,
  type PredictOptions,
  rowMajor,
} from '@logodds/linear'
import { type Calibration, calibrated } from './calibration.ts'
import type { ClassModel, MultiLabelModel } from './class-model.ts'
import { ordinalProbabilities } from './cumulative-probability.ts'
import { demand } from './demand.ts'
import { pairwiseCoupling } from './pairwise-coupling.ts'

/** Probabilities that are no further apart are taken for equal: what rounding may do to coupled ones. */
export const TIED = 1e-12

export interface ProbabilityOptions extends PredictOptions {
  /** What decision values go through in place of the model's own probabilities. */
  calibration?: Calibration | undefined
}

/** The linear predictor η: n × K, one column for each row of the model's coefficients. See `decision` of `@logodds/linear`. */
export { decision }

/**
 * Probabilities of the classes: n × K, in the order of `model.classes`; each row sums to 1, except for multi-label models. Softmax: exact. One-vs-rest: each
 * class's sigmoid divided by their sum, which is not calibrated. One-vs-one: the pairs, coupled ({@link pairwiseCoupling}). Ordinal: differences of
 * {@link cumulativeProbability}. Binary: as in `@logodds/linear`.
 *
 * @throws RangeError if X does not have the model's columns or holds a number that is not finite, or the offset is missing; if a
 *   calibration map gives other than probabilities.
 */
export function predictProbability(
  model: ClassModel | MultiLabelModel,
  X: MatrixLike | Design,
  { calibration, ...options }: ProbabilityOptions = {},
): DenseMatrix {
  const caller = 'predictProbability'
  const { length: K } = model.classes
  if (calibration) return calibrated(caller, calibration, linearPredictor(caller, model, X, options), K)
  if (model.family === 'binary') return binaryProbability(model, X, options)
  const eta = linearPredictor(caller, model, X, options)
  const [n, width] = eta.shape
  // Labels that do not exclude each other: their probabilities do not sum to 1.
  if (model.family === 'multi-label') return rowMajor(eta.data.map(sigmoid), n, K)
  const p = new Float64Array(n * K)
  for (let i = 0; i < n; i++) {
    const scores = eta.data.subarray(i * width, (i + 1) * width)
    const row = p.subarray(i * K, (i + 1) * K)
    if (model.family === 'ordinal') ordinalProbabilities(model.thresholds, scores[0], row)
    else if (model.family === 'one-vs-one') row.set(coupled(scores, model.pairs, K))
    else if (model.family === 'softmax') softmax(scores, row)
    else normalisedSigmoids(scores, row)
  }
  return rowMajor(p, n, K)
}

/**
 * Predicted labels: n, the class with the largest probability; among equals the first. For a binary model a probability ≥
 * `threshold` (default 0.5) is positive. `decide` tells ties from decisions.
 *
 * @throws as {@link predictProbability}; RangeError for a threshold with more than two classes
 */
export function predict(
  model: ClassModel,
  X: MatrixLike | Design,
  options: PredictOptions & { threshold?: number | undefined } = {},
): Label[] {
  if (model.family === 'binary') return binaryLabels(model, X, options)
  demand(
    options.threshold === undefined,
    'predict',
    `no threshold for a ${model.family} model`,
    `${options.threshold}; its largest probability decides`,
  )
  const family: string = model.family
  demand(
    family !== 'multi-label',
    'predict',
    'a model of one class a row',
    'a multi-label one: see predictLabels',
  )
  const joint = model.family === 'one-vs-one' || model.family === 'ordinal'
  // Scores order the classes as their probabilities do, which may round to 0 and 1; others are known to a few roundings.
  const { data, shape } = joint
    ? predictProbability(model, X, options)
    : linearPredictor('predict', model, X, options)
  const tied = joint ? TIED : 0
  const [n, K] = shape
  return Array.from({ length: n }, (_, i) => {
    let best = 0
    for (let k = 1; k < K; k++) if (data[i * K + k] > data[i * K + best] + tied) best = k
    return model.classes[best]
  })
}

// σ(ηₖ) / Σ σ(η). Where every sigmoid underflows, their ratios are those of exp(η), which softmax gives.
function normalisedSigmoids(scores: Float64Array, row: Float64Array): void {
  let sum = 0
  for (const z of scores) sum += sigmoid(z)
  if (sum < 1e-300) softmax(scores, row)
  else for (let k = 0; k < row.length; k++) row[k] = sigmoid(scores[k]) / sum
}

function coupled(scores: Float64Array, pairs: readonly [number, number][], K: number): Float64Array {
  const r = new Float64Array(K * K)
  pairs.forEach(([s, t], pair) => {
    r[s * K + t] = sigmoid(-scores[pair])
    r[t * K + s] = sigmoid(scores[pair])
  })
  return pairwiseCoupling(r, K)
}

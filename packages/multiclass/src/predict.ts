// What a model of any family says of new rows.
import { sigmoid, softmax } from '@logodds/core'
import {
  predict as binaryLabels,
  predictProbability as binaryProbability,
  type DenseMatrix,
  decision,
  type Label,
  linearPredictor,
  type MatrixLike,
  type Model,
  type PredictOptions,
  rowMajor,
} from '@logodds/linear'
import { type Calibration, calibrated } from './calibration.ts'

export interface ProbabilityOptions extends PredictOptions {
  /** What decision values go through in place of the model's own probabilities. */
  calibration?: Calibration | undefined
}

/** The linear predictor η: n × K, one column for each row of the model's coefficients. See `decision` of `@logodds/linear`. */
export { decision }

/**
 * Probabilities of the classes: n × K, in the order of `model.classes`; each row sums to 1. Softmax: exact. One-vs-rest: each
 * class's sigmoid divided by their sum, which is not calibrated. Binary: as in `@logodds/linear`.
 *
 * @throws RangeError if X does not have the model's columns or holds a number that is not finite, or the offset is missing; if a
 *   calibration map gives other than probabilities.
 */
export function predictProbability(
  model: Model,
  X: MatrixLike,
  { calibration, ...options }: ProbabilityOptions = {},
): DenseMatrix {
  if (calibration)
    return calibrated('predictProbability', calibration, decision(model, X, options), model.classes.length)
  if (model.family === 'binary') return binaryProbability(model, X, options)
  const { data: eta, shape } = linearPredictor('predictProbability', model, X, options)
  const [n, K] = shape
  for (let i = 0; i < n; i++) {
    const row = eta.subarray(i * K, (i + 1) * K)
    if (model.family === 'softmax') softmax(row, row)
    else normalisedSigmoids(row)
  }
  return rowMajor(eta, n, K)
}

/**
 * Predicted labels: n, the class with the largest probability; among equals the first. For a binary model a probability ≥
 * `threshold` (default 0.5) is positive.
 *
 * @throws as {@link predictProbability}; RangeError for a threshold with more than two classes
 */
export function predict(
  model: Model,
  X: MatrixLike,
  options: PredictOptions & { threshold?: number | undefined } = {},
): Label[] {
  if (model.family === 'binary') return binaryLabels(model, X, options)
  if (options.threshold !== undefined)
    throw new RangeError(
      `predict: expected no threshold for a ${model.family} model, got ${options.threshold}; its largest probability decides`,
    )
  const { data: eta, shape } = linearPredictor('predict', model, X, options)
  const [n, K] = shape
  return Array.from({ length: n }, (_, i) => {
    let best = 0
    for (let k = 1; k < K; k++) if (eta[i * K + k] > eta[i * K + best]) best = k
    return model.classes[best]
  })
}

// σ(ηₖ) / Σ σ(η). Where every sigmoid underflows, their ratios are those of exp(η), which softmax gives.
function normalisedSigmoids(row: Float64Array): void {
  let sum = 0
  for (const z of row) sum += sigmoid(z)
  if (sum < 1e-300) softmax(row, row)
  else for (let k = 0; k < row.length; k++) row[k] = sigmoid(row[k]) / sum
}

// Probabilities of an ordinal model: of y ≤ k, and from them of classes.
import { sigmoid } from '@logodds/core'
import {
  type DenseMatrix,
  type Design,
  linearPredictor,
  type MatrixLike,
  type PredictOptions,
  rowMajor,
} from '@logodds/linear'
import type { OrdinalModel } from './class-model.ts'
import { demand } from './demand.ts'

/**
 * P(y ≤ k) = σ(ζₖ − η) for all classes but the last, where it is 1: n × (K − 1), rising along each row.
 *
 * @throws RangeError for a model of another family; as `decision` does
 */
export function cumulativeProbability(
  model: OrdinalModel,
  X: MatrixLike | Design,
  options: PredictOptions = {},
): DenseMatrix {
  const caller = 'cumulativeProbability'
  demand(model?.family === 'ordinal', caller, 'an ordinal model', model?.family)
  const { data: eta, shape } = linearPredictor(caller, model, X, options)
  const width = model.thresholds.length
  const p = Float64Array.from({ length: shape[0] * width }, (_, q) =>
    sigmoid(model.thresholds[q % width] - eta[Math.floor(q / width)]),
  )
  return rowMajor(p, shape[0], width)
}

/** Probabilities of the K classes at η, σ(a) − σ(b) = σ(a) σ(−b) (1 − e^{b − a}): no digits are lost where both are near 0 or 1. */
export function ordinalProbabilities(thresholds: readonly number[], eta: number, out: Float64Array): void {
  const K = out.length
  for (let k = 0; k < K; k++) {
    const above = k < K - 1 ? sigmoid(thresholds[k] - eta) : 1
    const notBelow = k ? sigmoid(eta - thresholds[k - 1]) : 1
    const gap = k && k < K - 1 ? -Math.expm1(thresholds[k - 1] - thresholds[k]) : 1
    out[k] = above * notBelow * gap
  }
}

// What a linear model says of new rows, on the scale of its targets.
import { sigmoid } from '@logodds/core'
import type { Design } from './design.ts'
import type { MatrixLike } from './matrix.ts'
import type { LinearModel } from './model.ts'
import { type PredictOptions, predictor } from './predict.ts'

/**
 * Predictions: n numbers, the link of the model's loss applied to η (which `decision` gives). 'identity': η, a mean, median or quantile as the
 * loss has it; 'log': e^η, at most Number.MAX_VALUE; 'logit': σ(η), 'half-logit': σ(2η) and 'clipped': (1 + η)/2 with η clipped to
 * [−1, 1], the probability of 1 or +1; 'sign': +1 where η ≥ 0, else −1. R's predict(type = "response").
 *
 * @param X n × p: an ndarray of any stride, rows of numbers, or a design; not changed
 * @throws RangeError if X does not have the model's columns or holds a number that is not finite, or the offset is missing.
 */
export function predictResponse(
  model: LinearModel,
  X: MatrixLike | Design,
  options: PredictOptions = {},
): Float64Array {
  const eta = predictor('predictResponse', model, X, options).data
  const { link } = model
  return eta.map((z) => {
    if (link === 'log') return Math.min(Math.exp(z), Number.MAX_VALUE)
    if (link === 'logit') return sigmoid(z)
    if (link === 'half-logit') return sigmoid(2 * z)
    if (link === 'clipped') return (1 + Math.max(-1, Math.min(1, z))) / 2
    return link === 'sign' ? (z < 0 ? -1 : 1) : z
  })
}

// The surprise at the truth, given the probabilities.
import { type ClipOptions, clippedSurprise } from './clipped-surprise.ts'
import { eachForecast, type ProbabilityOptions } from './each-forecast.ts'
import { fault } from './fault.ts'
import type { Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'

export interface LogLossOptions extends ProbabilityOptions, ClipOptions {
  /** Of the logarithm, > 1. Default: e, for nats; 2 for bits. */
  base?: number
  /** 'mean' (default): Σ wᵢ lossᵢ / Σ wᵢ; 'sum': Σ wᵢ lossᵢ; 'none': the n numbers wᵢ lossᵢ, 0 where the weight is 0. */
  reduction?: 'mean' | 'sum' | 'none'
}

/**
 * Log loss (cross-entropy): −Σ wᵢ log pᵢ / Σ wᵢ in nats, pᵢ being the probability given to the true class of row i.
 * Rows are not renormalised after the clip.
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @throws RangeError for a probability outside [0, 1] or NaN, a row that does not sum to 1 within 1e-6, a label outside
 * `classes`, other than one column for each class, differing lengths, no rows, weights that are negative, not finite or
 * all 0; for a vector with more than two classes and no `positive`; for an option outside its values.
 * @throws TypeError for labels that are missing, NaN or of mixed types.
 */
export function logLoss(
  truth: Truth,
  probabilities: Probabilities,
  options: LogLossOptions & { reduction: 'none' },
): Float64Array
export function logLoss(
  truth: Truth,
  probabilities: Probabilities,
  options?: LogLossOptions & { reduction?: 'mean' | 'sum' },
): number
export function logLoss(
  truth: Truth,
  probabilities: Probabilities,
  { clip, base, reduction = 'mean', ...options }: LogLossOptions = {},
): number | Float64Array {
  const loss = clippedSurprise('logLoss', clip)
  if (base !== undefined && !(base > 1 && base < Infinity)) fault('logLoss', 'base finite and > 1', base)
  if (!['mean', 'sum', 'none'].includes(reduction))
    fault('logLoss', "reduction 'mean', 'sum' or 'none'", reduction)
  const unit = base ? Math.log(base) : 1
  const losses = new Float64Array(reduction === 'none' ? truth?.length : 0)
  let sum = 0
  const { total } = eachForecast('logLoss', truth, probabilities, options, (row, k, weight, i) => {
    const share = weight * (loss(row, k) / unit)
    losses[i] = share
    sum += share
  })
  return reduction === 'none' ? losses : reduction === 'sum' ? sum : sum / total
}

// How much of the log-likelihood is explained.
import { fault, undefinedMetric } from './fault.ts'

/**
 * McFadden's R²: 1 − ℓ / ℓ₀, in [0, 1) for a fit by maximum likelihood and the null model that it contains. (D. McFadden, Conditional logit
 * analysis of qualitative choice behavior, in Frontiers in Econometrics, 1974.) From probabilities it is {@link logLossSkill}.
 *
 * @param logLikelihood of the model, ≤ 0
 * @param nullLogLikelihood of the model with an intercept only, ≤ 0
 * @throws RangeError for a number that is not finite or > 0
 * @throws RangeError named 'UndefinedMetricError' for a null model that is perfect: one class only.
 */
export function mcfaddenR2(logLikelihood: number, nullLogLikelihood: number): number {
  for (const [name, value] of Object.entries({ logLikelihood, nullLogLikelihood }))
    if (!(Number.isFinite(value) && value <= 0)) fault('mcfaddenR2', `${name} finite and <= 0`, value)
  if (!nullLogLikelihood) undefinedMetric('mcfaddenR2', 'nullLogLikelihood < 0', nullLogLikelihood)
  return 1 - logLikelihood / nullLogLikelihood
}

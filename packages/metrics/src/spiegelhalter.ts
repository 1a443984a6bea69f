// Is the Brier score what it would be if the probabilities were right?
import { binaryForecasts } from './binary-forecasts.ts'
import type { ProbabilityOptions } from './each-forecast.ts'
import { undefinedMetric } from './fault.ts'
import type { TestStatistic } from './hosmer-lemeshow.ts'
import type { Scores, Truth } from './label.ts'

export interface SpiegelhalterStatistic extends TestStatistic {
  /** Asymptotically standard normal if the probabilities are right; its square is `statistic`, with df 1. Above 0: surer than right. */
  z: number
}

/**
 * Spiegelhalter's z: Σ (y − p)(1 − 2p) / √ Σ (1 − 2p)² p(1 − p), the Brier score less its expectation over its standard deviation, both as if
 * the probabilities were right. They should not have been fitted to these rows. Weights are counts of rows. (D. J. Spiegelhalter, Probabilistic
 * prediction in patient management and clinical trials, Statistics in Medicine 5, 1986.)
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class
 * @throws TypeError, RangeError as {@link logLoss}
 * @throws RangeError named 'UndefinedMetricError' if every probability is 0, 1/2 or 1, so that nothing varies.
 */
export function spiegelhalter(
  truth: Truth,
  probabilities: Scores,
  options: ProbabilityOptions = {},
): SpiegelhalterStatistic {
  const [y, p, w] = binaryForecasts('spiegelhalter', truth, probabilities, options)
  let [sum, variance] = [0, 0]
  for (let i = 0; i < w.length; i++) {
    const slope = 1 - 2 * p[i]
    sum += w[i] * (y[i] - p[i]) * slope
    variance += w[i] * slope * slope * p[i] * (1 - p[i])
  }
  if (!(variance > 0)) undefinedMetric('spiegelhalter', 'a probability other than 0, 1/2 and 1', variance)
  const z = sum / Math.sqrt(variance)
  return { statistic: z * z, df: 1, z }
}

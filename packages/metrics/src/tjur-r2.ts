// How far apart the probabilities of the two classes are.
import { binaryForecasts } from './binary-forecasts.ts'
import type { ProbabilityOptions } from './each-forecast.ts'
import { undefinedMetric } from './fault.ts'
import type { Scores, Truth } from './label.ts'

/**
 * Tjur's R², the coefficient of discrimination: the mean probability of the rows that are positive less that of those that are not. In
 * [−1, 1]. (T. Tjur, Coefficients of determination in logistic regression models, The American Statistician 63, 2009.)
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class
 * @throws TypeError, RangeError as {@link logLoss}
 * @throws RangeError named 'UndefinedMetricError' if truth holds no positive or no negative.
 */
export function tjurR2(truth: Truth, probabilities: Scores, options: ProbabilityOptions = {}): number {
  const [outcome, probability, weight] = binaryForecasts('tjurR2', truth, probabilities, options)
  const [sums, mass] = [
    [0, 0],
    [0, 0],
  ]
  for (let i = 0; i < weight.length; i++) {
    sums[outcome[i]] += weight[i] * probability[i]
    mass[outcome[i]] += weight[i]
  }
  if (!(mass[0] && mass[1])) undefinedMetric('tjurR2', 'rows of two classes', mass)
  return sums[1] / mass[1] - sums[0] / mass[0]
}

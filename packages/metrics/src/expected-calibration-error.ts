// How far, on average, probabilities are from frequencies.
import { type CalibrationErrorOptions, calibrationGaps } from './calibration-gaps.ts'
import type { Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'

/**
 * Expected calibration error: Σ (n_b/n) |ȳ_b − p̄_b| over the bins, in [0, 1]. A vector is judged as the probability of the positive class; a
 * matrix by its top label (C. Guo et al., On calibration of modern neural networks, ICML 2017): how often the likeliest class is right
 * against how likely it was said to be, ties going to the first. (M. P. Naeini, G. Cooper & M. Hauskrecht, AAAI 2015.)
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @throws TypeError, RangeError as {@link logLoss} and {@link calibrationCurve}
 */
export function expectedCalibrationError(
  truth: Truth,
  probabilities: Probabilities,
  options: CalibrationErrorOptions = {},
): number {
  const [gaps, mass] = calibrationGaps('expectedCalibrationError', truth, probabilities, options)
  const total = mass.reduce((sum, each) => sum + each, 0)
  return gaps.reduce((sum, gap, b) => sum + (mass[b] / total) * gap, 0)
}

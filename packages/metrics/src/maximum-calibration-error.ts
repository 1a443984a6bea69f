// How far, in the worst bin, probabilities are from frequencies.
import { type CalibrationErrorOptions, calibrationGaps } from './calibration-gaps.ts'
import type { Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'

/**
 * Maximum calibration error: max |ȳ_b − p̄_b| over the bins that have rows, in [0, 1]. Vectors and matrices as
 * {@link expectedCalibrationError} has them.
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @throws TypeError, RangeError as {@link logLoss} and {@link calibrationCurve}
 */
export function maximumCalibrationError(
  truth: Truth,
  probabilities: Probabilities,
  options: CalibrationErrorOptions = {},
): number {
  return Math.max(...calibrationGaps('maximumCalibrationError', truth, probabilities, options)[0])
}

// The scores of the probabilities of each class's own rows, beside each other.
import { type ClipOptions, clippedSurprise } from './clipped-surprise.ts'
import { eachForecast, type ProbabilityOptions } from './each-forecast.ts'
import { shown } from './fault.ts'
import type { Label, Truth } from './label.ts'
import type { Probabilities } from './probabilities.ts'
import { spherical, squaredError, trueProbability } from './row-scores.ts'

/** Means over the rows of one class; null if it has none, and `reason` says so. */
export interface ClassScores {
  class: Label
  logLoss: number | null
  brierScore: number | null
  sphericalScore: number | null
  /** The mean probability that was given to the class where it is true. */
  correctedProbability: number | null
  /** How many rows (or what sum of weights) are of this class. */
  support: number
  /** Why the numbers are null; null if they are not. */
  reason: string | null
}

/**
 * Log loss, Brier score, spherical score and corrected probability of each class: means over the rows that are of it. Weighted by
 * `support`, they average to what {@link logLoss}, {@link brierScore} and {@link sphericalScore} say of all rows.
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class, or n × K with one column for each class
 * @throws TypeError, RangeError as {@link logLoss}
 */
export function perClassScores(
  truth: Truth,
  probabilities: Probabilities,
  { clip, ...options }: ProbabilityOptions & ClipOptions = {},
): ClassScores[] {
  const of = [clippedSurprise('perClassScores', clip), squaredError, spherical, trueProbability]
  const sums: Float64Array[] = []
  const { classes } = eachForecast(
    'perClassScores',
    truth,
    probabilities,
    options,
    (row, k, weight, _, code) => {
      sums[code] ??= new Float64Array(5)
      of.forEach((score, s) => {
        sums[code][s] += weight * score(row, k)
      })
      sums[code][4] += weight
    },
  )
  return classes.map((label, code) => {
    const [, , , , support] = sums[code] ?? [0, 0, 0, 0, 0]
    const [loss, brier, sphere, corrected] = of.map((_, s) => (support ? sums[code][s] / support : null))
    return {
      class: label,
      logLoss: loss,
      brierScore: brier,
      sphericalScore: sphere,
      correctedProbability: corrected,
      support,
      reason: support ? null : `class ${shown(label)} never occurs in truth`,
    }
  })
}

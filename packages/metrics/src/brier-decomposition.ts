// The Brier score as what is wrong with the frequencies, less what the forecasts tell apart, plus what nobody can know.
import { binaryForecasts } from './binary-forecasts.ts'
import type { ProbabilityOptions } from './each-forecast.ts'
import { fault } from './fault.ts'
import type { Scores, Truth } from './label.ts'

export interface BrierDecompositionOptions extends ProbabilityOptions {
  /**
   * How many bins of one width, closed on the right, rows are gathered in. Default: none; rows of equal probability are a group, as Murphy
   * has it.
   */
  bins?: number
}

/** score = reliability − resolution + uncertainty + withinBin. */
export interface BrierDecomposition {
  /** The Brier score. */
  score: number
  /** Σ nₖ (p̄ₖ − ȳₖ)² / n ≥ 0: how far frequencies are from forecasts; 0 is best. */
  reliability: number
  /** Σ nₖ (ȳₖ − ȳ)² / n ≥ 0: how far the groups' frequencies are apart; the larger the better. */
  resolution: number
  /** ȳ(1 − ȳ): the Brier score of predicting the frequency. */
  uncertainty: number
  /** Σ [(p − p̄ₖ)² − 2 (p − p̄ₖ)(y − ȳₖ)] / n: what the groups hide; 0 where a group has one probability. */
  withinBin: number
}

/**
 * The Brier score split up over groups of rows: those of equal probability, which is exact (A. H. Murphy, A new vector partition of the
 * probability score, J. Appl. Meteorol. 12, 1973), or those of a bin, where the two terms inside the bins are kept, as `withinBin`, so that
 * the sum stays exact (D. B. Stephenson, C. A. S. Coelho & I. T. Jolliffe, Weather and Forecasting 23, 2008). With as many
 * distinct probabilities as rows the groups say little: give `bins`.
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class
 * @throws TypeError, RangeError as {@link logLoss}; RangeError for `bins` that is no whole number > 0
 */
export function brierDecomposition(
  truth: Truth,
  probabilities: Scores,
  { bins, ...options }: BrierDecompositionOptions = {},
): BrierDecomposition {
  if (bins !== undefined && !(Number.isSafeInteger(bins) && bins > 0))
    fault('brierDecomposition', 'bins, a whole number > 0', bins)
  const [y, p, w] = binaryForecasts('brierDecomposition', truth, probabilities, options)
  const groupOf = (probability: number) => {
    if (!bins) return probability
    // The edge b/bins next to it, of which the bin is that on the left if the probability is not beyond.
    const b = Math.round(probability * bins)
    return Math.max(probability > b / bins ? b + 1 : b, 1)
  }
  const groups = new Map<number, { mass: number; said: number; came: number }>()
  let [total, came] = [0, 0]
  for (let i = 0; i < w.length; i++) {
    const key = groupOf(p[i])
    const group = groups.get(key) ?? { mass: 0, said: 0, came: 0 }
    groups.set(key, group)
    group.mass += w[i]
    group.said += w[i] * p[i]
    group.came += w[i] * y[i]
    total += w[i]
    came += w[i] * y[i]
  }
  const frequency = came / total
  let [score, within, reliability, resolution] = [0, 0, 0, 0]
  for (const { mass, said, came } of groups.values()) {
    reliability += mass * (said / mass - came / mass) ** 2
    resolution += mass * (came / mass - frequency) ** 2
  }
  for (let i = 0; i < w.length; i++) {
    score += w[i] * (p[i] - y[i]) ** 2
    const { mass, said, came } = groups.get(groupOf(p[i])) as { mass: number; said: number; came: number }
    const apart = p[i] - said / mass
    if (bins) within += w[i] * apart * (apart - 2 * (y[i] - came / mass))
  }
  return {
    score: score / total,
    reliability: reliability / total,
    resolution: resolution / total,
    uncertainty: frequency * (1 - frequency),
    withinBin: within / total,
  }
}

// Observed against expected counts in groups of rising probability.
import { undefinedMetric } from './fault.ts'
import type { Scores, Truth } from './label.ts'
import { type BinOptions, probabilityBins } from './probability-bins.ts'

export interface HosmerLemeshowOptions
  extends Pick<BinOptions, 'positive' | 'strategy' | 'closed' | 'weights'> {
  /** How many groups, between the quantiles of the probabilities. Default: 10. Quantiles that coincide leave fewer. */
  groups?: number
}

export interface TestStatistic {
  /** Asymptotically χ² with `df` degrees of freedom if the probabilities are right. */
  statistic: number
  df: number
}

/**
 * Hosmer and Lemeshow's Ĉ: Σ (O − E)² / (E (1 − E/n)) over groups of rows, where O are the positives counted and E the sum of the
 * probabilities in a group of n; df is the number of groups that have rows less 2, as it is where the probabilities were fitted to these
 * rows. +Infinity if a group is sure and wrong. (D. W. Hosmer & S. Lemeshow, Communications in Statistics A 9, 1980.) With `strategy` 'uniform' the
 * groups are bins of one width: their Ĥ.
 *
 * @param truth n labels
 * @param probabilities n probabilities of the positive class
 * @throws TypeError, RangeError as {@link calibrationCurve}
 * @throws RangeError named 'UndefinedMetricError' for fewer than 3 groups that have rows.
 */
export function hosmerLemeshow(
  truth: Truth,
  probabilities: Scores,
  { groups = 10, strategy = 'quantile', ...options }: HosmerLemeshowOptions = {},
): TestStatistic {
  const { predicted, observed, mass } = probabilityBins('hosmerLemeshow', truth, probabilities, {
    bins: groups,
    strategy,
    ...options,
  })
  const df = mass.length - 2
  if (df < 1) undefinedMetric('hosmerLemeshow', 'at least 3 groups with rows', mass.length)
  let statistic = 0
  mass.forEach((n, g) => {
    const gap = observed[g] - predicted[g]
    // Where a group is sure and right, 0/0 is no distance.
    if (gap) statistic += (n * gap * gap) / (predicted[g] * (1 - predicted[g]))
  })
  return { statistic, df }
}

// The record of several binary fits as one.
import type { FitRecord } from '@logodds/linear'

/**
 * The first status that is not 'converged', and the largest of each number; the gap is the sum. There is no joint likelihood of one-vs-rest and its kin.
 *
 * @param name says which fit record k is of, at the start of a sentence
 */
export function together(
  records: readonly Omit<FitRecord, 'dataHash'>[],
  name: (k: number) => string,
  all: string,
): Omit<FitRecord, 'dataHash'> {
  const bad = records.findIndex(({ status }) => status !== 'converged')
  const most = (of: (record: Omit<FitRecord, 'dataHash'>) => number) => Math.max(...records.map(of))
  const gaps = records.map(({ dualityGap }) => dualityGap)
  return {
    ...records[Math.max(0, bad)],
    message:
      bad < 0
        ? `Converged: all ${records.length} ${all}, largest gradient norm ${most((r) => r.gradientNorm).toExponential(1)}.`
        : `${name(bad)}: ${records[bad].message}`,
    rank: most((r) => r.rank),
    iterations: most((r) => r.iterations),
    passes: most((r) => r.passes),
    gradientNorm: most((r) => r.gradientNorm),
    dualityGap: gaps.includes(null) ? null : gaps.reduce<number>((sum, gap) => sum + (gap as number), 0),
    logLikelihood: null,
  }
}

// For each bin of probabilities, how much weight it holds, and how far the mean probability is from the frequency.
import type { BinaryForecasts } from './binary-forecasts.ts'
import { type BinOptions, probabilityBins } from './probability-bins.ts'

/** Sums over the rows of a bin; bins without rows are left out. */
export interface BinSums {
  weight: number
  probability: number
  outcome: number
}

export function binSums(
  caller: string,
  [outcome, probability, weight]: BinaryForecasts,
  options: BinOptions,
): BinSums[] {
  const { edges, binOf } = probabilityBins(caller, probability, options, weight)
  const sums = Array.from(edges.subarray(1), () => ({ weight: 0, probability: 0, outcome: 0 }))
  for (let i = 0; i < weight.length; i++) {
    const bin = sums[binOf(probability[i])]
    bin.weight += weight[i]
    bin.probability += weight[i] * probability[i]
    bin.outcome += weight[i] * outcome[i]
  }
  return sums.filter((bin) => bin.weight > 0)
}

// Rows gathered by the probability they were given.
import { checkLength } from './check-length.ts'
import { encode } from './encode.ts'
import { fault } from './fault.ts'
import type { Label, Scores, Truth } from './label.ts'
import { positiveIndex } from './positive.ts'

export interface BinOptions {
  /** How many bins. Default: 10. */
  bins?: number
  /** 'uniform' (default): of equal width over [0, 1]; 'quantile': between the quantiles of the probabilities, interpolated linearly. */
  strategy?: 'uniform' | 'quantile'
  /**
   * Which bin a probability on the edge of two is in. 'right' (default, as scikit-learn): the lower, bins being closed on the
   * right; 'left' (as TorchMetrics): the upper. The first and the last bin are closed on both sides.
   */
  closed?: 'right' | 'left'
  /** The class whose probabilities these are. Default: the last of the sorted classes if there are two, else an error. */
  positive?: Label
  /** n weights ≥ 0, of strategy 'uniform' only. Default: 1 each. A row of weight 0 is as if it were not there. */
  weights?: ArrayLike<number>
}

/** One entry for each bin that has rows. */
export interface ProbabilityBins {
  lower: Float64Array
  upper: Float64Array
  /** The mean probability of the bin's rows. */
  predicted: Float64Array
  /** The share of positives among them. */
  observed: Float64Array
  /** How many they are, or the sum of their weights. */
  mass: Float64Array
}

export function probabilityBins(
  caller: string,
  truth: Truth,
  probabilities: Scores,
  { bins = 10, strategy = 'uniform', closed = 'right', positive, weights: given }: BinOptions,
): ProbabilityBins {
  const [classes, codes, weights] = encode(caller, [truth], given)
  const [code] = codes
  const n = code.length
  checkLength(caller, 'probabilities', probabilities, n)
  const target = positiveIndex(caller, classes, positive)
  if (!(Number.isSafeInteger(bins) && bins > 0)) fault(caller, 'bins, a whole number > 0', bins)
  if (!['uniform', 'quantile'].includes(strategy)) fault(caller, "strategy 'uniform' or 'quantile'", strategy)
  if (!['left', 'right'].includes(closed)) fault(caller, "closed 'right' or 'left'", closed)
  const quantile = strategy === 'quantile'
  // Interpolated quantiles are not defined for rows of unequal weight.
  if (quantile && given) fault(caller, "weights with strategy 'uniform' only", strategy)
  for (let i = 0; i < n; i++)
    if (!(typeof probabilities[i] === 'number' && probabilities[i] >= 0 && probabilities[i] <= 1))
      fault(caller, `probabilities[${i}] in [0, 1]`, probabilities[i])

  const sorted = quantile ? Float64Array.from(probabilities).sort() : new Float64Array()
  const edges = Float64Array.from({ length: bins + 1 }, (_, b) => {
    if (!quantile) return b / bins
    // Whole numbers first, so that a quantile that is a row's own probability is exactly that.
    const at = Math.floor((b * (n - 1)) / bins)
    const part = ((b * (n - 1)) % bins) / bins
    return sorted[at] + part * (sorted[Math.min(at + 1, n - 1)] - sorted[at])
  })

  const [predicted, observed, mass] = [0, 1, 2].map(() => new Float64Array(bins))
  for (let i = 0; i < n; i++) {
    const p = probabilities[i]
    // How many inner edges are below it.
    let bin = 0
    for (let last = bins - 1; bin < last; ) {
      const middle = (bin + last) >> 1
      if (closed === 'right' ? edges[middle + 1] < p : edges[middle + 1] <= p) bin = middle + 1
      else last = middle
    }
    const weight = weights[i]
    mass[bin] += weight
    predicted[bin] += weight * p
    if (code[i] === target) observed[bin] += weight
  }
  const full = [...mass.keys()].filter((b) => mass[b] > 0)
  const kept = (value: (b: number) => number) => Float64Array.from(full, value)
  return {
    lower: kept((b) => edges[b]),
    upper: kept((b) => edges[b + 1]),
    predicted: kept((b) => Math.min(predicted[b] / mass[b], 1)),
    observed: kept((b) => observed[b] / mass[b]),
    mass: kept((b) => mass[b]),
  }
}

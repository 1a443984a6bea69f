// What the mistakes cost, by row.
import { checkedCosts } from './checked-costs.ts'
import { arrange } from './encode.ts'
import type { Label, Labels, Truth } from './label.ts'

export interface MeanCostOptions {
  /** What the rows and columns of costs are. Default: the classes that occur in truth or predicted, sorted. */
  labels?: readonly Label[]
  /** n weights ≥ 0. Default: 1 each. */
  weights?: ArrayLike<number>
}

/**
 * The mean cost of decisions: Σ wᵢ costs[truthᵢ][predictedᵢ] / Σ wᵢ.
 *
 * @param truth n labels
 * @param predicted n labels
 * @param costs K × K: `costs[i][j]` is what it costs to say class j where class i is true
 * @throws TypeError, RangeError as {@link confusionMatrix}, and for costs of another size or beyond ±1e150
 */
export function meanCost(
  truth: Truth,
  predicted: Labels,
  costs: ReadonlyArray<ArrayLike<number>>,
  { labels, weights: given }: MeanCostOptions = {},
): number {
  const [classes, codes, weights, total] = arrange('meanCost', [truth, predicted], given, labels)
  checkedCosts('meanCost', costs, classes)
  let sum = 0
  for (let i = 0; i < truth.length; i++) sum += (weights[i] / total) * costs[codes[0][i]][codes[1][i]]
  return sum
}

// Where to cut a score, by what the cut is for.
import { checkedCosts } from './checked-costs.ts'
import { cumulativeCounts } from './cumulative-counts.ts'
import { fault, undefinedMetric } from './fault.ts'
import type { Scores, Truth } from './label.ts'
import type { RankingOptions } from './sorted-scores.ts'

/**
 * `{ fBeta: β }`: the largest F_β. `{ cost: [[tn, fp], [fn, tp]] }`: the least mean cost, `cost[truth][said]` being that of a row, negative first.
 * `{ youden: true }`: the largest recall + specificity − 1. `{ recall: r }`: the largest precision with recall ≥ r. `{ precision: q }`: the largest
 * recall with precision ≥ q.
 */
export type ThresholdGoal =
  | { fBeta: number }
  | { cost: readonly (readonly number[])[] }
  | { youden: true }
  | { recall: number }
  | { precision: number }

export interface ChosenThreshold {
  /** A score ≥ this is positive. A score of a row, or +Infinity: nothing is positive. */
  threshold: number
  /** What was to be as large as possible, or the mean cost. */
  value: number
  recall: number
  /** null if nothing is called positive. */
  precision: number | null
  /** The share of the negatives that are called negative. */
  specificity: number
}

/**
 * The threshold that serves a goal best on these rows, among +Infinity and the distinct scores; of several that are equally good the
 * largest. Choose it on other rows than it is judged on.
 *
 * @param truth n labels
 * @param scores n numbers, the larger the likelier positive
 * @throws RangeError named 'UndefinedMetricError' if truth holds no positive or no negative, or if no threshold reaches a precision.
 * @throws TypeError, RangeError as {@link rocAuc}; RangeError for a goal that is none of these, β outside [0, 1e6], a rate outside [0, 1], or costs
 * that are not 2 × 2 within ±1e150
 */
export function chooseThreshold(
  truth: Truth,
  scores: Scores,
  goal: ThresholdGoal,
  options: RankingOptions = {},
): ChosenThreshold {
  const caller = 'chooseThreshold'
  const kinds = Object.keys(goal ?? {})
  const [kind] = kinds
  if (kinds.length !== 1 || !['fBeta', 'cost', 'youden', 'recall', 'precision'].includes(kind))
    fault(caller, 'one goal: fBeta, cost, youden, recall or precision', kinds)
  const cost = 'cost' in goal ? goal.cost : [[], []]
  const wanted = Number(Object.values(goal)[0])
  const most = kind === 'fBeta' ? 1e6 : 1
  if (kind === 'cost') checkedCosts(caller, cost, [false, true])
  else if (!(wanted >= 0 && wanted <= most)) fault(caller, `${kind} in [0, ${most}]`, wanted)

  const [thresholds, hits, alarms] = cumulativeCounts(caller, truth, scores, options)
  const last = thresholds.length - 1
  const [positives, negatives] = [hits[last], alarms[last]]
  // Whole counts stay whole, so that what is equal is seen to be; only huge weights are scaled.
  const total = positives + negatives
  const unit = total > 1e100 ? total : 1
  const worth = (i: number): number => {
    const [hit, alarm] = [hits[i], alarms[i]]
    const recall = hit / positives
    // Nothing is called positive: no precision, and the worst there is.
    const precision = i ? hit / (hit + alarm) : -Infinity
    if (kind === 'youden') return (hit / unit) * (negatives / unit) - (alarm / unit) * (positives / unit)
    if (kind === 'recall') return recall >= wanted ? precision : -Infinity
    if (kind === 'precision') return precision >= wanted ? recall : -Infinity
    if (kind === 'fBeta')
      return ((1 + wanted * wanted) * hit) / (wanted * wanted * positives + hit + alarm || 1)
    const [no, yes] = [(negatives - alarm) / unit, (positives - hit) / unit]
    return -(cost[0][0] * no + cost[0][1] * (alarm / unit) + cost[1][0] * yes + cost[1][1] * (hit / unit))
  }
  let [best, value] = [-1, -Infinity]
  for (let i = 0; i <= last; i++) {
    const own = worth(i)
    if (own > value) [best, value] = [i, own]
  }
  if (best < 0) undefinedMetric(caller, `a threshold with ${kind} >= ${wanted}`, 'none')
  const [recall, fallout] = [hits[best] / positives, alarms[best] / negatives]
  return {
    threshold: thresholds[best],
    value: kind === 'cost' ? (0 - value) / (total / unit) : kind === 'youden' ? recall - fallout : value,
    recall,
    precision: best ? hits[best] / (hits[best] + alarms[best]) : null,
    specificity: 1 - fallout,
  }
}

// Where rows may have several labels: precision, recall, F1 and Jaccard, over labels or over rows.
import { fault } from './fault.ts'
import { type Indicators, indicatorColumns } from './indicators.ts'
import type { MultilabelOptions } from './multilabel-confusion.ts'

export interface MultilabelScoresOptions extends MultilabelOptions {
  /**
   * 'macro' (default): the mean over labels; 'micro': numerators and denominators summed over all labels; 'weighted': the mean over labels
   * weighted by how often each is true; 'samples': the mean over rows of what each row's labels give.
   */
  average?: 'macro' | 'micro' | 'weighted' | 'samples'
}

/** null where a label (or a row) that has a say has 0/0, and `reason` says which. */
export interface MultilabelScores {
  precision: number | null
  recall: number | null
  f1: number | null
  jaccard: number | null
  reason: string | null
}

/**
 * Precision, recall, F1 and Jaccard of sets of labels, averaged. A mean with a member 0/0 is null, not a mean with a 0 that nobody counted.
 *
 * @param truth n × L of 0 and 1
 * @param predicted n × L of 0 and 1
 * @throws RangeError as {@link multilabelConfusion}, and for another `average`
 */
export function multilabelScores(
  truth: Indicators,
  predicted: Indicators,
  { average = 'macro', weights }: MultilabelScoresOptions = {},
): MultilabelScores {
  const caller = 'multilabelScores'
  if (!['macro', 'micro', 'weighted', 'samples'].includes(average))
    fault(caller, "average 'macro', 'micro', 'weighted' or 'samples'", average)
  const [is, said, weight] = indicatorColumns(caller, truth, predicted, weights)
  // A group is a label, a row, or everything: [hits, said, support] and its say.
  const groups: [hits: number, said: number, support: number, say: number][] = []
  const samples = average === 'samples'
  is.forEach((column, k) => {
    weight.forEach((each, i) => {
      const at = samples ? i : average === 'micro' ? 0 : k
      groups[at] ??= [0, 0, 0, samples ? each : 1]
      const unit = samples ? 1 : each
      groups[at][0] += unit * column[i] * said[k][i]
      groups[at][1] += unit * said[k][i]
      groups[at][2] += unit * column[i]
    })
  })
  if (average === 'weighted') for (const group of groups) group[3] = group[2]
  const reasons: string[] = []
  const mean = (name: string, above: (g: number[]) => number, below: (g: number[]) => number) => {
    let [sum, say] = [0, 0]
    for (const [at, group] of groups.entries()) {
      if (!group[3]) continue
      if (!below(group)) {
        const where = average === 'micro' ? 'all labels' : `${samples ? 'row' : 'label'} ${at}`
        reasons.push(`${name} of ${where} is 0/0`)
        return null
      }
      sum += group[3] * (above(group) / below(group))
      say += group[3]
    }
    if (say) return sum / say
    reasons.push(`${name}: no label is ever true`)
    return null
  }
  return {
    precision: mean(
      'precision',
      ([hits]) => hits,
      ([, claims]) => claims,
    ),
    recall: mean(
      'recall',
      ([hits]) => hits,
      ([, , support]) => support,
    ),
    f1: mean(
      'f1',
      ([hits]) => 2 * hits,
      ([, claims, support]) => claims + support,
    ),
    jaccard: mean(
      'jaccard',
      ([hits]) => hits,
      ([hits, claims, support]) => claims + support - hits,
    ),
    reason: reasons.join('; ') || null,
  }
}

// Precision, recall and F1 of every class, beside each other.
import { classCounts } from './class-counts.ts'
import type { ConfusionOptions } from './confusion-matrix.ts'
import { arrange } from './encode.ts'
import { shown } from './fault.ts'
import type { Label, Labels, Truth } from './label.ts'

export interface ClassReport {
  class: Label
  /** null if the class is never predicted. */
  precision: number | null
  /** null if the class never occurs in truth. */
  recall: number | null
  /** null if the class occurs in neither. */
  f1: number | null
  /** How many rows (or what sum of weights) are of this class. */
  support: number
  /** Why a number is null; null if none is. */
  reason: string | null
}

/**
 * Precision, recall, F1 and support of each class against all others. A ratio 0/0 is null, and `reason` says why.
 *
 * @param truth n labels
 * @param predicted n labels
 * @throws TypeError, RangeError as {@link confusionMatrix}
 */
export function perClass(
  truth: Truth,
  predicted: Labels,
  { labels, weights }: ConfusionOptions = {},
): ClassReport[] {
  const encoded = arrange('perClass', [truth, predicted], weights, labels)
  const [hits, said, support] = classCounts(encoded)
  return encoded[0].map((label, k) => {
    const ratio = (above: number, below: number) => (below > 0 ? above / below : null)
    const absent = [
      support[k] > 0 ? '' : 'never occurs in truth',
      said[k] > 0 ? '' : 'is never predicted',
    ].filter(Boolean)
    return {
      class: label,
      precision: ratio(hits[k], said[k]),
      recall: ratio(hits[k], support[k]),
      f1: ratio(2 * hits[k], said[k] + support[k]),
      support: support[k],
      reason: absent.length > 0 ? `class ${shown(label)} ${absent.join(' and ')}` : null,
    }
  })
}

// ROC curves: the share of positives found against the share of negatives taken for positives, over all thresholds.
import { checkShare, curveList, curvePoints, legendText } from './curve-points.ts'
import { type CurvePlotOptions, unitSquareSvg } from './unit-square.ts'

/** What `rocCurve` of `@logodds/metrics` returns, and how to name it. */
export interface RocCurve {
  /** FP / (FP + TN) at each threshold, in order (ascending or descending). */
  falsePositiveRate: ArrayLike<number>
  /** TP / (TP + FN) at the same thresholds. */
  truePositiveRate: ArrayLike<number>
  /** Area under the curve, shown in the legend. */
  auc?: number
  /** Whose curve it is: a class or a model. Needed if there are several. */
  label?: string
}

/**
 * An SVG of one or several ROC curves, with the diagonal on which guessing lies. Points are joined by straight lines, as tied scores are
 * counted in the area (T. Fawcett 2006, "An introduction to ROC analysis", Pattern Recognition Letters 27, 861–874).
 *
 * The text is a complete file: white ground, no style sheet, no script, system fonts. Points within a seventh of a pixel of the drawn
 * line are left out, so the size of the file does not grow with the number of rows.
 *
 * @throws TypeError or RangeError if rates are not between 0 and 1 and in order, lengths differ, or several curves lack labels.
 */
export function plotRoc(curves: RocCurve | readonly RocCurve[], options: CurvePlotOptions = {}): string {
  const list = curveList('plotRoc', curves)
  const lines = list.map(({ falsePositiveRate, truePositiveRate, auc, label = '' }) => {
    checkShare('plotRoc', 'auc', auc)
    const points = curvePoints(
      'plotRoc',
      ['falsePositiveRate', falsePositiveRate],
      ['truePositiveRate', truePositiveRate],
    )
    return { ...points, legend: legendText(label, 'AUC', auc) }
  })
  const title = list.length === 1 ? 'ROC curve' : 'ROC curves'
  return unitSquareSvg(
    {
      title,
      description: [title, ...lines.map(({ legend }) => legend)].filter(Boolean).join('; '),
      xLabel: 'False positive rate',
      yLabel: 'True positive rate',
      lines,
      corner: 'right',
      references: [{ from: [0, 0], to: [1, 1], line: null, note: 'chance' }],
    },
    options,
    'plotRoc',
  )
}

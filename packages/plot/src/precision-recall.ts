// Precision–recall curves: how many of those taken for positives are, against the share of positives found, over all thresholds.
import { checkShare, curveList, curvePoints, legendText, shareText } from './curve-points.ts'
import { type CurvePlotOptions, type UnitSquareChart, unitSquareSvg } from './unit-square.ts'

/** What `precisionRecallCurve` of `@logodds/metrics` returns, and how to name it. */
export interface PrecisionRecallCurve {
  /** TP / (TP + FP) at each threshold. */
  precision: ArrayLike<number>
  /** TP / (TP + FN) at the same thresholds, in order (ascending or descending). */
  recall: ArrayLike<number>
  /** Σ ΔR·P, shown in the legend. */
  averagePrecision?: number
  /** Share of the positives among all rows: what guessing reaches, drawn as a dashed line. */
  baseRate?: number
  /** Whose curve it is: a class or a model. Needed if there are several. */
  label?: string
}

/**
 * An SVG of one or several precision–recall curves. They are drawn as steps, since what lies between two points is not on the straight line
 * (J. Davis and M. Goadrich 2006, "The relationship between precision-recall and ROC curves", ICML): between two recalls stands the
 * precision of the larger one, so the area under the drawn line is the average precision Σ ΔR·P.
 *
 * The text is a complete file: white ground, no style sheet, no script, system fonts. Points within a seventh of a pixel of the drawn
 * line are left out, so the size of the file does not grow with the number of rows.
 *
 * @throws TypeError or RangeError if precision or recall is not between 0 and 1, recall is not in order, lengths differ, or several
 * curves lack labels.
 */
export function plotPrecisionRecall(
  curves: PrecisionRecallCurve | readonly PrecisionRecallCurve[],
  options: CurvePlotOptions = {},
): string {
  const list = curveList('plotPrecisionRecall', curves)
  const lines = list.map(({ precision, recall, averagePrecision, baseRate, label = '' }) => {
    checkShare('plotPrecisionRecall', 'averagePrecision', averagePrecision)
    checkShare('plotPrecisionRecall', 'baseRate', baseRate)
    const points = curvePoints('plotPrecisionRecall', ['recall', recall], ['precision', precision])
    return { ...steps(points.x, points.y), legend: legendText(label, 'AP', averagePrecision) }
  })
  const title = list.length === 1 ? 'Precision–recall curve' : 'Precision–recall curves'
  return unitSquareSvg(
    {
      title,
      description: [title, ...lines.map(({ legend }) => legend)].filter(Boolean).join('; '),
      xLabel: 'Recall',
      yLabel: 'Precision',
      lines,
      corner: 'left',
      references: baseRates(list),
    },
    options,
    'plotPrecisionRecall',
  )
}

// One dashed line for each base rate, in the colour of its curve if there are several, with one note for all.
function baseRates(curves: readonly PrecisionRecallCurve[]): UnitSquareChart['references'] {
  const rates = curves.flatMap(({ baseRate }, line) => (baseRate === undefined ? [] : [{ baseRate, line }]))
  const lowest = Math.min(...rates.map(({ baseRate }) => baseRate))
  const noted = rates.findIndex(({ baseRate }) => baseRate === lowest)
  return rates.map(({ baseRate, line }, k) => {
    const note = curves.length === 1 ? `base rate ${shareText(baseRate)}` : 'base rates'
    return {
      from: [0, baseRate],
      to: [1, baseRate],
      line: curves.length === 1 ? null : line,
      note: k === noted ? note : '',
    }
  })
}

// Recall ascending: from each point first up or down to the next precision, then across.
function steps(x: Float64Array, y: Float64Array): { x: Float64Array; y: Float64Array } {
  const [stepX, stepY] = [new Float64Array(2 * x.length - 1), new Float64Array(2 * x.length - 1)]
  stepX[0] = x[0]
  stepY[0] = y[0]
  for (let i = 1; i < x.length; i++) {
    stepX[2 * i - 1] = x[i - 1]
    stepY[2 * i - 1] = y[i]
    stepX[2 * i] = x[i]
    stepY[2 * i] = y[i]
  }
  return { x: stepX, y: stepY }
}

// What `evaluate` tells a person: a few numbers, the confusion matrix, each class.
import type { Colors } from 'picocolors/types'
import type { ClassEvaluation, EvaluationDocument } from './evaluation.ts'
import { countText, numberText } from './number-text.ts'
import { paragraph } from './paragraph.ts'
import type { Pipeline } from './pipeline.ts'
import { LINE_WIDTH, tableText } from './table-text.ts'

export interface EvaluationSubject {
  readonly data: string
  readonly modelName: string
  readonly pipeline: Pipeline
  readonly weighted: boolean
}

export function evaluationText(
  document: EvaluationDocument,
  subject: EvaluationSubject,
  ink: Colors,
): string {
  return [
    paragraph(title(document, subject), { paint: ink.bold }),
    '\n',
    scores(document, subject, ink),
    '\n',
    confusion(document, subject, ink),
    '\n',
    classTable(document.perClass, ink),
  ].join('')
}

function title(
  { n, weightSum }: EvaluationDocument,
  { data, modelName, pipeline, weighted }: EvaluationSubject,
) {
  const counted = weighted ? `, weighted by ${pipeline.weights} (sum ${numberText(weightSum, 9)})` : ''
  return `${modelName} on ${data}: ${countText(n, 'row')}${counted}`
}

function scores(document: EvaluationDocument, { pipeline }: EvaluationSubject, ink: Colors): string {
  const { logLoss, baselineLogLoss, logLossSkill, rocAuc, rocAucInterval, averagePrecision, threshold } =
    document
  const { positive } = pipeline.model
  const average =
    positive === null ? 'mean over the classes, each against the rest' : `class ${positive} against the other`
  const rule =
    threshold === null
      ? 'the likeliest class is predicted'
      : `class ${positive} from probability ${numberText(threshold)} on`
  const lines: [string, number | null, string][] = [
    ['Accuracy', document.accuracy, rule],
    ['Balanced accuracy', document.balancedAccuracy, 'the mean recall of the classes'],
    ['Matthews correlation', document.matthewsCorrelation, ''],
    [
      'Log loss',
      logLoss,
      `${baselineLogLoss.toFixed(4)} for the class frequencies; skill ${shareText(logLossSkill)}`,
    ],
    [
      'Brier score',
      document.brier,
      positive === null ? 'summed over the classes' : `probability of class ${positive}`,
    ],
    [
      'Calibration error',
      document.expectedCalibrationError,
      `expected, in ten bins${positive === null ? ' of the likeliest class' : ''}`,
    ],
    [
      'ROC AUC',
      rocAuc,
      rocAucInterval
        ? `95 % interval ${rocAucInterval.map((end) => end.toFixed(4)).join(' to ')} (DeLong)`
        : average,
    ],
    ['Average precision', averagePrecision, average],
  ]
  return tableText(
    [
      { head: 'Score', cells: lines.map(([name]) => name) },
      { head: 'Value', cells: lines.map(([, value]) => shareText(value)), align: 'right' },
      { head: '', cells: lines.map(([, , note]) => note) },
    ],
    ink,
  )
}

function confusion(
  { confusion: { labels, matrix } }: EvaluationDocument,
  { pipeline }: EvaluationSubject,
  ink: Colors,
): string {
  const cells = labels.map((_, j) => matrix.map((row) => numberText(row[j], 9)))
  const narrowest = cells.map((column) => Math.max(4, ...column.map((text) => text.length)))
  // Two spaces before each column, and room for the names of the true classes.
  const width = narrowest.reduce((sum, each) => sum + each + 2, 16)
  if (width > LINE_WIDTH) return mistakes(labels, matrix, pipeline.target, ink)
  return tableText(
    [
      { head: `True ${pipeline.target}`, cells: labels },
      ...labels.map((label, j) => ({ head: `→ ${label}`, cells: cells[j], align: 'right' as const })),
    ],
    ink,
  )
}

/** Where the matrix is too wide: its largest entries beside the diagonal. */
function mistakes(
  labels: readonly string[],
  matrix: readonly number[][],
  target: string,
  ink: Colors,
): string {
  const wrong = matrix
    .flatMap((row, i) => row.map((count, j) => ({ i, j, count })))
    .filter(({ i, j, count }) => i !== j && count > 0)
    .sort((a, b) => b.count - a.count)
  if (wrong.length === 0) return ''
  const shown = wrong.slice(0, 10)
  const title =
    wrong.length > shown.length
      ? `The ${shown.length} most frequent of ${wrong.length} kinds of mistake; --json has all.\n`
      : ''
  const table = tableText(
    [
      { head: `True ${target}`, cells: shown.map(({ i }) => labels[i]) },
      { head: 'Predicted', cells: shown.map(({ j }) => labels[j]) },
      { head: 'Rows', cells: shown.map(({ count }) => numberText(count, 9)), align: 'right' },
    ],
    ink,
  )
  return title + table
}

function classTable(perClass: readonly ClassEvaluation[], ink: Colors): string {
  const column = (head: string, of: (entry: ClassEvaluation) => string) => ({
    head,
    cells: perClass.map(of),
    align: 'right' as const,
  })
  return tableText(
    [
      { head: 'Class', cells: perClass.map((entry) => entry.class) },
      column('Precision', (entry) => shareText(entry.precision)),
      column('Recall', (entry) => shareText(entry.recall)),
      column('F1', (entry) => shareText(entry.f1)),
      column('ROC AUC', (entry) => shareText(entry.rocAuc)),
      column('Av. prec.', (entry) => shareText(entry.averagePrecision)),
      column('Rows', (entry) => numberText(entry.support, 9)),
    ],
    ink,
  )
}

const shareText = (value: number | null) => (value === null ? '–' : value.toFixed(4))

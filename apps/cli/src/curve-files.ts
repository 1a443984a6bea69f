// --plots: ROC and precision–recall curves as SVG files, of the positive class, or of each class against the rest.
import { join } from 'node:path'
import { precisionRecallCurve, rocCurve } from '@logodds/metrics'
import { plotPrecisionRecall, plotRoc } from '@logodds/plot'
import { classScores } from './class-scores.ts'
import type { EvaluationDocument, Judged } from './evaluation.ts'
import { type OutputFile, outputFile } from './output-files.ts'

/** Two files in `folder`, `rows` in their titles, and a warning for what could not be drawn. */
export function curveFiles(
  judged: Judged,
  evaluation: EvaluationDocument,
  rows: string,
  cwd: string,
  folder: string,
): { files: OutputFile[]; warnings: string[] } {
  const { truth, probabilities, classes, positive, weights } = judged
  const drawn = evaluation.perClass.flatMap((entry, k) => {
    const wanted = positive === null || entry.class === positive
    return wanted && entry.rocAuc !== null && entry.averagePrecision !== null ? [{ entry, k }] : []
  })
  if (drawn.length === 0) return { files: [], warnings: ['no curve could be drawn: only one class occurs'] }
  const curves = drawn.map(({ entry, k }) => ({
    label: entry.class,
    scores: classScores(probabilities, k),
    ranking: { positive: classes[k], weights },
    auc: entry.rocAuc as number,
    averagePrecision: entry.averagePrecision as number,
    baseRate: entry.support / evaluation.weightSum,
  }))
  const roc = plotRoc(
    curves.map(({ label, auc, scores, ranking }) => ({ label, auc, ...rocCurve(truth, scores, ranking) })),
    { title: `ROC, ${rows}` },
  )
  const precisionRecall = plotPrecisionRecall(
    curves.map(({ label, averagePrecision, baseRate, scores, ranking }) => ({
      label,
      averagePrecision,
      baseRate,
      ...precisionRecallCurve(truth, scores, ranking),
    })),
    { title: `Precision and recall, ${rows}` },
  )
  return {
    files: [
      outputFile(cwd, join(folder, 'roc.svg'), roc),
      outputFile(cwd, join(folder, 'precision-recall.svg'), precisionRecall),
    ],
    warnings: [],
  }
}

// How good the probabilities and the labels of a model are, against the truth: the document that `evaluate --json` prints.
import type { DenseMatrix } from '@logodds/linear'
import {
  accuracy,
  averagePrecision,
  baselineLogLoss,
  brierScore,
  confusionMatrix,
  isUndefinedMetric,
  logLoss,
  perClass,
  rocAuc,
} from '@logodds/metrics'
import { classScores } from './class-scores.ts'

/** What is judged. */
export interface Judged {
  readonly truth: readonly string[]
  readonly predicted: readonly string[]
  /** n × K, columns in the order of `classes`. */
  readonly probabilities: DenseMatrix
  readonly classes: readonly string[]
  /** The positive class of a binary model, else null. */
  readonly positive: string | null
  /** n sample weights, if rows count differently. */
  readonly weights: Float64Array | undefined
  /** Of a binary model, else null. */
  readonly threshold: number | null
}

export interface ClassEvaluation {
  class: string
  precision: number | null
  recall: number | null
  f1: number | null
  rocAuc: number | null
  averagePrecision: number | null
  support: number
}

export interface EvaluationDocument {
  format: 'logodds/evaluation'
  version: 1
  n: number
  weightSum: number
  accuracy: number
  logLoss: number
  baselineLogLoss: number
  brier: number
  rocAuc: number | null
  averagePrecision: number | null
  threshold: number | null
  confusion: { labels: string[]; matrix: number[][] }
  perClass: ClassEvaluation[]
  warnings: string[]
}

/** `warnings` are those from before; a number that does not exist is null, with a warning that says why. */
export function evaluationOf(judged: Judged, warnings: readonly string[]): EvaluationDocument {
  const { truth, predicted, probabilities, classes, positive, weights, threshold } = judged
  const counted = { weights }
  const reasons = new Set<string>()
  const orNull = (metric: () => number) => {
    try {
      return metric()
    } catch (error) {
      if (!isUndefinedMetric(error)) throw error
      return null
    }
  }
  const reports = perClass(truth, predicted, { labels: classes, ...counted })
  const each = reports.map((report, k): ClassEvaluation => {
    const ranking = { positive: classes[k], ...counted }
    const scores = classScores(probabilities, k)
    if (report.reason) reasons.add(`${report.reason}: its precision, recall or F1 does not exist`)
    return {
      class: classes[k],
      precision: report.precision,
      recall: report.recall,
      f1: report.f1,
      rocAuc: orNull(() => rocAuc(truth, scores, ranking)),
      averagePrecision: orNull(() => averagePrecision(truth, scores, ranking)),
      support: report.support,
    }
  })
  for (const reason of rankingReasons(each)) reasons.add(reason)
  const one = positive === null ? null : classes.indexOf(positive)
  const overall = (of: (entry: ClassEvaluation) => number | null) =>
    one === null ? mean(each.map(of)) : of(each[one])
  return {
    format: 'logodds/evaluation',
    version: 1,
    n: truth.length,
    weightSum: weights ? weights.reduce((a, b) => a + b, 0) : truth.length,
    accuracy: accuracy(truth, predicted, counted),
    logLoss: logLoss(truth, probabilities, { classes, ...counted }),
    baselineLogLoss: baselineLogLoss(truth, counted),
    brier:
      one === null
        ? brierScore(truth, probabilities, { classes, ...counted })
        : brierScore(truth, classScores(probabilities, one), { classes, positive: classes[one], ...counted }),
    rocAuc: overall((entry) => entry.rocAuc),
    averagePrecision: overall((entry) => entry.averagePrecision),
    threshold,
    confusion: confusionMatrix(truth, predicted, {
      labels: classes,
      ...counted,
    }) as EvaluationDocument['confusion'],
    perClass: each,
    warnings: [...warnings, ...reasons],
  }
}

function rankingReasons(each: readonly ClassEvaluation[]): string[] {
  const present = each.filter(({ support }) => support > 0)
  if (present.length === 1)
    return [
      `all rows are of class ${JSON.stringify(present[0].class)}: ROC and precision–recall curves do not exist`,
    ]
  return each
    .filter(({ support }) => support === 0)
    .map(
      ({ class: label }) =>
        `class ${JSON.stringify(label)} is absent: its ROC and precision–recall curves do not exist`,
    )
}

const mean = (values: readonly (number | null)[]) =>
  values.includes(null)
    ? null
    : values.reduce<number>((sum, value) => sum + (value as number), 0) / values.length

// How good the probabilities and the labels of a model are, against the truth: the document that `evaluate --json` prints.
import type { DenseMatrix } from '@logodds/linear'
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  baselineLogLoss,
  brierScore,
  confusionMatrix,
  delong,
  delongInterval,
  expectedCalibrationError,
  isUndefinedMetric,
  logLoss,
  logLossSkill,
  matthewsCorrelation,
  perClass,
  rocAuc,
} from '@logodds/metrics'
import { classScores } from './class-scores.ts'

/** The normal quantile of a two-sided 95 %. */
const Z_95 = 1.959963984540054

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
  balancedAccuracy: number
  matthewsCorrelation: number | null
  logLoss: number
  baselineLogLoss: number
  /** 1 − logLoss / baselineLogLoss. */
  logLossSkill: number | null
  brier: number
  /** Ten bins of equal width; of the positive class, or of the likeliest one. */
  expectedCalibrationError: number
  rocAuc: number | null
  /** 95 %, by DeLong; null also for weighted rows and for more than two classes. */
  rocAucInterval: [lower: number, upper: number] | null
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
  // What probabilities are judged by: those of the positive class, or all.
  const [said, known] =
    one === null
      ? [probabilities, { classes, ...counted }]
      : [classScores(probabilities, one), { classes, positive: classes[one], ...counted }]
  const mcc = orNull(() => matthewsCorrelation(truth, predicted, counted))
  if (mcc === null) reasons.add('one class only in truth or among the predicted: no Matthews correlation')
  const overall = (of: (entry: ClassEvaluation) => number | null) =>
    one === null ? mean(each.map(of)) : of(each[one])
  const area = overall((entry) => entry.rocAuc)
  const hasInterval = one !== null && !weights && area !== null
  const interval = hasInterval ? orNull(() => areaInterval(judged, one)) : null
  if (hasInterval && !interval) reasons.add('a class has one row only: no interval for the ROC AUC')
  return {
    format: 'logodds/evaluation',
    version: 1,
    n: truth.length,
    weightSum: weights ? weights.reduce((a, b) => a + b, 0) : truth.length,
    accuracy: accuracy(truth, predicted, counted),
    balancedAccuracy: balancedAccuracy(truth, predicted, counted),
    matthewsCorrelation: mcc,
    logLoss: logLoss(truth, probabilities, { classes, ...counted }),
    baselineLogLoss: baselineLogLoss(truth, counted),
    logLossSkill: orNull(() => logLossSkill(truth, probabilities, { classes, ...counted })),
    brier: brierScore(truth, said, known),
    expectedCalibrationError: expectedCalibrationError(truth, said, known),
    rocAuc: area,
    rocAucInterval: interval,
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

function areaInterval({ truth, probabilities, classes }: Judged, k: number): [number, number] {
  const areas = delong(truth, [classScores(probabilities, k)], { positive: classes[k] })
  const { lower, upper } = delongInterval(areas, Z_95)
  return [lower, upper]
}

function orNull<T>(metric: () => T): T | null {
  try {
    return metric()
  } catch (error) {
    if (!isUndefinedMetric(error)) throw error
    return null
  }
}

function rankingReasons(each: readonly ClassEvaluation[]): string[] {
  const present = each.filter(({ support }) => support > 0)
  if (present.length === 1)
    return [
      `all rows are of class ${JSON.stringify(present[0].class)}: ROC and precision–recall curves and the skill do not exist`,
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

// What scikit-learn and R say of decisions, forecasts, calibration and regression (fixtures/judgements.py, hosmer-lemeshow.R), typed.
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Label } from '../src/label.ts'
import { expectNear } from './reference.ts'

type Maybe = number | null

export interface AverageValues {
  jaccard: number
  specificity: Maybe
  fBeta: Record<string, Maybe>
}

export interface Decided {
  name: string
  truth: Label[]
  predicted: Label[]
  weights: number[] | null
  positive: Label | null
  classes: Label[]
  youdenJ: Maybe
  zeroOneLoss: number
  misses: number
  balancedAccuracy: number
  balancedAccuracyAdjusted: Maybe
  matthewsCorrelation: Maybe
  cohenKappa: Record<'none' | 'linear' | 'quadratic', Maybe>
  normalized: Record<'true' | 'pred' | 'all', number[][] | null>
  averages: Record<'macro' | 'micro' | 'weighted', AverageValues> & { binary?: AverageValues }
  meanCost: number
}

type SetScores = Record<'precision' | 'recall' | 'f1' | 'jaccard', Maybe>

export interface Multilabel {
  name: string
  truth: number[][]
  predicted: number[][]
  weights: number[] | null
  confusion: number[][][]
  hammingLoss: number
  averages: Record<'macro' | 'micro' | 'weighted' | 'samples', SetScores>
}

export interface Forecast {
  name: string
  truth: Label[]
  probabilities: number[] | number[][]
  classes: Label[]
  positive: Label | null
  weights: number[] | null
  logLoss: number
  logLossBits: number
  logLossSum: number
  logLosses: number[]
  brierScore: number
  sphericalScore: number
  corrected: number[]
  logLossSkill: Maybe
  brierSkill: Maybe
  perClass: {
    class: Label
    support: number
    logLoss: Maybe
    brierScore: Maybe
    sphericalScore: Maybe
    correctedProbability: Maybe
  }[]
}

export interface Calibrated {
  name: string
  truth: Label[]
  probabilities: number[]
  weights: number[] | null
  positive: Label
  errors: {
    options: { bins: number; strategy: 'uniform' | 'quantile'; closed: 'left' | 'right' }
    expected: number
    maximum: number
  }[]
  spiegelhalter: Maybe
  tjurR2: Maybe
  decompositions: (Record<'score' | 'reliability' | 'resolution' | 'uncertainty' | 'withinBin', number> & {
    bins: number | null
  })[]
}

export interface TopLabel {
  name: string
  truth: number[]
  probabilities: number[][]
  weights: number[] | null
  classes: number[]
  expected: number
  maximum: number
  topK: { k: number; value: number }[]
}

export interface Isotonic {
  name: string
  x: number[]
  y: number[]
  weights: number[] | null
  increasing: boolean
  thresholds: number[]
  values: number[]
  at: number[]
  predicted: number[]
}

export interface Regressed {
  name: string
  truth: number[]
  predicted: number[]
  weights: number[] | null
  meanSquaredError: number
  rootMeanSquaredError: number
  meanAbsoluteError: number
  meanAbsolutePercentageError: Maybe
  medianAbsoluteError: number
  r2Score: Maybe
  explainedVariance: Maybe
  meanPoissonDeviance: Maybe
  meanHuberLoss: Record<string, number>
  meanPinballLoss: Record<string, number>
  meanTweedieDeviance: Record<string, number>
}

interface Judgements {
  decisions: Decided[]
  multilabel: Multilabel[]
  forecasts: Forecast[]
  calibrations: Calibrated[]
  topLabels: TopLabel[]
  isotonic: Isotonic[]
  regressions: Regressed[]
}

interface HosmerLemeshow {
  cases: {
    name: string
    truth: number[]
    probabilities: number[]
    statistics: { groups: number; statistic: number; df: number }[]
  }[]
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8'))

export const judgements: Judgements = read('judgements.json')
export const byR: HosmerLemeshow = read('hosmer-lemeshow.json')

/** The peer's number within 1e-12, or, where it has none, an UndefinedMetricError. */
export function expectPeer(metric: () => number, peer: number | null): void {
  if (peer === null) expect(metric).toThrow(expect.objectContaining({ name: 'UndefinedMetricError' }))
  else expectNear(metric(), peer)
}

/** The peer's number within 1e-12, or null where it has none. */
export function expectNumberOrNull(actual: number | null, peer: number | null): void {
  if (peer === null || actual === null) expect(actual).toBe(peer)
  else expectNear(actual, peer)
}

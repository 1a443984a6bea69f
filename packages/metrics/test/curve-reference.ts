// What scikit-learn, SciPy and pROC say of curves, areas and intervals (fixtures/curves.json, fixtures/delong.json), typed.
import { readFileSync } from 'node:fs'
import type { Label } from '../src/label.ts'

type Averages = Record<'macro' | 'micro' | 'weighted', number>

interface Curves {
  rankings: {
    name: string
    truth: Label[]
    positive: Label | null
    scores: number[]
    weights: number[] | null
    corners: { falsePositiveRate: number[]; truePositiveRate: number[]; thresholdsAfterTheFirst: number[] }
    recallCorners: number[]
    dropIntermediate: number[]
    det: { falsePositiveRate: number[]; falseNegativeRate: number[]; thresholds: number[] }
    gain: { fraction: number[]; gain: number[] }
    lift: { fraction: number[]; lift: number[] }
    cost: { probabilityCost: number[]; expectedCost: number[] }
    partial: { from: number; to: number; raw: number; standardized: number | null }[]
  }[]
  multiclass: {
    name: string
    truth: Label[]
    classes: Label[]
    probabilities: number[][]
    weights: number[] | null
    ovr: Averages
    ovo: Omit<Averages, 'micro'>
    averagePrecision: Averages
  }[]
  multilabel: {
    name: string
    indicators: number[][]
    scores: number[][]
    weights: number[] | null
    rocAuc: Averages
    averagePrecision: Averages
  }[]
  calibration: {
    name: string
    truth: number[]
    probabilities: number[]
    weights: number[] | null
    options: { bins: number; strategy: 'uniform' | 'quantile'; closed: 'right' | 'left' }
    predicted: number[]
    observed: number[]
    mass: number[]
    lower: number[]
    upper: number[]
  }[]
  wilson: { successes: number; trials: number; z: number; lower: number; upper: number }[]
  quantiles: {
    values: number[]
    standardError: number
    intervals: { level: number; bounds: [number, number] }[]
  }
}

interface DeLongOfAsah {
  variance: Record<string, number>
  intervals: { marker: string; z: number; lower: number; upper: number }[]
  pairs: { first: string; second: string; statistic: number; covariance: number }[]
  partial: { marker: string; from: number; to: number; raw: number; standardized: number }[]
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8'))

export const curves: Curves = read('curves.json')
export const asah: DeLongOfAsah = read('delong.json')

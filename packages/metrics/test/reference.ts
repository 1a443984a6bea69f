// What scikit-learn and pROC say (fixtures/), typed, and what agreement means.
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Label } from '../src/label.ts'

export interface Ranking {
  name: string
  truth: Label[]
  scores: number[]
  weights: number[] | null
  positive: Label | null
  roc: { falsePositiveRate: number[]; truePositiveRate: number[]; thresholdsAfterTheFirst: number[] }
  rocAuc: number
  precisionRecall: { precision: number[]; recall: number[]; thresholds: number[] }
  averagePrecision: number
}

export interface Ratios {
  precision: number | null
  recall: number | null
  f1: number | null
}

export interface Decisions {
  name: string
  truth: Label[]
  predicted: Label[]
  weights: number[] | null
  labels: Label[] | null
  positive: Label | null
  classes: Label[]
  confusion: number[][]
  accuracy: number
  perClass: (Ratios & { class: Label; support: number })[]
  averages: Record<'macro' | 'micro' | 'weighted', Ratios> & { binary?: Ratios }
}

export interface Forecasts<Probabilities> {
  name: string
  truth: Label[]
  probabilities: Probabilities
  weights: number[] | null
  positive: Label
  classes: Label[]
  logLoss: number
  brierScore: number
  baselineLogLoss: number
}

interface ScikitLearn {
  rankings: Ranking[]
  decisions: Decisions[]
  vectors: Forecasts<number[]>[]
  matrices: Forecasts<number[][]>[]
  areas: { x: number[]; y: number[]; area: number }[]
}

interface Proc {
  positive: string
  outcome: string[]
  scores: Record<string, number[]>
  rocAuc: Record<string, number>
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8'))

export const scikitLearn: ScikitLearn = read('scikit-learn.json')
export const proc: Proc = read('proc.json')

/** null of a fixture → an option that was not given. */
export const given = <T>(value: T | null): T | undefined => value ?? undefined

/** Within 1e-12, number by number. */
export function expectNear(actual: number | ArrayLike<number>, expected: number | ArrayLike<number>): void {
  const [ours, theirs] = [actual, expected].map((value) =>
    typeof value === 'number' ? [value] : Array.from(value),
  )
  expect(ours.length).toBe(theirs.length)
  for (const [i, value] of theirs.entries()) {
    // Written so that NaN fails.
    if (!(Math.abs(ours[i] - value) <= 1e-12 * Math.max(1, Math.abs(value))))
      expect.fail(`expected ${value} at ${i}, got ${ours[i]}`)
  }
}

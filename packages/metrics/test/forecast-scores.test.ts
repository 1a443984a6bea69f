// The scores of probabilities: against scikit-learn and their definitions, and by what has to hold for any forecast.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baselineLogLoss } from '../src/baseline-log-loss.ts'
import { brierDecomposition } from '../src/brier-decomposition.ts'
import { brierScore } from '../src/brier-score.ts'
import { brierSkill } from '../src/brier-skill.ts'
import { correctedProbabilities } from '../src/corrected-probabilities.ts'
import { logLoss } from '../src/log-loss.ts'
import { logLossSkill } from '../src/log-loss-skill.ts'
import { mcfaddenR2 } from '../src/mcfadden-r2.ts'
import { perClassScores } from '../src/per-class-scores.ts'
import { sphericalScore } from '../src/spherical-score.ts'
import { tjurR2 } from '../src/tjur-r2.ts'
import { expectNumberOrNull, expectPeer, judgements } from './judgements.ts'
import { expectNear, given } from './reference.ts'
import { type Row, repeated, rows, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

const scores = ['logLoss', 'brierScore', 'sphericalScore', 'correctedProbability'] as const

describe.each(judgements.forecasts)('as scikit-learn and the definitions: $name', (peer) => {
  const { truth, probabilities, classes } = peer
  const options = { classes, positive: given(peer.positive), weights: given(peer.weights) }

  test('logLoss, in any base and reduction', () => {
    expectNear(logLoss(truth, probabilities, options), peer.logLoss)
    expectNear(logLoss(truth, probabilities, { ...options, base: 2 }), peer.logLossBits)
    expectNear(logLoss(truth, probabilities, { ...options, reduction: 'sum' }), peer.logLossSum)
    const each = logLoss(truth, probabilities, { ...options, reduction: 'none' })
    expect(each.length).toBe(truth.length)
    expectNear(
      each.filter((_, i) => !peer.weights || peer.weights[i] > 0),
      peer.logLosses,
    )
    expect(each.every((loss, i) => !peer.weights || peer.weights[i] > 0 || loss === 0)).toBe(true)
  })

  test('sphericalScore, brierScore', () => {
    expectNear(sphericalScore(truth, probabilities, options), peer.sphericalScore)
    expectNear(brierScore(truth, probabilities, options), peer.brierScore)
  })

  test('correctedProbabilities', () => {
    const corrected = correctedProbabilities(truth, probabilities, options)
    expectNear(
      corrected.filter((_, i) => !peer.weights || peer.weights[i] > 0),
      peer.corrected,
    )
  })

  test('skills', () => {
    expectPeer(() => logLossSkill(truth, probabilities, options), peer.logLossSkill)
    expectPeer(() => brierSkill(truth, probabilities, options), peer.brierSkill)
  })

  test('perClassScores; by support they average to the whole', () => {
    const reports = perClassScores(truth, probabilities, options)
    expect(reports.map((report) => report.class)).toEqual(classes)
    for (const [k, theirs] of peer.perClass.entries()) {
      expectNear(reports[k].support, theirs.support)
      for (const score of scores) expectNumberOrNull(reports[k][score], theirs[score])
      expect(reports[k].reason).toBe(
        theirs.support ? null : `class ${JSON.stringify(theirs.class)} never occurs in truth`,
      )
    }
    const total = reports.reduce((sum, { support }) => sum + support, 0)
    const overall = (score: 'logLoss' | 'brierScore' | 'sphericalScore') =>
      reports.reduce((sum, report) => sum + report.support * (report[score] ?? 0), 0) / total
    expectNear(overall('logLoss'), peer.logLoss)
    expectNear(overall('brierScore'), peer.brierScore)
    expectNear(overall('sphericalScore'), peer.sphericalScore)
  })
})

describe.each(judgements.calibrations)('as the definitions, in numpy: $name', (peer) => {
  const { truth, probabilities, positive } = peer
  const options = { positive, weights: given(peer.weights) }

  test('tjurR2', () => {
    expectPeer(() => tjurR2(truth, probabilities, options), peer.tjurR2)
  })

  test.each(peer.decompositions)('brierDecomposition, bins: $bins', ({ bins, ...parts }) => {
    const ours = brierDecomposition(truth, probabilities, { ...options, bins: bins ?? undefined })
    for (const part of Object.keys(parts) as (keyof typeof parts)[]) expectNear(ours[part], parts[part])
    expectNear(ours.score, brierScore(truth, probabilities, options))
    expectNear(ours.reliability - ours.resolution + ours.uncertainty + ours.withinBin, ours.score)
  })
})

const forecast = (drawn: Row[]) => scoresOf(drawn).map((score) => (score + 7) / 14)
type Score = (truth: number[], p: number[], options: { weights?: number[] }) => number
const single: Record<string, [Score, least: number, most: number]> = {
  logLoss: [logLoss, 0, 40],
  'logLoss, bits': [(t, p, o) => logLoss(t, p, { base: 2, ...o }), 0, 60],
  brierScore: [brierScore, 0, 1],
  sphericalScore: [sphericalScore, 0, 1],
  logLossSkill: [logLossSkill, -Infinity, 1],
  brierSkill: [brierSkill, -Infinity, 1],
  tjurR2: [tjurR2, -1, 1],
  reliability: [(t, p, o) => brierDecomposition(t, p, o).reliability, 0, 1],
  resolution: [(t, p, o) => brierDecomposition(t, p, o).resolution, 0, 0.25],
}

describe.each(Object.entries(single))('%s', (_, [score, least, most]) => {
  test('is within its bounds; weights are repetitions; the order of the rows has no say', () => {
    fc.assert(
      fc.property(shuffledRows, ([drawn, other]) => {
        const value = score(truthOf(drawn), forecast(drawn), { weights: weightsOf(drawn) })
        expect(value >= least - 1e-12 && value <= most + 1e-12).toBe(true)
        const again = repeated(drawn)
        expectNear(score(truthOf(again), forecast(again), {}), value)
        expectNear(score(truthOf(other), forecast(other), { weights: weightsOf(other) }), value)
      }),
    )
  })
})

test('the split of the Brier score sums up, and what it splits is no less than 0', () => {
  fc.assert(
    fc.property(rows, fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }), (drawn, bins) => {
      const { score, reliability, resolution, uncertainty, withinBin } = brierDecomposition(
        truthOf(drawn),
        forecast(drawn),
        { bins, weights: weightsOf(drawn) },
      )
      expectNear(reliability - resolution + uncertainty + withinBin, score)
      expect(Math.min(reliability, resolution, uncertainty)).toBeGreaterThanOrEqual(0)
      if (bins === undefined) expect(withinBin).toBe(0)
    }),
  )
})

test('the bins of the split are closed on the right, to the last digit', () => {
  // 0.07 · 100 is a little more than 7, and 0.29 · 100 a little less than 29.
  const at = (p: number) => brierDecomposition([0, 1], [p, p + 0.001], { bins: 100 })
  for (const p of [0.07, 0.29, 0.57, 0.58]) expect(at(p).resolution).toBe(0.25)
  expect(brierDecomposition([0, 1], [0.07, 0.065], { bins: 100 }).resolution).toBe(0)
  expect(brierDecomposition([0, 1], [0, 0.01], { bins: 100 }).resolution).toBe(0)
})

test.each([10, 100, 12340])('log loss of a 10 %% base rate is 0.325083 at any n: %i', (n) => {
  const truth = Array.from({ length: n }, (_, i) => i % 10 === 0)
  const p = new Float64Array(n).fill(0.1)
  expectNear(logLoss(truth, p), 0.3250829733914482)
  expectNear(baselineLogLoss(truth, { base: 2 }), 0.4689955935892812)
  expectNear(logLossSkill(truth, p), 0)
  expectNear(brierSkill(truth, p), 0)
})

test('a clip of 0', () => {
  expect(logLoss([0, 1, 1], [0, 1, 0], { clip: 0, reduction: 'none' })).toEqual(
    Float64Array.of(0, 0, Infinity),
  )
  expect(logLoss([0, 1, 1], [0, 1, 0], { clip: 0, base: 2 })).toBe(Infinity)
  expect(logLoss([0, 1], [0, 1], { clip: 0, base: 2, reduction: 'sum' })).toBe(0)
  expect(logLossSkill([0, 1, 1], [0, 1, 0], { clip: 0 })).toBe(-Infinity)
  expect(logLossSkill([0, 1], [0, 1], { clip: 0 })).toBe(1)
})

test('a vector is the second of two columns', () => {
  fc.assert(
    fc.property(rows, (drawn) => {
      const [truth, p] = [truthOf(drawn), forecast(drawn)]
      const both = p.map((q) => [1 - q, q])
      expectNear(sphericalScore(truth, p), sphericalScore(truth, both))
      expectNear(logLossSkill(truth, p), logLossSkill(truth, both))
      expectNear(brierSkill(truth, p), brierSkill(truth, both))
      expectNear(correctedProbabilities(truth, p), correctedProbabilities(truth, both))
    }),
  )
})

test('a row of weight 0 may be of a class that nothing is known of', () => {
  const weights = [1, 1, 0]
  expect(logLoss(['a', 'b', 'c'], [0.5, 0.5, 0.5], { weights, reduction: 'none' })).toEqual(
    Float64Array.of(Math.LN2, Math.LN2, 0),
  )
})

test('McFadden: of the log-likelihoods as of the probabilities', () => {
  const truth = ['no', 'no', 'yes', 'yes', 'no']
  const p = [0.1, 0.4, 0.35, 0.8, 0.2]
  const ll = -logLoss(truth, p, { reduction: 'sum' })
  expectNear(mcfaddenR2(ll, -5 * baselineLogLoss(truth)), logLossSkill(truth, p))
  // R's logLik of glm(low ~ lwt + smoke, binomial, MASS::birthwt) and of its null model, and 1 − deviance / null.deviance.
  expectNear(mcfaddenR2(-112.1703253431364, -117.3359980966092), 0.04402462021262776)
  expect(mcfaddenR2(0, -1)).toBe(1)
})

test.each<[string, () => unknown, string]>([
  ['base', () => logLoss([0, 1], [0, 1], { base: 1 }), 'logLoss: expected base finite and > 1, got 1'],
  ['base', () => logLoss([0, 1], [0, 1], { base: 0 }), 'logLoss: expected base finite and > 1, got 0'],
  [
    'base',
    () => baselineLogLoss([0, 1], { base: NaN }),
    'baselineLogLoss: expected base finite and > 1, got NaN',
  ],
  [
    'reduction',
    () => logLoss([0, 1], [0, 1], { reduction: 'median' as 'sum' }),
    `logLoss: expected reduction 'mean', 'sum' or 'none', got "median"`,
  ],
  [
    'one class',
    () => brierSkill([1, 1], [0.5, 1], { classes: [0, 1] }),
    'brierSkill: expected rows of two classes, got 0, 1',
  ],
  [
    'one class',
    () => tjurR2([1, 1], [0.5, 1], { positive: 1 }),
    'tjurR2: expected rows of two classes, got 0, 2',
  ],
  [
    'bins',
    () => brierDecomposition([0, 1], [0.5, 1], { bins: 0.5 }),
    'brierDecomposition: expected bins, a whole number > 0, got 0.5',
  ],
  [
    'a matrix for a vector',
    () =>
      tjurR2([0, 1], [
        [0.5, 0.5],
        [1, 0],
      ] as unknown as number[]),
    'tjurR2: expected probabilities[0] in [0, 1], got 0.5, 0.5',
  ],
  [
    'NaN',
    () => sphericalScore([0, 1], [0.5, NaN]),
    'sphericalScore: expected probabilities[1] in [0, 1], got NaN',
  ],
  [
    'no rows',
    () => correctedProbabilities([], []),
    'correctedProbabilities: expected truth.length > 0, got 0',
  ],
  ['a likelihood', () => mcfaddenR2(1, -1), 'mcfaddenR2: expected logLikelihood finite and <= 0, got 1'],
  ['a perfect null model', () => mcfaddenR2(0, 0), 'mcfaddenR2: expected nullLogLikelihood < 0, got 0'],
])('%s: an error by name', (_, call, message) => {
  expect(call).toThrow(message)
})

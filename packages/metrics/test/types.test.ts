// What must not compile, so that labels do not get where probabilities belong, nor the other way round. `tsc` is the test of
// the lines below `@ts-expect-error`; they run nowhere.
import ndarray from 'ndarray'
import { expectTypeOf, test } from 'vitest'
import * as metrics from '../src/index.ts'

test('types', () => {
  const labels: (string | number | boolean)[] = []
  const words: string[] = []
  const flags: boolean[] = []
  const codes = new Int32Array()
  const p = new Float64Array()
  const matrix = ndarray(p, [0, 0])

  const _neverRun = () => {
    // @ts-expect-error: what `predict` returns is no probability
    metrics.logLoss(labels, labels)
    // @ts-expect-error
    metrics.logLoss(words, words)
    // @ts-expect-error
    metrics.brierScore(flags, flags)
    // @ts-expect-error: class indices are no probabilities
    metrics.logLoss(codes, codes)
    // @ts-expect-error
    metrics.rocAuc(labels, labels)
    // @ts-expect-error
    metrics.rocCurve(codes, codes)
    // @ts-expect-error: truth comes first
    metrics.averagePrecision(p, words)
    // @ts-expect-error: probabilities are no labels: choose a threshold first
    metrics.accuracy(codes, p)
    // @ts-expect-error
    metrics.f1(labels, new Float32Array())
    // @ts-expect-error
    metrics.confusionMatrix(words, matrix)
    // @ts-expect-error: a string is not an array of labels
    metrics.accuracy('abc', 'abc')
    // @ts-expect-error
    metrics.f1(words, words, { average: 'samples' })
    // @ts-expect-error: a label is no probability, for whatever is made of probabilities
    metrics.brierSkill(words, words)
    // @ts-expect-error
    metrics.logLossSkill(labels, labels)
    // @ts-expect-error
    metrics.brierDecomposition(codes, codes)
    // @ts-expect-error
    metrics.tjurR2(flags, flags)
    // @ts-expect-error: the probabilities of one class are asked for
    metrics.hosmerLemeshow(words, matrix)
    // @ts-expect-error
    metrics.expectedCalibrationError(words, flags)
    // @ts-expect-error: choose a threshold on scores, not on labels
    metrics.chooseThreshold(words, words, { youden: true })
    // @ts-expect-error
    metrics.fitIsotonic(words, codes)
    // @ts-expect-error: scores are no labels
    metrics.matthewsCorrelation(words, p)
    // @ts-expect-error
    metrics.cohenKappa(words, new Float32Array())
    // @ts-expect-error
    metrics.balancedAccuracy(words, matrix)
    // @ts-expect-error: rows of probabilities are no indicators
    metrics.multilabelScores([codes], [p])
    // @ts-expect-error: nor are labels
    metrics.hammingLoss([words], [words])
    // @ts-expect-error: a goal is one of five
    metrics.chooseThreshold(words, p, { accuracy: 1 })
    // @ts-expect-error: what to call positives has to be said
    metrics.decideByThreshold(p, 0.5)
    // @ts-expect-error: numbers, not labels
    metrics.meanSquaredError(words, words)
    // @ts-expect-error
    metrics.jaccard(words, words, { average: 'samples' })
    // @ts-expect-error: a matrix has no order of rows
    metrics.rocAuc(words, matrix)

    metrics.accuracy(words, words)
    metrics.accuracy(codes, labels)
    metrics.accuracy(p, codes)
    metrics.logLoss(words, p)
    metrics.logLoss(labels, matrix)
    metrics.logLoss(labels, [p, p])
    metrics.rocAuc(codes, [0.5, 0.25])
    metrics.rocAuc(p, p)
  }

  expectTypeOf(metrics.logLoss([0, 1], [0, 1], { reduction: 'none' })).toEqualTypeOf<Float64Array>()
  expectTypeOf(metrics.logLoss([0, 1], [0, 1], { reduction: 'sum' })).toEqualTypeOf<number>()
  expectTypeOf(metrics.decideByThreshold([0.5], 0.5, ['no', 'yes'])).toEqualTypeOf<('no' | 'yes')[]>()
  expectTypeOf(metrics.perClass(words.concat('a'), ['a'])).toEqualTypeOf<metrics.ClassReport[]>()
  expectTypeOf<metrics.RocCurve['thresholds']>().toEqualTypeOf<Float64Array>()
  expectTypeOf(_neverRun).toBeFunction()
})

// What must not compile of curves, areas and intervals: labels where scores belong, one vector where several do, options that mean
// nothing. `tsc` is the test of the lines below `@ts-expect-error`; they run nowhere.
import ndarray from 'ndarray'
import { expectTypeOf, test } from 'vitest'
import * as metrics from '../src/index.ts'

test('types of curves and intervals', () => {
  const words: string[] = []
  const codes = new Int32Array()
  const p = new Float64Array()
  const matrix = ndarray(p, [0, 0])

  const _neverRun = () => {
    // @ts-expect-error: labels have no order
    metrics.detCurve(words, words)
    // @ts-expect-error: what `predict` returns is no probability
    metrics.calibrationCurve(words, words)
    // @ts-expect-error: class indices are no scores
    metrics.gainCurve(codes, codes)
    // @ts-expect-error
    metrics.liftCurve(words, codes)
    // @ts-expect-error
    metrics.costCurve(words, [true, false])
    // @ts-expect-error: a lift has no straight stretches
    metrics.liftCurve(words, p, { thin: true })
    // @ts-expect-error: an area is of the whole curve
    metrics.rocAuc(words, p, { thin: true })
    // @ts-expect-error: where does the part end?
    metrics.partialAuc(words, p)
    // @ts-expect-error: a list of vectors
    metrics.delong(words, p)
    // @ts-expect-error
    metrics.delong(words, [words])
    // @ts-expect-error: DeLong's variance is of rows that count once
    metrics.delong(words, [p], { weights: p })
    // @ts-expect-error: the level is given as z
    metrics.delongInterval(metrics.delong(words, [p]))
    // @ts-expect-error: one column for each class
    metrics.multiclassAverage(metrics.rocAuc, words, p)
    // @ts-expect-error
    metrics.multiclassAverage(metrics.rocAuc, words, matrix, { average: 'samples' })
    // @ts-expect-error
    metrics.multiclassAverage(metrics.rocAuc, words, matrix, { multiClass: 'raise' })
    // @ts-expect-error: accuracy is of labels
    metrics.multiclassAverage(metrics.accuracy, words, matrix)
    // @ts-expect-error: indicators are numbers
    metrics.multilabelAverage(metrics.rocAuc, [words], matrix)
    // @ts-expect-error: the metric takes two columns
    metrics.bootstrap(metrics.rocAuc, [words])
    // @ts-expect-error: in this order
    metrics.bootstrap(metrics.rocAuc, [p, words])
    // @ts-expect-error: a sort works in place, on doubles
    metrics.rocAuc(words, p, { sort: (keys: number[]) => keys.sort() })

    metrics.rocAuc(words, p, { sort: metrics.bucketSort })
    metrics.delong(codes, [p, [0.1], Float32Array.of(1)])
    metrics.multiclassAverage(metrics.averagePrecision, words, [p, p])
    metrics.multilabelAverage(metrics.rocAuc, matrix, matrix)
    metrics.bootstrap(metrics.rocAuc, [words, p])
    metrics.bootstrap((y: string[], s: Float64Array) => metrics.rocAuc(y, s, { positive: 'a' }), [words, p])
    metrics.calibrationCurve(words, p, { strategy: 'quantile', closed: 'left' })
  }

  expectTypeOf<metrics.CostCurve['thresholds']>().toEqualTypeOf<Float64Array>()
  expectTypeOf(metrics.wilsonInterval(1, 2, 1)).toEqualTypeOf<metrics.Interval>()
  expectTypeOf<metrics.Bootstrap>().toExtend<metrics.Interval>()
  expectTypeOf(_neverRun).toBeFunction()
})

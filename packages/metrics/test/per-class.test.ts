import { describe, expect, test } from 'vitest'
import { perClass } from '../src/per-class.ts'
import { expectNear, given, scikitLearn } from './reference.ts'

describe('perClass', () => {
  test.each(scikitLearn.decisions)(
    'as scikit-learn: $name',
    ({ truth, predicted, labels, weights, ...peer }) => {
      const reports = perClass(truth, predicted, { labels: given(labels), weights: given(weights) })
      expect(reports.map((report) => report.class)).toEqual(peer.classes)
      for (const [k, report] of reports.entries()) {
        expectNear(report.support, peer.perClass[k].support)
        for (const name of ['precision', 'recall', 'f1'] as const) {
          const [ours, theirs] = [report[name], peer.perClass[k][name]]
          if (theirs === null || ours === null) expect(ours).toBe(theirs)
          else expectNear(ours, theirs)
        }
        const missing = [report.precision, report.recall, report.f1].includes(null)
        expect(typeof report.reason).toBe(missing ? 'string' : 'object')
      }
    },
  )

  test('a ratio 0/0 is null, with its reason', () => {
    expect(perClass(['a', 'a', 'b'], ['a', 'c', 'a'], { labels: ['a', 'b', 'c', 'd'] })).toEqual([
      { class: 'a', precision: 0.5, recall: 0.5, f1: 0.5, support: 2, reason: null },
      { class: 'b', precision: null, recall: 0, f1: 0, support: 1, reason: 'class "b" is never predicted' },
      {
        class: 'c',
        precision: 0,
        recall: null,
        f1: 0,
        support: 0,
        reason: 'class "c" never occurs in truth',
      },
      {
        class: 'd',
        precision: null,
        recall: null,
        f1: null,
        support: 0,
        reason: 'class "d" never occurs in truth and is never predicted',
      },
    ])
  })
})

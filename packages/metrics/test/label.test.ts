import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Label, sortLabels } from '../src/label.ts'

describe('sortLabels', () => {
  test.each<[string, Label[], Label[]]>([
    ['numbers', [10, 9, -1, 0.5], [-1, 0.5, 9, 10]],
    ['strings that look like numbers', ['10', '9', '-1', '1e1'], ['-1', '9', '10', '1e1']],
    ['one that does not', ['10', '9', 'x'], ['10', '9', 'x']],
    ['an empty string looks like no number', ['10', '9', ''], ['', '10', '9']],
    ['code units, not a language', ['b', 'B', 'a', 'é'], ['B', 'a', 'b', 'é']],
    ['booleans', [true, false], [false, true]],
  ])('%s', (_, labels, sorted) => {
    expect(sortLabels(labels)).toEqual(sorted)
  })

  test('does not depend on the order of the data, nor change them', () => {
    const labels = fc.oneof(
      fc.uniqueArray(fc.string()),
      fc.uniqueArray(fc.integer()),
      fc.uniqueArray(fc.integer().map(String)),
    )
    fc.assert(
      fc.property(labels, (drawn: Label[]) => {
        const reversed = Object.freeze(drawn.toReversed())
        expect(sortLabels(reversed)).toEqual(sortLabels(drawn))
      }),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { brierScore } from '../src/brier-score.ts'
import { expectNear, given, scikitLearn } from './reference.ts'

describe('brierScore', () => {
  test.each(scikitLearn.vectors)(
    'as scikit-learn, of a vector: $name',
    ({ truth, probabilities, positive, weights, ...peer }) => {
      expectNear(brierScore(truth, probabilities, { positive, weights: given(weights) }), peer.brierScore)
    },
  )

  test.each(scikitLearn.matrices)(
    'as its definition, of a matrix: $name',
    ({ truth, probabilities, classes, weights, ...peer }) => {
      expectNear(brierScore(truth, probabilities, { classes, weights: given(weights) }), peer.brierScore)
    },
  )

  test('of two columns is twice that of the vector: it is not halved', () => {
    const truth = ['no', 'yes', 'yes']
    const p = [0.25, 0.75, 0.5]
    expect(brierScore(truth, p)).toBe((1 / 16 + 1 / 16 + 1 / 4) / 3)
    expect(
      brierScore(
        truth,
        p.map((q) => [1 - q, q]),
      ),
    ).toBe(2 * brierScore(truth, p))
  })

  test('its ends', () => {
    expect(brierScore([0, 1], [0, 1])).toBe(0)
    expect(brierScore([0, 1], [1, 0])).toBe(1)
    expect(
      brierScore(
        [0, 1],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    ).toBe(2)
  })

  test('a probability that is none is an error by name', () => {
    expect(() => brierScore([0, 1], [0, 1.01])).toThrow(
      'brierScore: expected probabilities[1] in [0, 1], got 1.01',
    )
  })
})

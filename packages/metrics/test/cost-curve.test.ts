import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costCurve } from '../src/cost-curve.ts'
import { rocCurve } from '../src/roc-curve.ts'
import { curves } from './curve-reference.ts'
import { expectNear, given } from './reference.ts'
import { rows, scoresOf, shuffledRows, truthOf, weightsOf } from './rows.ts'

type Curve = ReturnType<typeof costCurve>

/** The height of the broken line at x. */
function costAt({ probabilityCost, expectedCost }: Curve, x: number): number {
  const i = Math.max(
    1,
    probabilityCost.findIndex((at) => at >= x),
  )
  const [left, right] = [probabilityCost[i - 1], probabilityCost[i]]
  return expectedCost[i - 1] + ((x - left) / (right - left)) * (expectedCost[i] - expectedCost[i - 1])
}

describe('costCurve', () => {
  test.each(curves.rankings)(
    'is the least of all lines: $name',
    ({ truth, scores, positive, weights, cost }) => {
      const curve = costCurve(truth, scores, { positive: given(positive), weights: given(weights) })
      expectNear(
        cost.probabilityCost.map((x) => costAt(curve, x)),
        cost.expectedCost,
      )
    },
  )

  test('each threshold is best on its piece; the line is concave, from (0, 0) to (1, 0)', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (drawn, weighted) => {
        const options = { weights: weighted ? weightsOf(drawn) : undefined }
        const curve = costCurve(truthOf(drawn), scoresOf(drawn), options)
        const roc = rocCurve(truthOf(drawn), scoresOf(drawn), options)
        const costs = (x: number) =>
          roc.thresholds.map((_, i) => (1 - roc.truePositiveRate[i]) * x + roc.falsePositiveRate[i] * (1 - x))
        const { probabilityCost: x, expectedCost, thresholds } = curve
        expect(thresholds.length).toBe(x.length - 1)
        expect([x[0], expectedCost[0], x[x.length - 1]]).toEqual([0, 0, 1])
        expectNear(expectedCost[x.length - 1], 0)
        for (const [i, threshold] of thresholds.entries()) {
          expect(x[i + 1]).toBeGreaterThan(x[i])
          if (i > 0) expect(threshold).toBeLessThan(thresholds[i - 1])
          const at = roc.thresholds.indexOf(threshold)
          for (const inside of [x[i], (x[i] + x[i + 1]) / 2, x[i + 1]]) {
            expectNear(costs(inside)[at], Math.min(...costs(inside)))
            expectNear(costAt(curve, inside), Math.min(...costs(inside)))
          }
        }
      }),
    )
  })

  test('a perfect order costs nothing, no order the smaller of both', () => {
    const perfect = costCurve([0, 0, 1, 1], [1, 2, 3, 4])
    expect([...perfect.probabilityCost]).toEqual([0, 1])
    expect([...perfect.expectedCost]).toEqual([0, 0])
    expect([...perfect.thresholds]).toEqual([3])
    const none = costCurve([0, 0, 1, 1], [7, 7, 7, 7])
    expect([...none.probabilityCost]).toEqual([0, 0.5, 1])
    expect([...none.expectedCost]).toEqual([0, 0.5, 0])
    expect([...none.thresholds]).toEqual([Infinity, 7])
  })

  test('the order of the rows changes nothing; weights on any scale are the same', () => {
    fc.assert(
      fc.property(shuffledRows, ([drawn, shuffled]) => {
        expect(costCurve(truthOf(shuffled), scoresOf(shuffled))).toEqual(
          costCurve(truthOf(drawn), scoresOf(drawn)),
        )
      }),
    )
    const scaled = [1e-300, 1, 1e290].map((scale) =>
      costCurve([0, 1, 0, 1], [1, 2, 3, 4], { weights: [1, 2, 3, 4].map((w) => w * scale) }),
    )
    for (const curve of scaled) {
      expectNear(curve.probabilityCost, scaled[1].probabilityCost)
      expectNear(curve.expectedCost, scaled[1].expectedCost)
    }
  })
})

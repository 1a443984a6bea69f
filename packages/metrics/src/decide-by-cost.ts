// Probabilities → labels, so that mistakes cost the least that can be expected.
import { checkedCosts } from './checked-costs.ts'
import { fault } from './fault.ts'
import type { Label } from './label.ts'
import { matrixColumns, type ScoreMatrix } from './matrix-columns.ts'

/**
 * The decision of least expected cost for each row: the j that minimises Σᵢ pᵢ costs[i][j]; of equal ones the first. With a cost of 1 for every mistake
 * it is the likeliest class. (C. Elkan, The foundations of cost-sensitive learning, IJCAI 2001.)
 *
 * @param probabilities n × K in [0, 1], one column for each class
 * @param costs K × K: `costs[i][j]` is what it costs to say class j where class i is true
 * @param classes K labels, of the columns of probabilities and of both sides of costs
 * @returns n labels
 * @throws RangeError for sizes that do not fit, costs that are not finite, probabilities outside [0, 1], or rows that do not sum to 1 within 1e-6
 */
export function decideByCost<L extends Label>(
  probabilities: ScoreMatrix,
  costs: ReadonlyArray<ArrayLike<number>>,
  classes: readonly L[],
): L[] {
  checkedCosts('decideByCost', costs, classes)
  const n = probabilities && 'shape' in probabilities ? probabilities.shape[0] : probabilities?.length
  const columns = matrixColumns('decideByCost', 'probabilities', probabilities, n, classes.length)
  return Array.from({ length: n }, (_, i) => {
    let mass = 0
    columns.forEach((column, k) => {
      if (!(column[i] >= 0 && column[i] <= 1))
        fault('decideByCost', `probabilities[${i}][${k}] in [0, 1]`, column[i])
      mass += column[i]
    })
    if (!(Math.abs(mass - 1) <= 1e-6)) fault('decideByCost', `row ${i} of probabilities to sum to 1`, mass)
    let [best, least] = [0, Infinity]
    classes.forEach((_, j) => {
      const expected = columns.reduce((sum, column, k) => sum + column[i] * costs[k][j], 0)
      if (expected < least) [best, least] = [j, expected]
    })
    return classes[best]
  })
}

// The group lasso: coordinates that are zero together or not at all.
import { composite } from './composite.ts'
import { grouped } from './grouped.ts'
import { expect } from './limits.ts'
import type { Penalty } from './penalty.ts'

export interface GroupLassoOptions {
  /**
   * One factor ≥ 0 per group, in the order of their numbers; 0 = unpenalised. Default: √(how many coordinates `groups` has in it), so
   * that large groups are not preferred. Copied.
   */
  weights?: ArrayLike<number> | undefined
}

/**
 * λ Σ_g weight_g ‖w_g‖₂, the groups g being disjoint: `groups[j]` is the number 0, 1, … of the group that coordinate j is in. A group is zero as
 * a whole, or none of it is, as a rule. Its prox shortens each group, w_g (1 − step λ weight_g / ‖w_g‖)₊. Its `solver` is `fista`.
 *
 * With several classes, `groups` has one entry per feature, and all coefficients of a feature are in its group (see `columns` of
 * `inCoordinates`): groupLasso(λ, [0, 1, 2, …]) takes features in or leaves them out for all classes at once.
 * In other coordinates, w_g is measured in the given units: ‖(weightⱼ vⱼ / scaleⱼ)ⱼ‖₂, coordinates of weight 0 being in no group; its prox is then
 * found by Newton's method in one variable.
 * Where a group is zero, `distance` measures from −gradient to the nearest subgradient in the Euclidean norm.
 * Source: Yuan & Lin, J. R. Stat. Soc. B 68 (2006), 49–67; Parikh & Boyd, Proximal Algorithms (2014), §6.5.4.
 *
 * @throws RangeError if lambda or a weight is negative or not finite, or groups are not numbered 0, 1, …; at use, if there are not as many
 * groups as coordinates.
 */
export function groupLasso(
  lambda: number,
  groups: ArrayLike<number>,
  { weights }: GroupLassoOptions = {},
): Penalty {
  const of = Int32Array.from(groups, (group, j) => {
    expect(group >= 0 && group % 1 === 0, 'group-lasso', `groups[${j}] 0, 1, …`, group)
    return group
  })
  const sizes = Array.from({ length: of.reduce((most, group) => Math.max(most, group + 1), 0) }, () => 0)
  for (const group of of) sizes[group]!++
  expect(lambda >= 0 && lambda < Infinity, 'group-lasso', 'lambda >= 0', lambda)
  const count = weights?.length ?? sizes.length
  expect(count === sizes.length, 'group-lasso', `${sizes.length} weights (one per group)`, count)
  const strengths = sizes.map((size, group) => {
    const weight = weights ? weights[group]! : Math.sqrt(size)
    expect(weight >= 0 && lambda * weight < Infinity, 'group-lasso', `weights[${group}] >= 0`, weight)
    return lambda * weight
  })
  return composite(grouped(lambda, strengths, of, new Float64Array(of.length).fill(1)))
}

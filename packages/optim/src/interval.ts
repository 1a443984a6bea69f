// The indicator of a product of intervals: what `box` and `nonNegative` are.
import { expect } from './limits.ts'
import type { Constraint } from './penalty.ts'

/** A bound for all coordinates, or one for each. */
type Bound = number | ArrayLike<number>

/** The constraint lowerⱼ ≤ wⱼ ≤ upperⱼ where weightⱼ > 0, under a name. @throws RangeError naming it. */
export function interval(
  name: string,
  lowest: Bound,
  highest: Bound,
  given: ArrayLike<number> | undefined,
): Constraint {
  const weights = given && Float64Array.from(given)
  const copy = (bound: Bound) => (typeof bound === 'number' ? bound : Float64Array.from(bound))
  const [low, high] = [copy(lowest), copy(highest)]
  const at = (bound: number | Float64Array, j: number) => (typeof bound === 'number' ? bound : bound[j]!)
  const free = (j: number) => weights?.[j] === 0
  const lower = (j: number) => (free(j) ? -Infinity : at(low, j))
  const upper = (j: number) => (free(j) ? Infinity : at(high, j))

  const sizes = [low, high, weights].flatMap((own) => (typeof own === 'object' ? [own.length] : []))
  const check = (size: number) => {
    for (const own of sizes) expect(size === own, name, `${own} coordinates (one per bound or weight)`, size)
  }
  if (sizes.length) check(sizes[0]!)
  weights?.forEach((weight, j) => {
    expect(weight >= 0 && weight < Infinity, name, `weights[${j}] >= 0`, weight)
  })
  for (let j = 0; j < (sizes[0] ?? 1); j++)
    expect(lower(j) <= upper(j), name, `lower <= upper at ${j}`, `${lower(j)} and ${upper(j)}`)

  const proxBlock = (j: number, v: Float64Array) => {
    v[j] = Math.min(Math.max(v[j]!, lower(j)), upper(j))
  }
  // max(l u, h u) with 0 · ∞ = 0.
  const support = (j: number, u: number) => (u && !free(j) ? u * (u > 0 ? upper(j) : lower(j)) : 0)
  return {
    name,
    lambda: 1,
    alpha: null,
    weights,
    constraint: true,
    value(w) {
      check(w.length)
      return w.some((v, j) => v < lower(j) || v > upper(j)) ? Infinity : 0
    },
    prox(v, _step, out) {
      check(v.length)
      out.set(v)
      for (let j = 0; j < v.length; j++) proxBlock(j, out)
    },
    proxBlock,
    distance(w, gradient) {
      check(w.length)
      let max = 0
      for (let j = 0; j < w.length; j++) {
        // A bound holds against what pushes outwards.
        let gap = gradient[j]!
        if (w[j]! <= lower(j)) gap = Math.min(0, gap)
        if (w[j]! >= upper(j)) gap = Math.max(0, gap)
        max = Math.max(max, Math.abs(gap))
      }
      return max
    },
    dualScale(u) {
      check(u.length)
      return Number(u.every((v, j) => support(j, v) < Infinity))
    },
    conjugate(u, scale) {
      check(u.length)
      return u.reduce((sum, v, j) => sum + support(j, scale * v), 0)
    },
    inCoordinates(others, scale, columns) {
      const mapped = (bound: number | Float64Array, none: number) =>
        others.map((weight, q) => {
          const column = columns ? columns[q]! : q
          const own = weight ? at(bound, column) : none
          expect(own >= -Infinity, name, `a bound or weight 0 for coordinate ${q}`, `column ${column}`)
          return own * scale[q]!
        })
      return interval(name, mapped(low, -Infinity), mapped(high, Infinity), others)
    },
  }
}

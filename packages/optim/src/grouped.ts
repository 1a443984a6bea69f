// Sums of Euclidean norms of groups of coordinates, each coordinate in a unit of its own: what the group lasso is to whoever optimises.
import { expect } from './limits.ts'
import type { Penalty } from './penalty.ts'

const NAME = 'group-lasso'

/**
 * Σ_g strength_g ‖(weightⱼ wⱼ / unitⱼ)ⱼ‖₂ over the groups, coordinate j being in group of[j], or in none if its weight is 0.
 *
 * @param weights default: 1 everywhere
 */
export function grouped(
  lambda: number,
  strengths: readonly number[],
  of: Int32Array,
  units: Float64Array,
  weights?: Float64Array,
): Penalty {
  const factors = units.map((unit, j) => (weights ? weights[j]! : 1) / unit)
  // Blocks 0, 1, … are the groups; behind them, one of its own for each coordinate in none.
  const blocks: number[][] = strengths.map(() => [])
  factors.forEach((factor, j) => {
    if (factor) blocks[of[j]!]!.push(j)
    else blocks.push([j])
  })
  const check = (size: number) =>
    expect(size === of.length, NAME, `${of.length} coordinates (one per entry of groups)`, size)
  const norm = (b: number, entry: (j: number) => number) =>
    Math.sqrt(blocks[b]!.reduce((sum, j) => sum + entry(j) ** 2, 0))
  const length = (b: number, w: Float64Array) => norm(b, (j) => factors[j]! * w[j]!)
  const dualLength = (b: number, u: Float64Array) => norm(b, (j) => u[j]! / factors[j]!)

  const proxBlock = (b: number, v: Float64Array, step: number) => {
    const reach = step * (strengths[b] ?? 0)
    if (!reach) return
    // w = v r / (r + reach · factor²) with r = ‖factor ∘ w‖, or 0: the root of s(r) = ‖factor ∘ v / (r + reach · factor²)‖ = 1. 1/s is concave and
    // rising, a straight line if the factors are equal, so that Newton's steps for it from 0 rise to the root.
    let r = 0
    for (let next = 0; dualLength(b, v) > reach; r = next) {
      let square = 0
      let fall = 0
      for (const j of blocks[b]!) {
        const spread = r + reach * factors[j]! ** 2
        const share = ((factors[j]! * v[j]!) / spread) ** 2
        square += share
        fall += share / spread
      }
      next = r + (square * (Math.sqrt(square) - 1)) / fall
      if (!(next > r * (1 + 1e-15))) break
    }
    // Not −0; and NaN stays NaN.
    for (const j of blocks[b]!) v[j] = (v[j]! * r) / (r + reach * factors[j]! ** 2) + 0
  }
  return {
    name: NAME,
    lambda,
    alpha: null,
    weights,
    blocks,
    value(w) {
      check(w.length)
      return strengths.reduce((sum, strength, b) => sum + strength * length(b, w), 0)
    },
    prox(v, step, out) {
      check(v.length)
      out.set(v)
      strengths.forEach((_, b) => {
        proxBlock(b, out, step)
      })
    },
    proxBlock,
    distance(w, gradient) {
      check(w.length)
      const gap = gradient.slice()
      strengths.forEach((strength, b) => {
        const size = length(b, w)
        // By Moreau, what is left of −gradient beyond the nearest subgradient at 0 is its prox.
        if (!size) proxBlock(b, gap, 1)
        else for (const j of blocks[b]!) gap[j]! += (strength * factors[j]! ** 2 * w[j]!) / size
      })
      return gap.reduce((max, v) => Math.max(max, Math.abs(v)), 0)
    },
    dualScale(u) {
      check(u.length)
      return strengths.reduce(
        (scale, strength, b) =>
          strength ? Math.min(scale, strength / Math.max(strength, dualLength(b, u))) : scale,
        1,
      )
    },
    conjugate(u, scale) {
      check(u.length)
      // The few roundings of a u that dualScale has put on the border.
      const inside = strengths.every(
        (strength, b) => !strength || scale * dualLength(b, u) <= strength * (1 + 1e-15),
      )
      return inside ? 0 : Infinity
    },
    inCoordinates(others, scale, columns) {
      const column = (q: number) => (columns ? columns[q]! : q)
      others.forEach((weight, q) => {
        const known = of[column(q)] !== undefined
        expect(known || weight === 0, NAME, `a group or weight 0 for coordinate ${q}`, `column ${column(q)}`)
        expect(weight >= 0 && weight < Infinity, NAME, `weights[${q}] >= 0`, weight)
        expect(scale[q]! > 0 && scale[q]! < Infinity, NAME, `scale[${q}] > 0`, scale[q])
      })
      return grouped(
        lambda,
        strengths,
        Int32Array.from(others, (_, q) => of[column(q)] ?? -1),
        scale.map((factor, q) => factor * (units[column(q)] ?? 1)),
        others,
      )
    },
  }
}

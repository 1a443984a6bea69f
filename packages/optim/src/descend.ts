// Coordinate descent on a quadratic model and a penalty: the inner loop of proximal Newton.
import { extrapolate } from './extrapolate.ts'
import type { Coordinates } from './oracle.ts'
import type { Penalty } from './penalty.ts'

/**
 * Moves z, where the model is, towards the minimiser of m + P, and the model with it: zⱼ ← prox of Pⱼ with step 1/Hⱼⱼ at zⱼ − slopeⱼ/Hⱼⱼ. A block
 * that P couples moves as a whole, with the trace of its part of H for Hⱼⱼ.
 *
 * The first sweep goes through all coordinates; further ones through those that are not 0, until no Hⱼⱼ · move² is above `share` of
 * the largest one in the first sweep; then through all again, and so on. Every sixth point is extrapolated from the last ones, if
 * that goes further down.
 *
 * @returns how many sweeps it took, at most 1000
 */
export function descend(m: Coordinates, penalty: Penalty, share: number, z: Float64Array): number {
  const to = z.slice()
  const blocks = penalty.blocks ?? Array.from(z, (_, j) => [j])
  const go = (j: number) => {
    const by = to[j]! - z[j]!
    // Neither 0 nor infinite nor NaN.
    if (by / by) m.move(j, by)
    z[j] = to[j]!
    return by
  }
  let past: Float64Array[] = []
  let all = true
  for (let sweep = 1; ; sweep++) {
    let largest = 0
    for (let b = 0; b < blocks.length; b++) {
      const block = blocks[b]!
      if (all || block.some((j) => z[j])) {
        // Where the model is a straight line, far along it: the line search sees to the rest.
        const h = block.reduce((sum, j) => sum + m.curvature(j), 0) || 1e-12
        for (const j of block) to[j] = z[j]! - m.slope(j) / h
        penalty.proxBlock(b, to, 1 / h)
        for (const j of block) largest = Math.max(largest, h * go(j) ** 2)
      }
    }
    if (sweep < 2) share *= largest
    const settled = !(largest > share)
    if ((settled && all) || sweep > 999) return sweep
    all = settled

    const last = z.slice()
    if (past.push(last) < 6) continue
    extrapolate(past, (j) => m.curvature(j), to)
    // 2 (m + P) there less here: m rises by half the sum of its slopes at both ends, times the way between.
    let rise = -2 * penalty.value(z)
    const climb = () =>
      last.forEach((v, j) => {
        if (v !== to[j]) rise += (to[j]! - v) * m.slope(j)
      })
    climb()
    to.forEach((_, j) => void go(j))
    climb()
    if (!(rise + 2 * penalty.value(z) < 0)) {
      to.set(last)
      to.forEach((_, j) => void go(j))
    }
    past = []
  }
}

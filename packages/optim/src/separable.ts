// The penalties that are sums over coordinates: ℓ1, ℓ2 and between. P(w) = Σⱼ λ₁ⱼ |wⱼ| + ½ λ₂ⱼ wⱼ².
import type { KinkedPenalty } from './penalty.ts'
import type { Strengths } from './strengths.ts'

export interface PenaltyOptions {
  /** One factor ≥ 0 per coordinate; 0 = unpenalised. Default: 1 everywhere. Copied. */
  weights?: ArrayLike<number> | undefined
}

/** The penalty of these strengths. Source: Parikh & Boyd, Proximal Algorithms (2014), §2.1 and §6.5.2. */
export function separable(strengths: Strengths): KinkedPenalty {
  const { name, lambda, alpha, weights, l1, l2, check } = strengths
  const proxBlock = (j: number, v: Float64Array, step: number) => {
    const size = Math.abs(v[j]!) - step * l1(j)
    // Asked this way round, NaN stays NaN.
    v[j] = size <= 0 ? 0 : (Math.sign(v[j]!) * size) / (1 + step * l2(j))
  }
  return {
    name,
    lambda,
    alpha,
    weights,
    strengths: { l1, l2 },
    value(w) {
      check(w.length)
      let sum = 0
      for (let j = 0; j < w.length; j++) sum += l1(j) * Math.abs(w[j]!) + 0.5 * l2(j) * w[j]! * w[j]!
      return sum
    },
    prox(v, step, out) {
      check(v.length)
      out.set(v)
      for (let j = 0; j < v.length; j++) proxBlock(j, out, step)
    },
    proxBlock,
    distance(w, gradient) {
      check(w.length)
      let max = 0
      for (let j = 0; j < w.length; j++) {
        const slope = gradient[j]! + l2(j) * w[j]!
        const gap =
          w[j] === 0 ? Math.max(0, Math.abs(slope) - l1(j)) : Math.abs(slope + l1(j) * Math.sign(w[j]!))
        max = Math.max(max, gap)
      }
      return max
    },
    dualScale(u) {
      check(u.length)
      let scale = 1
      for (let j = 0; j < u.length; j++)
        if (l2(j) === 0 && l1(j) > 0) scale = Math.min(scale, l1(j) / Math.max(l1(j), Math.abs(u[j]!)))
      return scale
    },
    conjugate(u, scale) {
      check(u.length)
      let sum = 0
      for (let j = 0; j < u.length; j++) {
        const excess = Math.abs(scale * u[j]!) - l1(j)
        if (l2(j) > 0) sum += Math.max(0, excess) ** 2 / (2 * l2(j))
        // The few roundings of a u that dualScale has put on the border.
        else if (l1(j) > 0 && !(excess <= 4 * 2.220446049250313e-16 * l1(j))) return Infinity
      }
      return sum
    },
    inCoordinates: (others, scale) => separable(strengths.inCoordinates(others, scale)),
  }
}

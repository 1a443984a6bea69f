// The kinks of λ₁|w|, made smooth as those of a loss are: Moreau envelopes, shifted by multipliers.
//
//   min_z λ₁|z| + v (w − z) + (w − z)²/2μ,  z = soft threshold of w + μv at μλ₁,  slope v + (w − z)/μ
//
// What λ₂ w²/2 adds is smooth already. See `envelopes`.
import type { KinkedPenalty, SmoothTerm } from '@logodds/optim'

/** The envelopes of a penalty of ℓ1 and ℓ2, as a smooth term, with the state of the method. */
export interface PenaltyEnvelopes extends SmoothTerm {
  /** μ > 0, of coordinates whose λ₁ is at most 1; of others, μ/λ₁. */
  mu: number
  /** w ← z, which has exact zeros; the multipliers become the subgradients of λ₁|·| there. */
  settle(w: Float64Array): void
}

export function l1Envelopes(penalty: KinkedPenalty, size: number, mu: number): PenaltyEnvelopes {
  const { l1, l2 } = penalty.strengths
  const multipliers = new Float64Array(size)
  // Where curvature is asked for: at the point of the last gradient.
  const at = new Float64Array(size)
  const width = (j: number) => self.mu / Math.max(1, l1(j))
  const settled = (j: number, w: number) => {
    const shifted = w + width(j) * multipliers[j]
    const length = Math.abs(shifted) - width(j) * l1(j)
    return length > 0 ? Math.sign(shifted) * length : 0
  }
  const slope = (j: number, w: number) => {
    const z = settled(j, w)
    return z ? Math.sign(z) * l1(j) : multipliers[j] + w / width(j)
  }
  const kinked = (j: number) => l1(j) > 0
  const bend = (j: number) => l2(j) + (kinked(j) && !settled(j, at[j]) ? 1 / width(j) : 0)
  const self: PenaltyEnvelopes = {
    mu,
    settle(w) {
      for (let j = 0; j < size; j++) {
        if (!kinked(j)) continue
        const z = settled(j, w[j])
        multipliers[j] = slope(j, w[j])
        w[j] = z
      }
    },
    value(w) {
      let sum = 0
      for (let j = 0; j < size; j++) {
        sum += (l2(j) / 2) * w[j] ** 2
        if (!kinked(j)) continue
        const z = settled(j, w[j])
        const away = w[j] - z
        sum += l1(j) * Math.abs(z) + away * (multipliers[j] + away / (2 * width(j)))
      }
      return sum
    },
    addGradient(w, gradient) {
      at.set(w)
      for (let j = 0; j < size; j++) gradient[j] += l2(j) * w[j] + (kinked(j) ? slope(j, w[j]) : 0)
    },
    addCurvature(along, product) {
      for (let j = 0; j < size; j++) product[j] += bend(j) * along[j]
    },
    addHessian(hessian) {
      for (let j = 0; j < size; j++) hessian[j * (size + 1)] += bend(j)
    },
  }
  return self
}

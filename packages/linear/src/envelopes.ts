// Losses with kinks, to the accuracy of smooth ones: the proximal method of multipliers. Each row's loss is replaced by its Moreau envelope,
// shifted by a multiplier,
//
//   φᵢ(η) = min_z ℓ(z, yᵢ) + uᵢ (η − z) + (η − z)²/2μ,     φᵢ′(η) = uᵢ + (η − z)/μ ∈ ∂ℓ(z, yᵢ),
//
// which is smooth. Its minimum is found by a solver for smooth functions, then uᵢ ← φᵢ′(ηᵢ), and again: the multipliers converge
// to the subgradients that balance at the optimum, for any μ > 0, and where ℓ is piecewise linear they get there in finitely many rounds.
// Source: Rockafellar, Math. Oper. Res. 1 (1976), 97–116; Bertsekas, Constrained Optimization and Lagrange Multiplier Methods
// (1982), §5.4 (polyhedral: finite).
import type { Block, BlockLoss, ScalarLoss } from '@logodds/core'
import { type Proximal, proximal } from './prox-of-loss.ts'

/** The envelopes of a loss on n rows, as a block loss, with the state of the method. */
export interface Envelopes {
  readonly blocks: BlockLoss
  /** uᵢ, what the envelopes are shifted by. */
  readonly multipliers: Float64Array
  /** μ > 0. */
  mu: number
  /**
   * While true, `value` and `gradient` (not `hessian`) are of the loss itself: Σ s ℓ(η), with the subgradient φ′ taken for that of ℓ; `next` and
   * `slack` are filled in.
   */
  measuring: boolean
  /** φᵢ′(ηᵢ), as last measured. */
  readonly next: Float64Array
  /** Σ s [ℓ(η) − ℓ(z) − φ′·(η − z)] ≥ 0, as last measured: φ′ is a slack-subgradient of the loss at η, and 0 says a subgradient. */
  slack: number
}

export function envelopes(loss: ScalarLoss, n: number, mu: number): Envelopes {
  const at: Proximal = { z: 0, slope: 0, bend: 0 }
  const multipliers = new Float64Array(n)
  const next = new Float64Array(n)
  const pass = (block: Block, order: number): number => {
    const { rows, first, eta, targets, weights, residual, curvature } = block
    const { mu } = self
    const measuring = self.measuring && order < 2
    if (measuring && first === 0) self.slack = 0
    let total = 0
    for (let i = 0; i < rows; i++) {
      const s = weights[first + i]
      const y = targets[first + i]
      const u = multipliers[first + i]
      const z = eta[i]
      if (s === 0) {
        if (order > 0) residual[i] = 0
        if (order > 1) curvature[i] = 0
        continue
      }
      proximal(loss, y, z + mu * u, mu, at)
      const away = z - at.z
      const inner = loss.value(at.z, y)
      if (measuring) {
        const value = loss.value(z, y)
        next[first + i] = at.slope
        self.slack += s * Math.max(0, value - inner - at.slope * away)
        total += s * value
      } else total += s * (inner + away * (u + away / (2 * mu)))
      if (order > 0) residual[i] = s * at.slope
      if (order > 1) curvature[i] = (s * (1 - at.bend)) / mu
    }
    return total
  }
  const self: Envelopes = {
    multipliers,
    next,
    mu,
    measuring: false,
    slack: 0,
    blocks: {
      value: (block) => pass(block, 0),
      gradient: (block) => pass(block, 1),
      hessian: (block) => pass(block, 2),
      ...(loss.conjugate && {
        conjugate({ rows, first, eta, targets, weights }: Block, scale: number) {
          let total = 0
          for (let i = 0; i < rows; i++) {
            const s = weights[first + i]
            if (s === 0) continue
            const y = targets[first + i]
            proximal(loss, y, eta[i] + self.mu * multipliers[first + i], self.mu, at)
            total += s * loss.conjugate!(scale * at.slope, y)
          }
          return total
        },
      }),
    },
  }
  return self
}

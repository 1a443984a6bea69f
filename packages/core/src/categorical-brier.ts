// The Brier score of K probabilities, from their logits: the sum over classes, so constant factor 1 (and twice `binaryBrier` for K = 2).
//
//   p = softmax(η), N = Σₖ pₖ² − p_y     ℓ = Σₖ (pₖ − [k = y])²       ∂ℓ/∂ηⱼ = 2 pⱼ dⱼ,  d_y = −ℓ,  dⱼ = pⱼ − N for others
//   ∂²ℓ/∂ηⱼ∂ηₗ = 2 pⱼ pₗ (p_y − N − 2dⱼ − 2dₗ), ∂²ℓ/∂ηⱼ∂η_y = 2 pⱼ p_y (ℓ − 2dⱼ), of changing sign: not convex
//
// With q = 1 − p_y and A, the sum of p² of the others: N = A − p_y q, ℓ = q² + A, dⱼ = pⱼ (1 − pⱼ) + p_y q − (A − pⱼ²).
import { checkIndex, indexTargets } from './index-targets.ts'
import type { DeclaredVectorLoss } from './loss.ts'
import { peak } from './peak.ts'
import { room } from './room.ts'
import { others, probabilities } from './softmax-parts.ts'

/** p into `out`; q, A, and d of a class from its p. */
function parts(eta: ArrayLike<number>, y: number, out: Float64Array) {
  checkIndex('categoricalBrier', y, eta.length)
  probabilities(eta, out)
  const top = peak(eta)
  // Without the largest p, which would swallow the rest.
  let rest = 0
  for (let k = 0; k < out.length; k++) if (k !== y && k !== top) rest += out[k] * out[k]
  const A = top === y ? rest : rest + out[top] * out[top]
  const q = others(out, y)
  const lack = others(out, top)
  const aside = out[y] * q
  const d = (k: number) =>
    k === y
      ? -q * q - A
      : k === top
        ? out[k] * lack + aside - rest
        : out[k] * (1 - out[k]) + aside - (A - out[k] * out[k])
  return { q, A, d }
}

/**
 * Brier score from K logits: ℓ(η, y) = ‖softmax(η) − e_y‖².
 *
 * y: class index 0 … K − 1; a RangeError otherwise. η: any numbers; infinite ones give the limit, NaN gives NaN. No
 * kink. Bounded by 2, and the gradient vanishes where the softmax is certain: most robust, and a row that is certain
 * of the wrong class is not learnt from. The largest curvature (at p_y = (9 + √33)/24) and gradient (16√2/27, at p_y
 * = 1/3) are those of two classes that share all probability. Strictly proper.
 *
 * G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950), 1–3.
 *
 * @throws RangeError if y is no class index, or `out` has another length than the result
 */
export const categoricalBrier: DeclaredVectorLoss = {
  name: 'categorical-brier',
  target: 'number',
  value(eta, y) {
    const { q, A } = parts(eta, y, new Float64Array(eta.length))
    return q * q + A
  },
  gradient(eta, y, into) {
    const p = room('categoricalBrier', eta.length, into)
    const { d } = parts(eta, y, p)
    // Each d looks at its own p only.
    for (let k = 0; k < p.length; k++) p[k] *= 2 * d(k)
    return p
  },
  hessian(eta, y, into) {
    const K = eta.length
    const out = room('categoricalBrier', K * K, into)
    const p = new Float64Array(K)
    const { q, A, d } = parts(eta, y, p)
    const loss = q * q + A
    for (let a = 0; a < K; a++) {
      let squares = 0
      for (let b = 0; b < K; b++) {
        if (b !== a) squares += p[b] * p[b]
        const bend =
          a === y ? loss - 2 * d(b) : b === y ? loss - 2 * d(a) : p[y] + p[y] * q - A - 2 * (d(a) + d(b))
        out[a * K + b] = 2 * p[a] * p[b] * bend
      }
      const bend = p[a] * (others(p, a) ** 2 + squares) + d(a) * (1 - 2 * p[a])
      out[a * K + a] = 2 * p[a] * (a === y ? loss * (3 * p[a] - 1) : bend)
    }
    return out
  },
  targets: indexTargets,
  link: 'softmax',
  convex: false,
  differentiability: Infinity,
  smoothness: 0.6162342804854021,
  lipschitz: 0.8380524814062786,
  calibrated: true,
}

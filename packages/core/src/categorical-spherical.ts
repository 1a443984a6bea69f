// The spherical score of K probabilities, from their logits; constant factor 1.
//
//   p = softmax(η), c = p/‖p‖, s = softmax(2η) = c²      ℓ = 1 − c_y = (1 − s_y)/(1 + c_y)      ∂ℓ/∂η = c_y v,  v = s − e_y
//   ∂²ℓ/∂η∂ηᵀ = c_y (2 (diag(s) − s sᵀ) − v vᵀ), of changing sign: not convex
import { expDifference } from './exp-difference.ts'
import { checkIndex, indexTargets } from './index-targets.ts'
import type { DeclaredVectorLoss } from './loss.ts'
import { peak } from './peak.ts'
import { room } from './room.ts'

/** s into `out`; c_y and 1 − s_y, the sum of the others. */
function parts(eta: ArrayLike<number>, y: number, out: Float64Array) {
  checkIndex('categoricalSpherical', y, eta.length)
  const m = eta[peak(eta)]
  let square = 0
  for (let k = 0; k < out.length; k++) {
    const e = expDifference(eta[k], m)
    out[k] = e * e
    square += out[k]
  }
  let rest = 0
  for (let k = 0; k < out.length; k++) {
    out[k] /= square
    if (k !== y) rest += out[k]
  }
  // Not the root of s_y, which underflows first.
  return { c: expDifference(eta[y], m) / Math.sqrt(square), rest }
}

/**
 * Spherical loss from K logits: ℓ(η, y) = 1 − p_y/‖p‖, p = softmax(η): the cosine between what was said and what was.
 *
 * y: class index 0 … K − 1; a RangeError otherwise. η: any numbers; infinite ones give the limit, NaN gives NaN. No
 * kink. Bounded by 1, and the gradient vanishes where the softmax is certain: most robust. The largest curvature (at
 * s_y = (6 + √21)/15) and gradient (2√2/(3√3), at s_y = 1/3) are those of two classes that share all probability.
 * Strictly proper.
 *
 * T. Gneiting, A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation", J. Am. Stat. Assoc. 102
 * (2007), 359–378, example 2.
 *
 * @throws RangeError if y is no class index, or `out` has another length than the result
 */
export const categoricalSpherical: DeclaredVectorLoss = {
  name: 'categorical-spherical',
  target: 'number',
  value(eta, y) {
    const { c, rest } = parts(eta, y, new Float64Array(eta.length))
    return rest / (1 + c)
  },
  gradient(eta, y, into) {
    const out = room('categoricalSpherical', eta.length, into)
    const { c, rest } = parts(eta, y, out)
    for (let k = 0; k < out.length; k++) out[k] = c * (k === y ? -rest : out[k])
    return out
  },
  hessian(eta, y, into) {
    const K = eta.length
    const out = room('categoricalSpherical', K * K, into)
    const s = new Float64Array(K)
    const { c, rest } = parts(eta, y, s)
    for (let a = 0; a < K; a++) {
      let lack = 0
      for (let b = 0; b < K; b++) {
        if (b !== a) lack += s[b]
        const v = (a === y ? -rest : s[a]) * (b === y ? -rest : s[b])
        out[a * K + b] = c * (-2 * s[a] * s[b] - v)
      }
      out[a * K + a] = a === y ? c * rest * (2 * s[a] - rest) : c * s[a] * (2 * lack - s[a])
    }
    return out
  },
  targets: indexTargets,
  link: 'softmax',
  convex: false,
  differentiability: Infinity,
  smoothness: 0.5523603947935996,
  lipschitz: 0.5443310539518174,
  calibrated: true,
}

// The softmax loss: cross-entropy of a class index y and the probabilities p = softmax(η), from the K logits η.
//
//   ℓ(η, y) = log Σₖ e^ηₖ − η_y          ∂ℓ/∂η = p − e_y          ∂²ℓ/∂η∂ηᵀ = diag(p) − p pᵀ, eigenvalues ≤ ½
//
// 1 − p of the most probable class is the sum of the others, never a difference from 1, so a confident row keeps its digits.
import { expDifference } from './exp-difference.ts'
import type { VectorLoss } from './loss.ts'
import { peak } from './peak.ts'
import { softmax } from './softmax.ts'

/** Throws unless y is a class of η and `out` has room for what goes there. */
function check(name: string, eta: ArrayLike<number>, y: number, out?: Float64Array, size?: number): void {
  if (!(Number.isInteger(y) && y >= 0 && y < eta.length)) {
    throw new RangeError(
      `categoricalCrossEntropy.${name}: expected y to be a class index below ${eta.length} (length of eta), got ${y}`,
    )
  }
  if (out !== undefined && out.length !== size) {
    throw new RangeError(`categoricalCrossEntropy.${name}: expected out.length ${size}, got ${out.length}`)
  }
}

/**
 * Categorical cross-entropy from K logits: ℓ(η, y) = log Σₖ e^ηₖ − η_y = −log softmax(η)_y.
 *
 * y: class index 0 … K − 1. η: any numbers; infinite ones give the limit, NaN gives NaN. The largest eigenvalue of the
 * Hessian is at most `smoothness` = ½, attained where two classes share all probability.
 *
 * C. M. Bishop, Pattern Recognition and Machine Learning, §4.3.4.
 */
export const categoricalCrossEntropy: VectorLoss = {
  name: 'categorical-cross-entropy',
  target: 'index',
  value(eta, y) {
    check('value', eta, y)
    const top = peak(eta)
    const m = eta[top]
    let rest = 0
    for (let k = 0; k < eta.length; k++) if (k !== top) rest += expDifference(eta[k], m)
    // Both terms are ≥ 0: nothing cancels.
    return (eta[y] === m ? 0 : m - eta[y]) + Math.log1p(rest)
  },
  gradient(eta, y, out: Float64Array = new Float64Array(eta.length)) {
    check('gradient', eta, y, out, eta.length)
    softmax(eta, out)
    out[y] = 0
    let others = 0
    for (let k = 0; k < out.length; k++) others += out[k]
    out[y] = -others
    return out
  },
  hessian(eta, y, out: Float64Array = new Float64Array(eta.length * eta.length)) {
    const K = eta.length
    check('hessian', eta, y, out, K * K)
    const p = softmax(eta)
    for (let a = 0; a < K; a++) {
      let others = 0
      for (let b = 0; b < K; b++) {
        out[a * K + b] = -p[a] * p[b]
        if (b !== a) others += p[b]
      }
      out[a * K + a] = p[a] * others
    }
    return out
  },
  smoothness: 0.5,
}

// The softmax loss: cross-entropy of a class index y and the probabilities p = softmax(η), from the K logits η.
//
//   ℓ(η, y) = log Σₖ e^ηₖ − η_y          ∂ℓ/∂η = p − e_y          ∂²ℓ/∂η∂ηᵀ = diag(p) − p pᵀ, eigenvalues ≤ ½
//
// 1 − p of the most probable class is the sum of the others, never a difference from 1, so a confident row keeps its digits.
import { expDifference } from './exp-difference.ts'
import type { Block, VectorLoss } from './loss.ts'
import { peak } from './peak.ts'
import { softmax } from './softmax.ts'

/** One pass over a block, for the value and derivatives up to `order`: K − 1 exponentials and one logarithm a row. */
function pass(block: Block, order: 0 | 1 | 2): number {
  const { rows, first, width: K, eta, targets, weights, residual, curvature } = block
  let total = 0
  for (let i = 0; i < rows; i++) {
    const s = weights[first + i]
    const at = i * K
    // A row without weight says nothing, even if its η has overflowed.
    if (s === 0) {
      if (order > 0) residual.fill(0, at, at + K)
      if (order > 1) curvature.fill(0, at * K, (at + K) * K)
      continue
    }
    let top = at
    for (let k = at + 1; k < at + K; k++) if (eta[k] > eta[top]) top = k
    const m = eta[top]
    const y = at + targets[first + i]
    let rest = 0
    for (let k = at; k < at + K; k++) {
      if (k === top) continue
      const e = expDifference(eta[k], m)
      rest += e
      if (order > 0) residual[k] = e
    }
    total += s * ((eta[y] === m ? 0 : m - eta[y]) + Math.log1p(rest))
    if (order === 0) continue
    // residual holds p for a while.
    const d = 1 / (1 + rest)
    for (let k = at; k < at + K; k++) residual[k] *= d
    residual[top] = d
    if (order > 1) {
      for (let a = at; a < at + K; a++) {
        const row = a * K - at
        const sp = s * residual[a]
        for (let b = at; b < at + K; b++) curvature[row + b] = -sp * residual[b]
        curvature[row + a] = sp * (a === top ? rest * d : 1 - residual[a])
      }
    }
    residual[y] = y === top ? -rest * d : residual[y] - 1
    for (let k = at; k < at + K; k++) residual[k] *= s
  }
  return total
}

/** Σ s Σₖ πₖ log πₖ with π = (1 − c) e_y + c p. */
function conjugate(block: Block, scale: number): number {
  const { rows, first, width: K, eta, targets, weights, residual } = block
  let total = 0
  for (let i = 0; i < rows; i++) {
    const s = weights[first + i]
    if (s === 0) continue
    const pi = softmax(eta.subarray(i * K, (i + 1) * K), residual.subarray(i * K, (i + 1) * K))
    const y = targets[first + i]
    for (let k = 0; k < K; k++) pi[k] = scale * pi[k] + (k === y ? 1 - scale : 0)
    const top = peak(pi)
    let rest = 0
    let entropy = 0
    for (let k = 0; k < K; k++) {
      if (k === top || pi[k] === 0) continue
      if (pi[k] < 0) return Infinity
      rest += pi[k]
      entropy += pi[k] * Math.log(pi[k])
    }
    total += s * (entropy + pi[top] * (rest < 0.5 ? Math.log1p(-rest) : Math.log(pi[top])))
  }
  return total
}

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
  blocks: {
    value: (block) => pass(block, 0),
    gradient: (block) => pass(block, 1),
    hessian: (block) => pass(block, 2),
    conjugate,
  },
}

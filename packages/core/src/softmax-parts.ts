// What the losses of a softmax have in common: probabilities, and what each of them lacks of 1, to the last digits.
import { expDifference } from './exp-difference.ts'
import { peak } from './peak.ts'

/** p = softmax(η) into the first K entries of `out`, `stride` apart. */
export function probabilities(eta: ArrayLike<number>, out: Float64Array, stride = 1): void {
  const top = peak(eta)
  let total = 0
  for (let k = 0; k < eta.length; k++) {
    const e = expDifference(eta[k], eta[top])
    out[k * stride] = e
    if (k !== top) total += e
  }
  for (let k = 0; k < eta.length; k++) out[k * stride] /= 1 + total
}

/** Σ p over all entries but k: 1 − p_k without the difference. */
export function others(p: Float64Array, k: number): number {
  let sum = 0
  for (let j = 0; j < p.length; j++) if (j !== k) sum += p[j]
  return sum
}

/**
 * −weight · log softmax(η)_y, weight > 0. Both terms are ≥ 0: nothing cancels. The difference of two logits is
 * halved, since it may leave the doubles where its product does not.
 */
export function surprise(eta: ArrayLike<number>, y: number, weight = 1): number {
  const top = peak(eta)
  const m = eta[top]
  let rest = 0
  for (let k = 0; k < eta.length; k++) if (k !== top) rest += expDifference(eta[k], m)
  return (eta[y] === m ? 0 : weight * (m / 2 - eta[y] / 2) * 2) + weight * Math.log1p(rest)
}

/** weight · (diag(p) − ppᵀ) into `out`, K × K: p waits on the diagonal, and each row sums to 0. */
export function softmaxHessian(eta: ArrayLike<number>, weight: number, out: Float64Array): Float64Array {
  const K = eta.length
  probabilities(eta, out, K + 1)
  for (let a = 0; a < K; a++) {
    for (let b = 0; b < a; b++) {
      out[a * K + b] = out[b * K + a] = -weight * out[a * K + a] * out[b * K + b]
    }
  }
  for (let a = 0; a < K; a++) {
    let diagonal = 0
    for (let b = 0; b < K; b++) if (b !== a) diagonal -= out[a * K + b]
    out[a * K + a] = diagonal
  }
  return out
}

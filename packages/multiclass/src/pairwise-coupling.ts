// From probabilities within pairs of classes to probabilities of classes.
import { cholesky, choleskySolve } from '@logodds/optim'

/**
 * The p ≥ 0, Σp = 1, that minimises ½ Σₛ Σ_{t≠s} (r_ts p_s − r_st p_t)², r_st being the probability of s among s and t, r_ts = 1 − r_st: ½ pᵀQp with
 * Q_ss = Σ_{t≠s} r_ts², Q_st = −r_ts r_st.
 *
 * The optimum solves Qp = −b·1; as Q is semidefinite, and positive on the sum where it is singular, p is (Q + 11ᵀ)⁻¹1, normalised: no iteration,
 * and no clipping of probabilities that are 0 or 1. p ≥ 0 holds by itself (theorem 2).
 *
 * @param r K × K, row-major: r[s K + t] = r_st; the diagonal is not read
 * @returns K probabilities
 * @see Wu, Lin & Weng, Probability estimates for multi-class classification by pairwise coupling, J. Mach. Learn. Res. 5 (2004), 975–1005, §4.2,
 *   the second method, as in LIBSVM
 */
export function pairwiseCoupling(r: ArrayLike<number>, K: number): Float64Array {
  const Q = new Float64Array(K * K).fill(1)
  for (let s = 0; s < K; s++)
    for (let t = 0; t < K; t++) {
      if (s === t) continue
      Q[s * K + s] += r[t * K + s] ** 2
      Q[s * K + t] -= r[t * K + s] * r[s * K + t]
    }
  const p = new Float64Array(K).fill(1)
  cholesky(Q, K)
  choleskySolve(Q, K, p)
  // Rounding may leave a zero a few units below.
  const sum = p.reduce((total, v, k) => {
    p[k] = Math.max(0, v)
    return total + p[k]
  }, 0)
  return p.map((v) => v / sum)
}

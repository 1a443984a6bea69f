// The log-cosh loss: ½r² near the target, |r| − log 2 far from it; constant factor 1, natural logarithm.
//
//   r = η − y               ℓ = log cosh r                ∂ℓ/∂η = tanh r
//   ∂²ℓ/∂η² = 1/cosh² r     ℓ*(u, y) = uy + ½[(1 + u) log(1 + u) + (1 − u) log(1 − u)] for |u| ≤ 1
import { coinDivergence } from './coin-divergence.ts'
import { finiteTargets } from './finite-targets.ts'
import type { ConjugateLoss } from './loss.ts'

/**
 * Log-cosh loss of the residual r = η − y: log cosh r.
 *
 * y: any finite number. η: any number; NaN gives NaN. No kink: all derivatives exist. Smoothness 1, attained at r = 0. An outlier
 * pulls with less than 1. It has a scale, 1: divide η and y by that of the noise. `conjugate` is +Infinity for |u| > 1.
 *
 * P. J. Green, "Bayesian reconstructions from emission tomography data using a modified EM algorithm", IEEE Trans. Medical
 * Imaging 9 (1990), 84–93.
 */
export const logCosh: ConjugateLoss = {
  name: 'log-cosh',
  value(eta, y) {
    const a = Math.abs(eta - y)
    // cosh r = 1 + 2 sinh²(r/2) keeps the digits of a small residual.
    return a < 1 ? Math.log1p(2 * Math.sinh(a / 2) ** 2) : a + Math.log1p(Math.exp(-2 * a)) - Math.LN2
  },
  gradient: (eta, y) => Math.tanh(eta - y),
  hessian(eta, y) {
    const r = eta - y
    const b = r - eta
    // What rounding took from r, exactly (D. E. Knuth, The Art of Computer Programming vol. 2, §4.2.2, theorem B): far from the
    // target the curvature, e^−2|r|, would feel it.
    const lost = eta - (r - b) - (y + b) || 0
    return (1 - 2 * Math.tanh(r) * lost) / Math.cosh(r) / Math.cosh(r)
  },
  conjugate(u, y) {
    const a = Math.abs(u)
    return a > 1 ? Infinity : u * y + coinDivergence(a, 1 - a)
  },
  targets: finiteTargets,
  link: 'identity',
  convex: true,
  differentiability: Infinity,
  smoothness: 1,
  lipschitz: 1,
  calibrated: null,
}

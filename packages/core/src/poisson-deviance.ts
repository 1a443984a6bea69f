// The unit deviance of a Poisson count, from the logarithm of its mean; its factor is 2, so that the sum is a deviance.
//
//   μ = e^η                       ℓ = 2[y log(y/μ) − (y − μ)]          ∂ℓ/∂η = 2(μ − y)
//   ∂²ℓ/∂η² = 2μ                  ℓ*(u, y) = 2[π log π − π − y log y + y],  π = y + ½u ≥ 0
import type { ConjugateLoss, Targets } from './loss.ts'

const counts: Targets = { what: 'a finite number >= 0', holds: (y) => y >= 0 && y < Infinity }

/** y. Throws unless it may be a count, or a rate. */
function count(y: number): number {
  if (!counts.holds(y)) throw new RangeError(`poissonDeviance: expected y to be ${counts.what}, got ${y}`)
  return y
}

/**
 * Poisson deviance from η = log μ: ℓ(η, y) = 2[y log(y/μ) − (y − μ)], with 0 log 0 = 0; 0 where μ = y. It is twice the negative
 * log-likelihood but for what depends on y alone, and twice scikit-learn's half Poisson loss.
 *
 * y: any finite number ≥ 0, a RangeError otherwise (`hessian` does not depend on it). η: any number, the mean is e^η; NaN gives
 * NaN. No kink. Curvature 2e^η without a bound, so no smoothness; slope without a bound. `conjugate` is +Infinity for u < −2y.
 *
 * P. McCullagh, J. A. Nelder, Generalized Linear Models (2nd ed.), §2.3.
 */
export const poissonDeviance: ConjugateLoss = {
  name: 'poisson-deviance',
  value(eta, y) {
    // d = log(μ/y), with what rounding took from log y put back.
    const L = Math.log(count(y))
    const half = Math.exp(-L / 2)
    const d = eta - L - Math.log(y * half * half)
    // 2y(eᵈ − 1 − d) as it is near the target, where it has no large terms to cancel; far above it μ has more digits than yeᵈ,
    // and from 800 on nothing else counts, not even an infinite d.
    return (
      2 *
      (d <= 2 ? y * (Math.expm1(d) - d) : Math.exp(eta) * (1 - (y && (1 + Math.min(d, 800)) * Math.exp(-d))))
    )
  },
  gradient: (eta, y) => 2 * (Math.exp(eta) - count(y)),
  hessian: (eta) => 2 * Math.exp(eta),
  conjugate(u, y) {
    const p = count(y) + u / 2
    // Of a large y, y log y may leave the doubles; of its parts by m nothing does that does not have to.
    const m = Math.max(1, y)
    const part = (x: number) => x && x * Math.log(x / m)
    return p < 0 ? Infinity : 2 * (part(p) - part(y)) + u * (Math.log(m) - 1)
  },
  targets: counts,
  link: 'log',
  convex: true,
  differentiability: Infinity,
  smoothness: Infinity,
  lipschitz: Infinity,
  calibrated: null,
}

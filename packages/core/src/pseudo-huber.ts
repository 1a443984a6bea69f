// The pseudo-Huber loss, a smooth Huber loss: a hyperbola; near the target ½r², so its factor is that of the squared loss.
//
//   r = η − y, s = √(δ² + r²)       ℓ = δ(s − δ) = δr²/(δ + s)       ∂ℓ/∂η = δr/s
//   ∂²ℓ/∂η² = (δ/s)³                ℓ*(u, y) = uy + δ² − δ√(δ² − u²) for |u| ≤ δ
import { finiteTargets } from './finite-targets.ts'
import type { ConjugateLoss } from './loss.ts'

/**
 * Pseudo-Huber loss of the residual r = η − y: δ²(√(1 + (r/δ)²) − 1), about ½r² for |r| ≪ δ and δ(|r| − δ) for |r| ≫ δ.
 *
 * y: any finite number. η: any number; NaN gives NaN. No kink: all derivatives exist. Smoothness 1, attained at r = 0. An outlier
 * pulls with less than δ. `conjugate` is +Infinity for |u| > δ.
 *
 * P. Charbonnier, L. Blanc-Féraud, G. Aubert, M. Barlaud, "Deterministic edge-preserving regularization in computed imaging",
 * IEEE Trans. Image Processing 6 (1997), 298–311; R. Hartley, A. Zisserman, Multiple View Geometry (2nd ed.), §A6.8.
 *
 * @param delta - where the loss bends from a parabola to a line, in the units of y; a positive number, default 1
 * @throws RangeError if delta is not positive and finite
 */
export function pseudoHuber(delta = 1): ConjugateLoss {
  if (!(delta > 0 && delta < Infinity)) {
    throw new RangeError(`pseudoHuber: expected a finite delta > 0, got ${delta}`)
  }
  /** 1 + (r/δ)², as far out as it makes a difference. */
  const square = (r: number) => Math.min(1 + (r / delta) ** 2, 1e300)
  /** r/(one + √(1 + (r/δ)²)), of which rounding must make no more than δ. */
  const slope = (r: number, one: number) =>
    Math.min(delta, Math.max(-delta, r / (one + Math.sqrt(square(r)))))
  return {
    name: 'pseudo-huber',
    // By halves: the difference may leave the doubles where the result does not.
    value: (eta, y) => (eta / 2 - y / 2) * slope(eta - y, 1) * 2,
    gradient: (eta, y) => slope(eta - y, 0),
    hessian: (eta, y) => 1 / square(eta - y) / Math.sqrt(square(eta - y)),
    // δ − |u| is exact where it is small; 1 − (u/δ)² is not.
    conjugate: (u, y) =>
      Math.abs(u) > delta
        ? Infinity
        : u * (y + u / (1 + Math.sqrt(((delta - Math.abs(u)) / delta) * (1 + Math.abs(u) / delta)))),
    targets: finiteTargets,
    link: 'identity',
    convex: true,
    differentiability: Infinity,
    smoothness: 1,
    lipschitz: delta,
    calibrated: null,
  }
}

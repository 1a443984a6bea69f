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
  /** r/δ, as far out as it makes a difference and has a square. */
  const scaled = (eta: number, y: number) => Math.max(-1e150, Math.min(1e150, (eta - y) / delta))
  return {
    name: 'pseudo-huber',
    value(eta, y) {
      const t = scaled(eta, y)
      // By halves: the difference may leave the doubles where the result does not.
      return 2 * delta * (eta / 2 - y / 2) * (t / (1 + Math.sqrt(1 + t * t)))
    },
    gradient(eta, y) {
      const t = scaled(eta, y)
      return delta * (t / Math.sqrt(1 + t * t))
    },
    hessian(eta, y) {
      const t = scaled(eta, y)
      return 1 / (1 + t * t) / Math.sqrt(1 + t * t)
    },
    // δ − |u| is exact where it is small; 1 − (u/δ)² is not.
    conjugate: (u, y) =>
      Math.abs(u) > delta
        ? Infinity
        : u * (y + u / (1 + Math.sqrt(((delta - u) / delta) * ((delta + u) / delta)))),
    targets: finiteTargets,
    link: 'identity',
    convex: true,
    differentiability: Infinity,
    smoothness: 1,
    lipschitz: delta,
    calibrated: null,
  }
}

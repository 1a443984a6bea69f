// The absolute percentage error, as a share: of 1, not of 100.
//
//   ℓ(η, y)  = |η − y| / |y|       ∂ℓ/∂η  = sign(η − y) / |y|, 0 at the kink
//   ∂²ℓ/∂η²  = 0                   ℓ*(u, y) = uy for |u| ≤ 1/|y|
import type { ConjugateLoss } from './loss.ts'

/** Throws unless y is other than 0. */
function check(y: number): void {
  if (y === 0) throw new RangeError('mape: expected y other than 0, of which no error is a percentage, got 0')
}

/**
 * Absolute percentage error: ℓ(η, y) = |η − y| / |y|, what MAPE averages; 0.1 is ten percent.
 *
 * y: any finite number but 0, for which a RangeError is thrown. η: any number; NaN gives NaN. At the kink η = y `gradient` is 0, the
 * subgradient nearest 0, and `hessian` is 0 there as everywhere, so Newton's method has nothing to go by. Smoothness Infinity: the
 * slope jumps. A row pulls with 1/|y|, however far η is from y: so rows with a small target rule the fit, which comes out too low, and
 * over all targets there is no bound (`lipschitz` Infinity). `conjugate` is +Infinity for |u| > 1/|y|.
 *
 * A. de Myttenaere, B. Golden, B. Le Grand, F. Rossi, "Mean absolute percentage error for regression models", Neurocomputing 192
 * (2016), 38–48.
 */
export const mape: ConjugateLoss = {
  name: 'mape',
  value(eta, y) {
    check(y)
    const a = Math.abs(eta - y)
    // The difference may leave the doubles where its ratio to y does not.
    return a < Infinity ? a / Math.abs(y) : Math.abs(eta / y - 1)
  },
  gradient(eta, y) {
    check(y)
    return Math.sign(eta - y) / Math.abs(y)
  },
  hessian(_, y) {
    check(y)
    return 0
  },
  conjugate(u, y) {
    check(y)
    return Math.abs(u) > 1 / Math.abs(y) ? Infinity : u * y
  },
  targets: { what: 'a finite number other than 0', holds: (y) => Number.isFinite(y) && y !== 0 },
  link: 'identity',
  convex: true,
  differentiability: 0,
  smoothness: Infinity,
  lipschitz: Infinity,
  calibrated: null,
}

// What one row wants of its dual coordinate, for the logistic loss, as linear's dual-prox.ts: z = −s((1 − y) σ(u) − y σ(−u)) at the root of
// u + κ((1 − y) σ(u) − y σ(−u)) = A.
import { exp, NORMAL } from '../losses/exponential'

const TRIES: i32 = 200

/** @param logit where a guess of u is (any number, NaN for none), and the root will be */
export function logisticProx(s: f64, y: f64, A: f64, kappa: f64, logit: usize): f64 {
  let low = A - kappa * (1 - y)
  let high = A + kappa * y
  let u = load<f64>(logit)
  if (!(u >= low && u <= high)) u = low + (high - low) / 2
  for (let tries = 0; tries < TRIES; tries++) {
    const e = down(u)
    const d = 1 / (1 + e)
    const f = u - A + kappa * slopeAt(u, y, e) * d
    if (f > 0) high = u
    else low = u
    const newton = u - f / (1 + kappa * e * d * d)
    const last = abs(newton - u) <= 1e-8 + 4e-16 * abs(u)
    u = last || (newton > low && newton < high) ? newton : low + (high - low) / 2
    if (last) break
  }
  store<f64>(logit, u)
  const e = down(u)
  return (-s * slopeAt(u, y, e)) / (1 + e)
}

/** e^−|u|. */
function down(u: f64): f64 {
  const x = f64x2.splat(-abs(u))
  return f64x2.extract_lane(abs(u) <= NORMAL ? exp(x, false) : exp(x, true), 0)
}

/** (1 + e) ∂ℓ/∂u, e = e^−|u|: without cancellation for y = 0 and y = 1. */
function slopeAt(u: f64, y: f64, e: f64): f64 {
  return u < 0 ? (1 - y) * e - y : 1 - y - y * e
}

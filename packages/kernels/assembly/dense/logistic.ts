// The logistic loss over rows, two at a time: value, residual and curvature from η, y and s. As in core's binary-cross-entropy.ts, from
// e = e^−|η| and the part of the target on the side that η speaks against; a row without weight says nothing, whatever its η.
import { exp, log1p, NORMAL } from '../losses/exponential'

/**
 * Rows at η, y, s: returns the sum of their losses. For order 1 s ∂ℓ/∂η goes to `residual`, their sum is added to the number at `sum`;
 * for order 2 s ∂²ℓ/∂η² goes to `curvature`. Of an odd number of rows, the arrays have room for one more, and s is 0 there.
 */
export function logistic(
  order: i32,
  rows: usize,
  eta: usize,
  y: usize,
  s: usize,
  residual: usize,
  curvature: usize,
  sum: usize,
): f64 {
  const zero = f64x2.splat(0)
  const one = f64x2.splat(1)
  let total = zero
  let slopes = zero
  for (let q: usize = 0; q < rows << 3; q += 16) {
    const z = v128.load(eta + q)
    const target = v128.load(y + q)
    const weight = v128.load(s + q)
    const weighs = f64x2.ne(weight, zero)
    const negative = f64x2.lt(z, zero)
    const against = v128.bitselect(target, f64x2.sub(one, target), negative)
    const size = f64x2.abs(z)
    const away = f64x2.neg(size)
    // Asked this way round, NaN goes to the careful one.
    const e = i64x2.all_true(f64x2.le(size, f64x2.splat(NORMAL))) ? exp(away, false) : exp(away, true)
    const linear = v128.and(f64x2.mul(against, size), f64x2.ne(against, zero))
    const value = f64x2.mul(weight, f64x2.add(linear, log1p(e)))
    total = f64x2.add(total, v128.and(value, weighs))
    if (order > 0) {
      const d = f64x2.div(one, f64x2.add(one, e))
      const g = f64x2.mul(f64x2.mul(weight, d), f64x2.sub(against, f64x2.mul(f64x2.sub(one, against), e)))
      // −g where η < 0: the sign bit is turned.
      const slope = v128.and(v128.xor(g, v128.and(negative, f64x2.splat(-0.0))), weighs)
      v128.store(residual + q, slope)
      slopes = f64x2.add(slopes, slope)
      if (order > 1)
        v128.store(curvature + q, v128.and(f64x2.mul(f64x2.mul(weight, e), f64x2.mul(d, d)), weighs))
    }
  }
  if (order > 0)
    store<f64>(sum, load<f64>(sum) + f64x2.extract_lane(slopes, 0) + f64x2.extract_lane(slopes, 1))
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1)
}

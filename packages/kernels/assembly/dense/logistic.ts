// The logistic loss over rows, two at a time: value, residual and curvature from η, y and s. As in core's binary-cross-entropy.ts, from
// e = e^−|η| and the part of the target on the side that η speaks against; a row without weight says nothing, whatever its η.
import { exponential, log1p, logOnePlus, NORMAL } from '../losses/exponential'

// The bytes of the rows among which a logarithm is shared: Σ log(1 + e) = log Π (1 + e). What is kept of the product is
// u = Π (1 + e) − 1, which has its digits however small the e are; at most 2⁸ in each lane.
const SHARED: usize = 8 << 4

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
  const end = ((rows + 1) << 3) & ~15
  for (let first: usize = 0; first < end; first += SHARED) {
    const last = min(first + SHARED, end)
    const common = v128.load(s + first)
    let largest = zero
    let alike = i64x2.splat(-1)
    for (let q = first; q < last; q += 16) {
      largest = f64x2.max(largest, f64x2.abs(v128.load(eta + q)))
      alike = v128.and(alike, f64x2.eq(common, v128.load(s + q)))
    }
    // Asked this way round, NaN goes to the careful one.
    if (!i64x2.all_true(f64x2.le(largest, f64x2.splat(NORMAL)))) {
      for (let q = first; q < last; q += 16) {
        total = f64x2.add(total, far(order, eta + q, y + q, s + q, residual + q, curvature + q))
        if (order > 0) slopes = f64x2.add(slopes, v128.load(residual + q))
      }
      continue
    }
    const together = i64x2.all_true(alike)
    let u = zero
    for (let q = first; q < last; q += 16) {
      const z = v128.load(eta + q)
      const weight = v128.load(s + q)
      const negative = f64x2.lt(z, zero)
      const against = f64x2.abs(f64x2.sub(v128.load(y + q), v128.andnot(one, negative)))
      const size = f64x2.abs(z)
      const e = exponential<i32>(f64x2.neg(size))
      let value = f64x2.mul(against, size)
      if (together) u = f64x2.add(u, f64x2.add(e, f64x2.mul(u, e)))
      else value = f64x2.add(value, log1p(e))
      total = f64x2.add(total, f64x2.mul(weight, value))
      if (order > 0) {
        const d = f64x2.div(one, f64x2.add(one, e))
        const share = f64x2.mul(weight, d)
        const g = f64x2.mul(share, f64x2.sub(against, f64x2.mul(f64x2.sub(one, against), e)))
        // −g where η < 0: the sign bit is turned.
        const slope = v128.xor(g, v128.and(negative, f64x2.splat(-0.0)))
        v128.store(residual + q, slope)
        slopes = f64x2.add(slopes, slope)
        if (order > 1) v128.store(curvature + q, f64x2.mul(f64x2.mul(share, e), d))
      }
    }
    if (together) total = f64x2.add(total, f64x2.mul(common, logOnePlus(u)))
  }
  if (order > 0)
    store<f64>(sum, load<f64>(sum) + f64x2.extract_lane(slopes, 0) + f64x2.extract_lane(slopes, 1))
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1)
}

/** Two rows whose η may be anything, infinite or no number at all: their losses, with s. */
function far(order: i32, eta: usize, y: usize, s: usize, residual: usize, curvature: usize): v128 {
  const zero = f64x2.splat(0)
  const one = f64x2.splat(1)
  const z = v128.load(eta)
  const target = v128.load(y)
  const weight = v128.load(s)
  const weighs = f64x2.ne(weight, zero)
  const negative = f64x2.lt(z, zero)
  const against = v128.bitselect(target, f64x2.sub(one, target), negative)
  const size = f64x2.abs(z)
  const e = exponential<f64>(f64x2.neg(size))
  const linear = v128.and(f64x2.mul(against, size), f64x2.ne(against, zero))
  if (order > 0) {
    const d = f64x2.div(one, f64x2.add(one, e))
    const g = f64x2.mul(f64x2.mul(weight, d), f64x2.sub(against, f64x2.mul(f64x2.sub(one, against), e)))
    v128.store(residual, v128.and(v128.xor(g, v128.and(negative, f64x2.splat(-0.0))), weighs))
    if (order > 1) v128.store(curvature, v128.and(f64x2.mul(f64x2.mul(weight, e), f64x2.mul(d, d)), weighs))
  }
  return v128.and(f64x2.mul(weight, f64x2.add(linear, log1p(e))), weighs)
}

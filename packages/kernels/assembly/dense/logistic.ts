// The logistic loss over rows, two at a time: value, residual and curvature from η, y and s. As in core's binary-cross-entropy.ts, from
// e = e^−|η| and the part of the target on the side that η speaks against; a row without weight says nothing, whatever its η.
import { exp, fractions, log1p, logOnePlus, NORMAL } from '../losses/exponential'

// Rows among which a logarithm is shared, if they have one weight: Σ log(1 + e) = log Π (1 + e). What is kept of the product is
// u = Π (1 + e) − 1, which has its digits however small the e are, as a fraction; of fewer than 64 rows, its parts are below 2⁷⁵.
const SHARED: usize = 32

// What goes from block to block: numerator and denominator of u, the weight, how many rows. Behind it, denominators of the e of 32 rows.
const SCALE: usize = 16
const WEIGHT: usize = 32
const HELD: usize = 48
const BELOW: usize = 64

/** No rows yet; 40 numbers. */
export function begin(kept: usize): void {
  memory.fill(kept, 0, BELOW)
  v128.store(kept, f64x2.splat(1), SCALE)
}

/** The losses of rows whose logarithm has not been taken; none are left. */
export function settle(kept: usize): f64 {
  const u = f64x2.div(v128.load(kept), v128.load(kept, SCALE))
  const part = f64x2.mul(v128.load(kept, WEIGHT), logOnePlus(u))
  begin(kept)
  return f64x2.extract_lane(part, 0) + f64x2.extract_lane(part, 1)
}

/**
 * Rows at η, y, s: returns the sum of their losses, some of which wait in `kept` for `settle`. For order 1 s ∂ℓ/∂η goes to `residual`, which has
 * room for all rows at any order, and their sum is added to the number at `sum`; for order 2 s ∂²ℓ/∂η² goes to `curvature`. Of an odd number
 * of rows, the arrays have room for one more, and s is 0 there.
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
  kept: usize,
): f64 {
  let total: f64 = 0
  for (let first: usize = 0; first < rows; first += SHARED) {
    const at = first << 3
    const count = min(SHARED, rows - first)
    total += some(order, count, eta + at, y + at, s + at, residual + at, curvature + at, sum, kept)
  }
  return total
}

/** The same of at most 32 rows. */
function some(
  order: i32,
  rows: usize,
  eta: usize,
  y: usize,
  s: usize,
  residual: usize,
  curvature: usize,
  sum: usize,
  kept: usize,
): f64 {
  const zero = f64x2.splat(0)
  const one = f64x2.splat(1)
  const sign = f64x2.splat(-0.0)
  const lowest = f64x2.splat(-NORMAL)
  const end = ((rows + 1) << 3) & ~15
  const weight = v128.load(s)
  let total: f64 = 0
  let losses = zero
  let slopes = zero
  let plain = i64x2.splat(-1)
  for (let q: usize = 0; q < end; q += 16) plain = v128.and(plain, f64x2.eq(weight, v128.load(s + q)))
  if (i64x2.all_true(plain)) {
    if (!i64x2.all_true(f64x2.eq(weight, v128.load(kept, WEIGHT)))) total = settle(kept)
    let u = v128.load(kept)
    let scale = v128.load(kept, SCALE)
    fractions(eta, end, residual, kept + BELOW)
    for (let q: usize = 0; q < end; q += 16) {
      const above = v128.load(residual + q)
      const below = v128.load(kept + q, BELOW)
      const both = f64x2.add(above, below)
      // The probability of what η speaks against: e/(1 + e).
      const share = f64x2.div(above, both)
      const z = v128.load(eta + q)
      const x = v128.or(z, sign)
      // Asked this way round, NaN is not plain.
      plain = v128.and(plain, f64x2.ge(x, lowest))
      const negative = f64x2.lt(z, zero)
      const against = v128.andnot(f64x2.sub(v128.load(y + q), v128.andnot(one, negative)), sign)
      losses = f64x2.sub(losses, f64x2.mul(against, x))
      u = f64x2.add(f64x2.mul(u, both), f64x2.mul(scale, above))
      scale = f64x2.mul(scale, below)
      // −g where η < 0: the sign bit is turned.
      const g = f64x2.mul(weight, f64x2.sub(against, share))
      const slope = v128.xor(g, v128.and(negative, sign))
      v128.store(residual + q, slope)
      slopes = f64x2.add(slopes, slope)
      if (order > 1) v128.store(curvature + q, f64x2.mul(f64x2.mul(weight, share), f64x2.sub(one, share)))
    }
    if (i64x2.all_true(plain)) {
      losses = f64x2.mul(losses, weight)
      v128.store(kept, u)
      v128.store(kept, scale, SCALE)
      v128.store(kept, weight, WEIGHT)
      const held = load<usize>(kept, HELD) + rows
      store<usize>(kept, held, HELD)
      if (held >= SHARED) total += settle(kept)
    }
  }
  if (!i64x2.all_true(plain)) {
    losses = zero
    slopes = zero
    for (let q: usize = 0; q < end; q += 16) {
      losses = f64x2.add(losses, any(order, eta + q, y + q, s + q, residual + q, curvature + q))
      slopes = f64x2.add(slopes, v128.load(residual + q))
    }
  }
  if (order > 0)
    store<f64>(sum, load<f64>(sum) + f64x2.extract_lane(slopes, 0) + f64x2.extract_lane(slopes, 1))
  return total + (f64x2.extract_lane(losses, 0) + f64x2.extract_lane(losses, 1))
}

/** Two rows of any weights whose η may be anything, infinite or no number at all: their losses, with s. */
function any(order: i32, eta: usize, y: usize, s: usize, residual: usize, curvature: usize): v128 {
  const zero = f64x2.splat(0)
  const one = f64x2.splat(1)
  const z = v128.load(eta)
  const target = v128.load(y)
  const weight = v128.load(s)
  const weighs = f64x2.ne(weight, zero)
  const negative = f64x2.lt(z, zero)
  const against = v128.bitselect(target, f64x2.sub(one, target), negative)
  const size = f64x2.abs(z)
  const e = exp(f64x2.neg(size), !i64x2.all_true(f64x2.le(size, f64x2.splat(NORMAL))))
  const linear = v128.and(f64x2.mul(against, size), f64x2.ne(against, zero))
  const d = f64x2.div(one, f64x2.add(one, e))
  const g = f64x2.mul(f64x2.mul(weight, d), f64x2.sub(against, f64x2.mul(f64x2.sub(one, against), e)))
  v128.store(residual, v128.and(v128.xor(g, v128.and(negative, f64x2.splat(-0.0))), weighs))
  if (order > 1) v128.store(curvature, v128.and(f64x2.mul(f64x2.mul(weight, e), f64x2.mul(d, d)), weighs))
  return v128.and(f64x2.mul(weight, f64x2.add(linear, log1p(e))), weighs)
}

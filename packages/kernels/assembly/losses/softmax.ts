// The softmax loss over rows of K scores η, two classes at a time, as in core's categorical-cross-entropy-blocks.ts: from e = exp(η − m) with m
// the largest score, which is not part of the sum of the rest, so that a row that is as good as certain keeps its digits. Rows are `stride`
// bytes apart, a multiple of 16 with room for K numbers.
import { exp, log1p, NORMAL } from './exponential'

/** e of both lanes, with what η − m has lost by rounding multiplied in; 1 where η is m, infinite or not. */
function share(z: v128, m: v128, top: v128): v128 {
  const away = f64x2.sub(z, m)
  const taken = f64x2.sub(z, away)
  const lost = f64x2.add(f64x2.sub(z, f64x2.add(away, taken)), f64x2.sub(taken, m))
  let e: v128
  // Asked this way round, NaN goes to the careful one.
  if (i64x2.all_true(f64x2.ge(away, f64x2.splat(-NORMAL)))) {
    e = exp(away, false)
    e = f64x2.add(e, f64x2.mul(e, lost))
  } else {
    e = exp(away, true)
    // What was lost of an infinite difference is no number.
    e = f64x2.add(e, v128.and(f64x2.mul(e, lost), f64x2.gt(away, f64x2.splat(-Infinity))))
  }
  return v128.bitselect(f64x2.splat(1), e, top)
}

/** All lanes, or the lower one where the upper is beyond the last class. */
function within(last: bool): v128 {
  return last ? i64x2(-1, 0) : i64x2.splat(-1)
}

/** The largest of K numbers; NaN if one is. */
function largest(eta: usize, K: usize): f64 {
  let m = v128.load64_splat(eta)
  let k: usize = 0
  const even = (K << 3) & ~15
  for (; k < even; k += 16) m = f64x2.max(m, v128.load(eta + k))
  if ((K & 1) !== 0) m = f64x2.max(m, v128.load64_splat(eta + k))
  return max(f64x2.extract_lane(m, 0), f64x2.extract_lane(m, 1))
}

/** Writes e of one row to `out` if there is one; returns the sum of all but one of those that are 1. */
function shares(eta: usize, K: usize, m: f64, out: usize): f64 {
  const top = f64x2.splat(m)
  const bytes = K << 3
  let rest = f64x2.splat(0)
  let count = rest
  for (let k: usize = 0; k < bytes; k += 16) {
    const odd = k + 8 === bytes
    const inside = within(odd)
    const z = odd ? v128.load64_splat(eta + k) : v128.load(eta + k)
    const same = f64x2.eq(z, top)
    const e = v128.and(share(z, top, same), inside)
    if (out !== 0) v128.store(out + k, e)
    rest = f64x2.add(rest, v128.andnot(e, same))
    count = f64x2.add(count, v128.and(e, same))
  }
  const ties = f64x2.extract_lane(count, 0) + f64x2.extract_lane(count, 1) - 1
  return f64x2.extract_lane(rest, 0) + f64x2.extract_lane(rest, 1) + ties
}

/** log(1 + e) of both lanes, e ≥ 0: beyond 1, 1 + e is 2^k (1 + f). */
function logSum(e: v128): v128 {
  const one = f64x2.splat(1)
  const u = f64x2.add(one, e)
  const large = f64x2.gt(e, one)
  const mantissa = v128.or(v128.and(u, i64x2.splat(0x000f_ffff_ffff_ffff)), one)
  const f = v128.bitselect(f64x2.sub(mantissa, one), e, large)
  // k as a number: the exponent's bits behind those of 2⁵², which is taken away again.
  const exponent = v128.or(i64x2.shr_u(u, 52), i64x2.splat(0x4330_0000_0000_0000))
  const k = v128.and(f64x2.sub(exponent, f64x2.splat(4503599627370496.0 + 1023)), large)
  return f64x2.add(log1p(f), f64x2.mul(k, f64x2.splat(0.6931471805599453)))
}

/**
 * Returns the sum of the losses of rows at η, y and s; for order 1 s ∂ℓ/∂η goes to `residual`, and 0 behind the last class of an odd number.
 * A row without weight says nothing, whatever its η.
 */
export function softmax(
  order: i32,
  rows: usize,
  K: usize,
  stride: usize,
  eta: usize,
  y: usize,
  s: usize,
  residual: usize,
): f64 {
  let total: f64 = 0
  // The sum of the rest of a row that waits for another, so that logarithms are taken of two, and its weight.
  let waiting: f64 = -1
  let weightOfWaiting: f64 = 0
  for (let i: usize = 0; i < rows; i++, eta += stride, residual += stride) {
    const weight = load<f64>(s + (i << 3))
    if (weight === 0) {
      if (order > 0) memory.fill(residual, 0, stride)
      continue
    }
    const m = largest(eta, K)
    const rest = shares(eta, K, m, order > 0 ? residual : 0)
    const target = (<usize>load<f64>(y + (i << 3))) << 3
    const own = load<f64>(eta + target)
    const certain = own === m
    if (!certain) total += weight * (m - own)
    if (waiting < 0) {
      waiting = rest
      weightOfWaiting = weight
    } else {
      const logs = logSum(f64x2.replace_lane(f64x2.splat(rest), 1, waiting))
      total += weight * f64x2.extract_lane(logs, 0) + weightOfWaiting * f64x2.extract_lane(logs, 1)
      waiting = -1
    }
    if (order > 0) {
      const d = 1 / (1 + rest)
      const factor = f64x2.splat(weight * d)
      for (let k: usize = 0; k < stride; k += 16)
        v128.store(residual + k, f64x2.mul(v128.load(residual + k), factor))
      const at = residual + target
      store<f64>(at, certain ? -weight * (rest * d) : load<f64>(at) - weight)
    }
  }
  if (waiting >= 0) total += weightOfWaiting * f64x2.extract_lane(logSum(f64x2.splat(waiting)), 0)
  return total
}

/** Probabilities p of one row to `out`, and 1 − p to `others` if it is there. */
export function chances(K: usize, eta: usize, out: usize, others: usize): void {
  const m = largest(eta, K)
  const rest = shares(eta, K, m, out)
  const d = 1 / (1 + rest)
  const bytes = K << 3
  for (let k: usize = 0; k < bytes; k += 8) {
    const p = load<f64>(out + k) * d
    store<f64>(out + k, p)
    if (others !== 0) store<f64>(others + k, load<f64>(eta + k) === m ? rest * d : 1 - p)
  }
}

/** Turns rows of `moved` = X v into s (diag(p) − p pᵀ) moved, from p at η; `chance` has room for one row. */
export function softmaxProduct(
  rows: usize,
  K: usize,
  stride: usize,
  eta: usize,
  s: usize,
  chance: usize,
  moved: usize,
): void {
  const bytes = K << 3
  for (let i: usize = 0; i < rows; i++, eta += stride, moved += stride) {
    const weight = load<f64>(s + (i << 3))
    if (weight === 0) {
      memory.fill(moved, 0, stride)
      continue
    }
    chances(K, eta, chance, 0)
    // Measured from the most probable class, whose own part is then a sum of small numbers.
    let top: usize = 0
    for (let k: usize = 8; k < bytes; k += 8) if (load<f64>(eta + k) > load<f64>(eta + top)) top = k
    const from = load<f64>(moved + top)
    let mean: f64 = 0
    for (let k: usize = 0; k < bytes; k += 8) {
      const u = load<f64>(moved + k) - from
      store<f64>(moved + k, u)
      mean += load<f64>(chance + k) * u
    }
    for (let k: usize = 0; k < bytes; k += 8)
      store<f64>(moved + k, weight * load<f64>(chance + k) * (load<f64>(moved + k) - mean))
  }
}

/**
 * Of rows at η + shift: adds Σ s (p − e_y) to the row at `out`, and Σ s p pᵀ to the K rows behind it; `scratch` has room for two rows. What is
 * behind the last of an odd number of classes is 0 in `shift`.
 */
export function balance(
  rows: usize,
  K: usize,
  stride: usize,
  eta: usize,
  y: usize,
  s: usize,
  shift: usize,
  scratch: usize,
  out: usize,
): void {
  const p = scratch + stride
  for (let i: usize = 0; i < rows; i++, eta += stride) {
    const weight = load<f64>(s + (i << 3))
    if (weight === 0) continue
    for (let k: usize = 0; k < stride; k += 16)
      v128.store(scratch + k, f64x2.add(v128.load(eta + k), v128.load(shift + k)))
    chances(K, scratch, p, 0)
    const at = out + ((<usize>load<f64>(y + (i << 3))) << 3)
    store<f64>(at, load<f64>(at) - weight)
    const factor = f64x2.splat(weight)
    for (let k: usize = 0; k < stride; k += 16)
      v128.store(out + k, f64x2.add(v128.load(out + k), f64x2.mul(factor, v128.load(p + k))))
    for (let j: usize = 0, row = out + stride; j < K; j++, row += stride) {
      const part = f64x2.splat(weight * load<f64>(p + (j << 3)))
      for (let k: usize = 0; k < stride; k += 16)
        v128.store(row + k, f64x2.add(v128.load(row + k), f64x2.mul(part, v128.load(p + k))))
    }
  }
}

// How far the rows of a logistic problem are from being balanced: Σ s ∂ℓ/∂η and Σ s ∂²ℓ/∂η² from η, as in core's binary-cross-entropy.ts.
import { exp, NORMAL } from './losses/exponential'

/**
 * Writes both sums over n rows at η + shift to `out`. Of an odd number of rows, the arrays have room for one more, and s is 0 there; a row
 * without weight says nothing, whatever its η.
 */
export function balance(eta: usize, y: usize, s: usize, n: usize, shift: f64, out: usize): void {
  const zero = f64x2.splat(0)
  const one = f64x2.splat(1)
  const by = f64x2.splat(shift)
  let slopes = zero
  let bends = zero
  const end = ((n + 1) << 3) & ~15
  for (let q: usize = 0; q < end; q += 16) {
    const weight = v128.load(s + q)
    const z = f64x2.add(v128.load(eta + q), by)
    const negative = f64x2.lt(z, zero)
    const against = f64x2.abs(f64x2.sub(v128.load(y + q), v128.andnot(one, negative)))
    const size = f64x2.abs(z)
    // Asked this way round, NaN goes to the careful one.
    const e = i64x2.all_true(f64x2.le(size, f64x2.splat(NORMAL)))
      ? exp(f64x2.neg(size), false)
      : exp(f64x2.neg(size), true)
    const d = f64x2.div(one, f64x2.add(one, e))
    const share = f64x2.mul(weight, d)
    const g = f64x2.mul(share, f64x2.sub(against, f64x2.mul(f64x2.sub(one, against), e)))
    const weighs = f64x2.ne(weight, zero)
    slopes = f64x2.add(slopes, v128.and(v128.xor(g, v128.and(negative, f64x2.splat(-0.0))), weighs))
    bends = f64x2.add(bends, v128.and(f64x2.mul(f64x2.mul(share, e), d), weighs))
  }
  store<f64>(out, f64x2.extract_lane(slopes, 0) + f64x2.extract_lane(slopes, 1))
  store<f64>(out, f64x2.extract_lane(bends, 0) + f64x2.extract_lane(bends, 1), 8)
}

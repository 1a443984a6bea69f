// Exponentials and logarithms of two numbers at a time, of which losses are made.

// In memory, each twice: a constant that an instruction brings along takes the processor four instructions, and there are many.
// Those of the polynomials are made by scripts/coefficients.py.
const TABLE: usize = memory.data<f64>(
  [
    0.5000000000000001, 0.5000000000000001, 0.16666666666666669, 0.16666666666666669, 0.041666666666624164,
    0.041666666666624164, 0.008333333333330065, 0.008333333333330065, 0.0013888888917196719,
    0.0013888888917196719, 0.00019841269863040545, 0.00019841269863040545, 2.4801521322368692e-5,
    2.4801521322368692e-5, 2.7557268480310024e-6, 2.7557268480310024e-6, 2.7620075879983367e-7,
    2.7620075879983367e-7, 2.5100375832561234e-8, 2.5100375832561234e-8, 0.3333333333333333,
    0.3333333333333333, 0.20000000000007292, 0.20000000000007292, 0.1428571428355438, 0.1428571428355438,
    0.11111111358713932, 0.11111111358713932, 0.09090894718066429, 0.09090894718066429, 0.07692785032479312,
    0.07692785032479312, 0.06657072104827468, 0.06657072104827468, 0.06000536404795356, 0.06000536404795356,
    0.04400369243072337, 0.04400369243072337, 0.08082022805971766, 0.08082022805971766, 1.4426950408889634,
    1.4426950408889634, 0.6931471803691238, 0.6931471803691238, 1.9082149292705877e-10,
    1.9082149292705877e-10, 6755399441055744.0, 6755399441055744.0, 0.1666666666666666, 0.1666666666666666,
    -0.0027777777777564404, -0.0027777777777564404, 6.613756471622828e-5, 6.613756471622828e-5,
    -1.6534060033836456e-6, -1.6534060033836456e-6, 4.1437662804024295e-8, 4.1437662804024295e-8, 2.0, 2.0,
  ],
  16,
)
// e^r = 1 + r + r² E(r) for |r| ≤ ½ log 2, to 1.2e-17.
const E0: usize = 0
const E1: usize = 16
const E2: usize = 32
const E3: usize = 48
const E4: usize = 64
const E5: usize = 80
const E6: usize = 96
const E7: usize = 112
const E8: usize = 128
const E9: usize = 144
// log(1 + e) = 2z (1 + z² L(z²)), z = e/(2 + e), for 0 ≤ e ≤ 1, to 5e-18 relative.
const L0: usize = 160
const L1: usize = 176
const L2: usize = 192
const L3: usize = 208
const L4: usize = 224
const L5: usize = 240
const L6: usize = 256
const L7: usize = 272
const L8: usize = 288
const L9: usize = 304
const LOG2E: usize = 320
// The first 32 bits of log 2, and the rest: a whole number times the first is exact.
const LN2_HIGH: usize = 336
const LN2_LOW: usize = 352
// Added to a small number, it leaves that number, rounded, in the lowest bits.
const MAGIC: usize = 368
// c = r coth(r/2) = 2 + r² C(r²) for |r| ≤ ½ log 2, to 7e-18.
const C0: usize = 384
const C1: usize = 400
const C2: usize = 416
const C3: usize = 432
const C4: usize = 448
const TWO: usize = 464
// Below it e^x is less than half of the smallest double.
const LOWEST: f64 = -746.0

function constant(at: usize): v128 {
  return v128.load(TABLE + at)
}

/** a·b + c. */
function muladd(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c)
}

/** e^x of both lanes, x ≤ 0, within an ulp; NaN gives NaN. Without `tails` only for x ≥ −708, where results are normal numbers. */
export function exp(x: v128, tails: bool): v128 {
  return tails ? exponential<f64>(x) : exponential<i32>(x)
}

/**
 * The same, as two functions: with `tails` for f64, without for any other type. Where there is one call of each, the compiler makes it part of
 * the loop around it. With tails 2^k is applied in two factors, so that a subnormal result is rounded once.
 */
export function exponential<Tails>(x: v128): v128 {
  const tails = isFloat<Tails>()
  const within = tails ? f64x2.max(x, f64x2.splat(LOWEST)) : x
  const shifted = muladd(within, constant(LOG2E), constant(MAGIC))
  const k = f64x2.sub(shifted, constant(MAGIC))
  const r = f64x2.sub(f64x2.sub(within, f64x2.mul(k, constant(LN2_HIGH))), f64x2.mul(k, constant(LN2_LOW)))
  // Estrin: pairs, then pairs of pairs, so that little waits for little.
  const r2 = f64x2.mul(r, r)
  const r4 = f64x2.mul(r2, r2)
  const a = muladd(muladd(constant(E3), r, constant(E2)), r2, muladd(constant(E1), r, constant(E0)))
  const b = muladd(muladd(constant(E7), r, constant(E6)), r2, muladd(constant(E5), r, constant(E4)))
  const c = muladd(constant(E9), r, constant(E8))
  const tail = muladd(muladd(c, r4, b), r4, a)
  const y = f64x2.add(f64x2.splat(1), f64x2.add(r, f64x2.mul(r2, tail)))
  // The lowest bits of `shifted` are k: moved to the place of the exponent, they are added to that of y.
  if (!tails) return i64x2.add(y, i64x2.shl(shifted, 52))
  const whole = i64x2.sub(shifted, constant(MAGIC))
  const half = i64x2.shr_s(whole, 1)
  const one = f64x2.splat(1)
  const first = i64x2.add(i64x2.shl(half, 52), one)
  const second = i64x2.add(i64x2.shl(i64x2.sub(whole, half), 52), one)
  return f64x2.mul(f64x2.mul(y, first), second)
}

/**
 * e^−|x| of so many bytes of numbers as fractions, within an ulp, for |x| ≤ 708: e^r = (c + r)/(c − r) with c = r coth(r/2). What goes on with
 * e/(1 + e) has one division, not two; and constants and what is under way fit into the registers.
 */
export function fractions(x: usize, bytes: usize, above: usize, below: usize): void {
  const sign = f64x2.splat(-0.0)
  const log2e = constant(LOG2E)
  const magic = constant(MAGIC)
  const high = constant(LN2_HIGH)
  const low = constant(LN2_LOW)
  const c0 = constant(C0)
  const c1 = constant(C1)
  const c2 = constant(C2)
  const c3 = constant(C3)
  const c4 = constant(C4)
  const two = constant(TWO)
  for (let q: usize = 0; q < bytes; q += 16) {
    const within = v128.or(v128.load(x + q), sign)
    const shifted = muladd(within, log2e, magic)
    const k = f64x2.sub(shifted, magic)
    const r = f64x2.sub(f64x2.sub(within, f64x2.mul(k, high)), f64x2.mul(k, low))
    const t = f64x2.mul(r, r)
    const a = muladd(c1, t, c0)
    const b = muladd(muladd(c4, t, c3), t, c2)
    const c = muladd(muladd(b, f64x2.mul(t, t), a), t, two)
    v128.store(above + q, i64x2.add(f64x2.add(c, r), i64x2.shl(shifted, 52)))
    v128.store(below + q, f64x2.sub(c, r))
  }
}

/** log(1 + e) of both lanes, 0 ≤ e ≤ 1. */
export function log1p(e: v128): v128 {
  const z = f64x2.div(e, f64x2.add(e, f64x2.splat(2)))
  const t = f64x2.mul(z, z)
  const t2 = f64x2.mul(t, t)
  const t4 = f64x2.mul(t2, t2)
  const a = muladd(muladd(constant(L3), t, constant(L2)), t2, muladd(constant(L1), t, constant(L0)))
  const b = muladd(muladd(constant(L7), t, constant(L6)), t2, muladd(constant(L5), t, constant(L4)))
  const c = muladd(constant(L9), t, constant(L8))
  const tail = muladd(muladd(c, t4, b), t4, a)
  const twice = f64x2.add(z, z)
  return f64x2.add(twice, f64x2.mul(twice, f64x2.mul(t, tail)))
}

/** log(1 + u) of both lanes, for u ≥ 0 that are far from overflow: 1 + u = 2^k (1 + e), of which the rounding is made good. */
export function logOnePlus(u: v128): v128 {
  const one = f64x2.splat(1)
  const whole = f64x2.add(one, u)
  const lost = f64x2.sub(u, f64x2.sub(whole, one))
  const exponent = v128.and(whole, i64x2.splat(0x7ff0000000000000))
  // 2^−k, and k from the lowest bits of a large number.
  const scale = i64x2.sub(i64x2.splat(0x7fe0000000000000), exponent)
  const k = f64x2.sub(
    v128.or(i64x2.shr_u(exponent, 52), f64x2.splat(4503599627370496.0)),
    f64x2.splat(4503599627370496.0 + 1023.0),
  )
  const e = f64x2.add(f64x2.sub(f64x2.mul(whole, scale), one), f64x2.mul(lost, scale))
  return f64x2.add(f64x2.mul(k, constant(LN2_HIGH)), f64x2.add(log1p(e), f64x2.mul(k, constant(LN2_LOW))))
}

/** Where no exponential is subnormal. */
export const NORMAL: f64 = 708

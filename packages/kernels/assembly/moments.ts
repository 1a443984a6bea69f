// A first look at a dense row-major matrix: whether its numbers are finite, and the moments of its columns. All arrays are places in the one
// memory, which the caller lays out.

/** Whether all of n numbers are finite. */
export function finite(x: usize, n: usize): bool {
  const zero = f64x2.splat(0)
  let a = zero
  let b = zero
  let c = zero
  let d = zero
  const end = x + (n << 3)
  // 0 times anything else is NaN, which stays in the sum.
  for (; x + 64 <= end; x += 64) {
    a = f64x2.add(a, f64x2.mul(zero, v128.load(x)))
    b = f64x2.add(b, f64x2.mul(zero, v128.load(x, 16)))
    c = f64x2.add(c, f64x2.mul(zero, v128.load(x, 32)))
    d = f64x2.add(d, f64x2.mul(zero, v128.load(x, 48)))
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d))
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  for (; x < end; x += 8) sum += 0 * load<f64>(x)
  return sum === 0
}

/** Whether all of n numbers of single precision are finite. */
export function finiteSingle(x: usize, n: usize): bool {
  const zero = f32x4.splat(0)
  let a = zero
  let b = zero
  const end = x + (n << 2)
  for (; x + 32 <= end; x += 32) {
    a = f32x4.add(a, f32x4.mul(zero, v128.load(x)))
    b = f32x4.add(b, f32x4.mul(zero, v128.load(x, 16)))
  }
  a = f32x4.add(a, b)
  let sum = f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1)
  sum += f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3)
  for (; x < end; x += 4) sum += 0 * load<f32>(x)
  return sum === 0
}

/**
 * Weighted mean and sum of squares of every column, and whether it varies, by West's updates row by row: the same operations in the same
 * order as linear's column-moments.ts, hence the same bits. `hashes` has a fingerprint of each column, two words.
 *
 * @param mass the sum of the weights of the rows before
 * @returns the same with these
 */
export function moments(
  x: usize,
  n: usize,
  p: usize,
  mass: f64,
  s: usize,
  mean: usize,
  squares: usize,
  varies: usize,
  hashes: usize,
): f64 {
  const multiplier = i32x4.splat(0x9e3779b1)
  const bytes = p << 3
  const even = bytes & ~15
  let i: usize = 0
  // Where what belongs to the columns is not in the first cache, it is read and written once for two rows.
  if (p >= WIDE && !(p & 1))
    for (; i + 2 <= n; i += 2, x += bytes << 1) {
      const at = s + (i << 3)
      const first = mass + load<f64>(at)
      const second = first + load<f64>(at, 8)
      momentsOfTwo(x, bytes, load<f64>(at), first, load<f64>(at, 8), second, mean, squares, varies, hashes)
      mass = second
    }
  for (; i < n; i++, x += bytes) {
    const weight = load<f64>(s + (i << 3))
    mass += weight
    const share = weight === 0 ? 0 : weight / mass
    const shares = f64x2.splat(share)
    const weights = f64x2.splat(weight)
    const counts = f64x2.splat(share > 0 && share < 1 ? 1 : 0)
    let q: usize = 0
    for (; q < even; q += 16) {
      const value = v128.load(x + q)
      const before = v128.load(mean + q)
      const away = f64x2.sub(value, before)
      const after = f64x2.add(before, f64x2.mul(shares, away))
      v128.store(mean + q, after)
      const rise = f64x2.mul(f64x2.mul(weights, away), f64x2.sub(value, after))
      v128.store(squares + q, f64x2.add(v128.load(squares + q), rise))
      const h = v128.load(hashes + q)
      const turned = v128.or(i32x4.shl(h, 13), i32x4.shr_u(h, 19))
      v128.store(hashes + q, i32x4.mul(v128.xor(turned, value), multiplier))
      v128.store(varies + q, v128.or(v128.load(varies + q), v128.and(f64x2.ne(away, f64x2.splat(0)), counts)))
    }
    for (; q < bytes; q += 8) {
      const value = load<f64>(x + q)
      const before = load<f64>(mean + q)
      const away = value - before
      const after = before + share * away
      store<f64>(mean + q, after)
      store<f64>(squares + q, load<f64>(squares + q) + weight * away * (value - after))
      if (share > 0 && share < 1 && away !== 0) store<f64>(varies + q, 1)
      for (let half: usize = 0; half < 8; half += 4) {
        const word = load<u32>(x + q + half)
        store<u32>(hashes + q + half, (rotl<u32>(load<u32>(hashes + q + half), 13) ^ word) * 0x9e3779b1)
      }
    }
  }
  return mass
}

const WIDE: usize = 2048

/** The same of two rows with these weights, after which all have these masses; an even number of columns. */
function momentsOfTwo(
  x: usize,
  bytes: usize,
  a: f64,
  massOfA: f64,
  b: f64,
  massOfB: f64,
  mean: usize,
  squares: usize,
  varies: usize,
  hashes: usize,
): void {
  const zero = f64x2.splat(0)
  const multiplier = i32x4.splat(0x9e3779b1)
  const shareOfA = a === 0 ? 0 : a / massOfA
  const shareOfB = b === 0 ? 0 : b / massOfB
  const sharesOfA = f64x2.splat(shareOfA)
  const sharesOfB = f64x2.splat(shareOfB)
  const weightsOfA = f64x2.splat(a)
  const weightsOfB = f64x2.splat(b)
  const countsOfA = f64x2.splat(shareOfA > 0 && shareOfA < 1 ? 1 : 0)
  const countsOfB = f64x2.splat(shareOfB > 0 && shareOfB < 1 ? 1 : 0)
  for (let q: usize = 0; q < bytes; q += 16) {
    const first = v128.load(x + q)
    const second = v128.load(x + bytes + q)
    const before = v128.load(mean + q)
    const away = f64x2.sub(first, before)
    const between = f64x2.add(before, f64x2.mul(sharesOfA, away))
    const then = f64x2.sub(second, between)
    const after = f64x2.add(between, f64x2.mul(sharesOfB, then))
    v128.store(mean + q, after)
    const rise = f64x2.add(
      v128.load(squares + q),
      f64x2.mul(f64x2.mul(weightsOfA, away), f64x2.sub(first, between)),
    )
    v128.store(squares + q, f64x2.add(rise, f64x2.mul(f64x2.mul(weightsOfB, then), f64x2.sub(second, after))))
    let h = v128.load(hashes + q)
    h = i32x4.mul(v128.xor(v128.or(i32x4.shl(h, 13), i32x4.shr_u(h, 19)), first), multiplier)
    h = i32x4.mul(v128.xor(v128.or(i32x4.shl(h, 13), i32x4.shr_u(h, 19)), second), multiplier)
    v128.store(hashes + q, h)
    const differs = v128.or(
      v128.and(f64x2.ne(away, zero), countsOfA),
      v128.and(f64x2.ne(then, zero), countsOfB),
    )
    v128.store(varies + q, v128.or(v128.load(varies + q), differs))
  }
}

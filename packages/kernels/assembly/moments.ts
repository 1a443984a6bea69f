// A first look at a dense row-major matrix: whether its numbers are finite, and the moments of its columns with a fingerprint of them. All
// arrays are places in the one memory, which the caller lays out.

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

/** Rows that are taken at a time. */
const BLOCK: usize = 8

/**
 * Weighted mean and sum of squares of every column, whether it varies, and its fingerprint, two words, over consecutive rows; to be added to those
 * of the rows before, whose weights sum to `mass`. All four have room for an even number of columns. With c the mean of the rows before, A = Σ s (x − c)
 * and B = Σ s (x − c)² of a block, the mean becomes c + A / mass and the squares grow by B − A² / mass: Chan, Golub & LeVeque, Algorithms for
 * Computing the Sample Variance (1983). A² / mass is at most B times the block's part of the mass. Where that is more than half, digits would
 * cancel, and the rows go one by one: so do the first, of which the very first that has weight is the mean, so that a constant column comes out
 * as exactly constant.
 *
 * @param single whether x are numbers of single precision
 * @param until how many rows of the matrix are before these: a multiple of eight
 * @returns the mass with these rows
 */
export function moments(
  x: usize,
  single: bool,
  n: usize,
  p: usize,
  until: u32,
  mass: f64,
  s: usize,
  mean: usize,
  squares: usize,
  varies: usize,
  hashes: usize,
): f64 {
  const step = p << (single ? 2 : 3)
  const bytes = p << 3
  for (let i: usize = 0; i < n; i += BLOCK) {
    const rows = min(BLOCK, n - i)
    const first = load<f64>(s)
    let sum: f64 = 0
    let same = true
    for (let r: usize = 0; r < rows << 3; r += 8) {
      const weight = load<f64>(s + r)
      sum += weight
      if (weight !== first) same = false
    }
    const all = mass + sum
    until += <u32>rows
    if (rows < BLOCK || sum > mass || mass === 0)
      single
        ? each<f32>(x, step, rows, bytes, until, mass, s, mean, squares, varies, hashes)
        : each<f64>(x, step, rows, bytes, until, mass, s, mean, squares, varies, hashes)
    else {
      const next = i + 2 * BLOCK <= n ? x + BLOCK * step : x
      if (single) eightSingle(x, step, next, bytes, until, all, same, s, mean, squares, varies, hashes)
      else eight(x, step, next, bytes, until, all, same, s, mean, squares, varies, hashes)
    }
    mass = all
    x += BLOCK * step
    s += BLOCK << 3
  }
  return mass
}

/** Two numbers of a row; of the last column, one and whatever is behind it. */
function two<T>(row: usize, q: usize): v128 {
  return sizeof<T>() === 4 ? f64x2.promote_low_f32x4(v128.load64_zero(row + (q >> 1))) : v128.load(row + q)
}

/** The bytes of each number turned, so that after eight times all are where they were: as linear's column-moments.ts. */
function turned(h: v128): v128 {
  return i8x16.swizzle(h, i8x16(4, 5, 6, 7, 3, 0, 1, 2, 12, 13, 14, 15, 11, 8, 9, 10))
}

/** The words of the rows of a block, `until` of the matrix, become a part of the fingerprint. */
function fold(at: usize, h: v128, until: u32): void {
  const mixed = i32x4.mul(h, i32x4.splat(0x9e3779b1))
  const turns = v128.or(i32x4.shl(mixed, 13), i32x4.shr_u(mixed, 19))
  const key = ((rotl<u32>(until, 13) ^ until) * 0x9e3779b1) | 1
  v128.store(at, i32x4.add(v128.load(at), i32x4.mul(turns, i32x4.splat(key))))
}

/** Weighted updates row by row: West, Updating Mean and Variance Estimates: An Improved Method (1979). */
function each<T>(
  x: usize,
  step: usize,
  rows: usize,
  bytes: usize,
  until: u32,
  mass: f64,
  s: usize,
  mean: usize,
  squares: usize,
  varies: usize,
  hashes: usize,
): void {
  for (let q: usize = 0; q < bytes; q += 16) {
    let c = v128.load(mean + q)
    let sum = v128.load(squares + q)
    let differs = v128.load(varies + q)
    let h = i64x2.splat(0)
    let all = mass
    for (let r: usize = 0; r < rows; r++) {
      const value = two<T>(x + r * step, q)
      const weight = load<f64>(s + (r << 3))
      all += weight
      const share = weight === 0 ? 0 : weight / all
      const away = f64x2.sub(value, c)
      c = f64x2.add(c, f64x2.mul(f64x2.splat(share), away))
      sum = f64x2.add(sum, f64x2.mul(f64x2.mul(f64x2.splat(weight), away), f64x2.sub(value, c)))
      // The first row that has weight has a share of 1.
      if (share > 0 && share < 1) differs = v128.or(differs, away)
      h = v128.xor(turned(h), value)
    }
    v128.store(mean + q, c)
    v128.store(squares + q, sum)
    v128.store(varies + q, differs)
    fold(hashes + q, h, until)
  }
}

/**
 * A block at once.
 *
 * @param next the block behind it, which is fetched meanwhile line by line: what is read in steps of a row comes slowly
 * @param mass with the block
 */
function atOnce<T>(
  x: usize,
  step: usize,
  next: usize,
  bytes: usize,
  until: u32,
  mass: f64,
  same: bool,
  s: usize,
  mean: usize,
  squares: usize,
  varies: usize,
  hashes: usize,
): void {
  const part = f64x2.splat(1 / mass)
  const zero = f64x2.splat(0)
  const first = v128.load64_splat(s)
  const counts = f64x2.ne(first, zero)
  for (let q: usize = 0; q < bytes; q += 16) {
    const c = v128.load(mean + q)
    let a = zero
    let b = zero
    let h = zero
    let differs = zero
    v128.load(next + q * sizeof<T>())
    if (sizeof<T>() === 8) v128.load(next + q * sizeof<T>(), 64)
    if (same) {
      for (let r: usize = 0, row = x; r < BLOCK; r++, row += step) {
        const value = two<T>(row, q)
        const away = f64x2.sub(value, c)
        a = f64x2.add(a, away)
        b = f64x2.add(b, f64x2.mul(away, away))
        differs = v128.or(differs, away)
        h = v128.xor(turned(h), value)
      }
      a = f64x2.mul(first, a)
      b = f64x2.mul(first, b)
      differs = v128.and(differs, counts)
    } else {
      for (let r: usize = 0, row = x; r < BLOCK; r++, row += step) {
        const value = two<T>(row, q)
        const weight = v128.load64_splat(s + (r << 3))
        const away = f64x2.sub(value, c)
        const weighted = f64x2.mul(weight, away)
        a = f64x2.add(a, weighted)
        b = f64x2.add(b, f64x2.mul(weighted, away))
        differs = v128.or(differs, v128.and(away, f64x2.ne(weight, zero)))
        h = v128.xor(turned(h), value)
      }
    }
    const rise = f64x2.mul(a, part)
    v128.store(mean + q, f64x2.add(c, rise))
    v128.store(squares + q, f64x2.add(v128.load(squares + q), f64x2.sub(b, f64x2.mul(a, rise))))
    v128.store(varies + q, v128.or(v128.load(varies + q), differs))
    fold(hashes + q, h, until)
  }
}

// Exported so that each stays a function of its own, which is called again and again: the code of the platform's better compiler is for the calls that
// come once it is there.
export function eight(
  x: usize,
  step: usize,
  next: usize,
  bytes: usize,
  until: u32,
  mass: f64,
  same: bool,
  s: usize,
  mean: usize,
  squares: usize,
  varies: usize,
  hashes: usize,
): void {
  atOnce<f64>(x, step, next, bytes, until, mass, same, s, mean, squares, varies, hashes)
}

export function eightSingle(
  x: usize,
  step: usize,
  next: usize,
  bytes: usize,
  until: u32,
  mass: f64,
  same: bool,
  s: usize,
  mean: usize,
  squares: usize,
  varies: usize,
  hashes: usize,
): void {
  atOnce<f32>(x, step, next, bytes, until, mass, same, s, mean, squares, varies, hashes)
}

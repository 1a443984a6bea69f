// A dense row-major matrix: one pass over it answers a question about the logistic loss, block by block while the block is in the
// first-level cache; and its products, for other losses. All arrays are places in the one memory, which the caller lays out.
import { accumulate, pack } from './dense/gram'
import { logistic } from './dense/logistic'
import { multiply, multiplyTransposed } from './dense/products'

export { addSquares, packPanels } from './dense/panels'
export { multiply, multiplyTransposed } from './dense/products'

/** Σ of n numbers: what memory can deliver, for the benchmark. */
export function stream(x: usize, n: usize): f64 {
  let a = f64x2.splat(0)
  let b = a
  let c = a
  let d = a
  const end = x + (n << 3)
  for (; x + 64 <= end; x += 64) {
    a = f64x2.add(a, v128.load(x))
    b = f64x2.add(b, v128.load(x, 16))
    c = f64x2.add(c, v128.load(x, 32))
    d = f64x2.add(d, v128.load(x, 48))
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d))
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  for (; x < end; x += 8) sum += load<f64>(x)
  return sum
}

/** H += Σ sᵢ aᵢaᵢᵀ over the rows of a block, aᵢ being the packed row: the tiles on and below the diagonal. */
export function gram(
  x: usize,
  rows: usize,
  p: usize,
  keep: usize,
  kept: usize,
  mean: usize,
  inverse: usize,
  intercept: bool,
  s: usize,
  width: usize,
  packed: usize,
  weighted: usize,
  h: usize,
): void {
  pack(x, rows, p, keep, kept, mean, inverse, intercept, s, width, packed, weighted)
  accumulate(packed, weighted, rows, width, h)
}

/** Numbers of single precision as doubles, which they all are. */
export function widen(from: usize, count: usize, to: usize): void {
  const end = from + (count << 2)
  for (; from + 16 <= end; from += 16, to += 32) {
    const four = v128.load(from)
    v128.store(to, f64x2.promote_low_f32x4(four))
    v128.store(to, f64x2.promote_low_f32x4(v128.shuffle<u64>(four, four, 1, 1)), 16)
  }
  for (; from < end; from += 4, to += 8) store<f64>(to, <f64>load<f32>(from))
}

/** Rows of a block as doubles: where they are, or in `wide`, if there is one, x being of single precision. */
function blockOf(x: usize, first: usize, rows: usize, p: usize, wide: usize): usize {
  if (wide === 0) return x + ((first * p) << 3)
  widen(x + ((first * p) << 2), rows * p, wide)
  return wide
}

/**
 * f and what belongs to it up to `order`, from one pass over consecutive rows: η of each row (unless it is `known`), and for order 2
 * s ∂²ℓ/∂η². For order ≥ 1 g becomes Xᵀr, r being s ∂ℓ/∂η, and the number behind it Σ r. If there is an h, it becomes the weighted Gram of the
 * packed columns: see `pack` and `accumulate`. Where the rows `follow` others, all is added to what was there, and f to `before`.
 */
export function pass(
  order: i32,
  x: usize,
  wide: usize,
  follow: bool,
  before: f64,
  n: usize,
  p: usize,
  blockRows: usize,
  known: bool,
  v: usize,
  bias: f64,
  pivots: usize,
  offset: usize,
  eta: usize,
  y: usize,
  s: usize,
  residual: usize,
  curvature: usize,
  g: usize,
  h: usize,
  keep: usize,
  kept: usize,
  mean: usize,
  inverse: usize,
  intercept: bool,
  width: usize,
  packed: usize,
  weighted: usize,
): f64 {
  let total = before
  if (!follow) {
    memory.fill(g, 0, (p + 1) << 3)
    if (h !== 0) memory.fill(h, 0, (width * width) << 3)
  }
  for (let first: usize = 0; first < n; first += blockRows) {
    const rows = min(blockRows, n - first)
    const at = first << 3
    const block = known && order === 0 ? 0 : blockOf(x, first, rows, p, wide)
    if (!known) multiply(block, rows, p, v, bias, pivots, offset === 0 ? 0 : offset + at, eta + at)
    total += logistic(order, rows, eta + at, y + at, s + at, residual, curvature + at, g + (p << 3))
    if (order > 0) multiplyTransposed(block, rows, p, residual, pivots, g)
    if (h !== 0) {
      pack(block, rows, p, keep, kept, mean, inverse, intercept, curvature + at, width, packed, weighted)
      accumulate(packed, weighted, rows, width, h)
    }
  }
  return total
}

/**
 * g ← Xᵀ diag(c) (X v + bias), and the number behind it ← cᵀ(X v + bias): a Hessian times a vector, in one pass over consecutive rows. Where
 * they `follow` others, it is added to what was there.
 */
export function product(
  x: usize,
  wide: usize,
  follow: bool,
  n: usize,
  p: usize,
  blockRows: usize,
  v: usize,
  bias: f64,
  pivots: usize,
  curvature: usize,
  moved: usize,
  g: usize,
): void {
  if (!follow) memory.fill(g, 0, (p + 1) << 3)
  let sum = load<f64>(g + (p << 3))
  for (let first: usize = 0; first < n; first += blockRows) {
    const rows = min(blockRows, n - first)
    const block = blockOf(x, first, rows, p, wide)
    multiply(block, rows, p, v, bias, pivots, 0, moved)
    for (let i: usize = 0; i < rows << 3; i += 8) {
      const value = load<f64>(moved + i) * load<f64>(curvature + (first << 3) + i)
      store<f64>(moved + i, value)
      sum += value
    }
    multiplyTransposed(block, rows, p, moved, pivots, g)
  }
  store<f64>(g + (p << 3), sum)
}

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

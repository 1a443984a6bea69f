// A dense row-major matrix: one pass over it answers a question about the logistic loss, block by block while the block is in the
// first-level cache; and its products, for other losses. All arrays are places in the one memory, which the caller lays out.
import { accumulate, pack } from './dense/gram'
import { begin, logistic, settle } from './dense/logistic'
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

/** Reads a number of each line, one after the other: what is then read side by side comes from the cache. */
function approach(x: usize, bytes: usize): void {
  for (const end = x + bytes; x < end; x += 64) load<u8>(x)
}

// What a pass is to others over the same sums.
const FOLLOWS: i32 = 1
const IS_FOLLOWED: i32 = 2

/**
 * f and what belongs to it up to `order`, from one pass over consecutive rows: η of each row (unless it is `known`), and for order 2
 * s ∂²ℓ/∂η². For order ≥ 1 g becomes Xᵀr, r being s ∂ℓ/∂η, and the number behind it Σ r. If there is an h, it becomes the weighted Gram of the
 * packed columns: see `pack` and `accumulate`. By `turn`, the rows may follow others, whose sums are added to, and f to `before`; and others may
 * follow them. At `residual` is room for a block of rows, and for 40 numbers that wait.
 */
export function pass(
  order: i32,
  x: usize,
  wide: usize,
  turn: i32,
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
  const waiting = residual + (blockRows << 3)
  if (!(turn & FOLLOWS)) {
    begin(waiting)
    memory.fill(g, 0, (p + 1) << 3)
    if (h !== 0) memory.fill(h, 0, (width * width) << 3)
  }
  for (let first: usize = 0; first < n; first += blockRows) {
    const rows = min(blockRows, n - first)
    const at = first << 3
    const block = known && order === 0 ? 0 : blockOf(x, first, rows, p, wide)
    if (!known) multiply(block, rows, p, v, bias, pivots, offset === 0 ? 0 : offset + at, eta + at)
    else if (order > 0) approach(block, (rows * p) << 3)
    total += logistic(order, rows, eta + at, y + at, s + at, residual, curvature + at, g + (p << 3), waiting)
    if (order > 0) multiplyTransposed(block, rows, p, residual, pivots, g)
    if (h !== 0) {
      pack(block, rows, p, keep, kept, mean, inverse, intercept, curvature + at, width, packed, weighted)
      accumulate(packed, weighted, rows, width, h)
    }
  }
  return turn & IS_FOLLOWED ? total : total + settle(waiting)
}

/**
 * g ← Xᵀ diag(c) (X v + bias), and the number behind it ← cᵀ(X v + bias): a Hessian times a vector, in one pass over consecutive rows. Where
 * by `turn` they follow others, it is added to what was there.
 */
export function product(
  x: usize,
  wide: usize,
  turn: i32,
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
  if (!(turn & FOLLOWS)) memory.fill(g, 0, (p + 1) << 3)
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

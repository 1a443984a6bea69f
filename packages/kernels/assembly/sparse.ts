// Compressed sparse rows: one pass over them answers a question about the logistic loss, block by block while the block is in the cache; and
// their products, for other losses. All arrays are places in the one memory, which the caller lays out.
import { begin, logistic, settle } from './dense/logistic'
import { addGram, clear } from './sparse/gram'
import { multiply, multiplyTransposed } from './sparse/products'

export { finite } from './moments'
export { compress, count } from './sparse/compress'
export { gram } from './sparse/gram'
export { firstWalk, secondWalk } from './sparse/moments'
export { multiply, multiplyTransposed } from './sparse/products'
export { squares } from './sparse/squares'
export { take } from './sparse/take'

/**
 * f and what belongs to it up to `order`, over consecutive rows: η of each (unless it is `known`), and for order 2 s ∂²ℓ/∂η². If a gradient is
 * `wanted`, g becomes Xᵀr, r being s ∂ℓ/∂η; for order ≥ 1 the number behind it becomes Σ r. If there is an h, h and t become what `gram` makes.
 * At `residual` is room for a block of rows, and for 40 numbers that wait.
 */
export function pass(
  order: i32,
  wanted: bool,
  known: bool,
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  n: usize,
  p: usize,
  blockRows: usize,
  v: usize,
  bias: f64,
  offset: usize,
  eta: usize,
  y: usize,
  s: usize,
  residual: usize,
  curvature: usize,
  g: usize,
  h: usize,
  t: usize,
  pairs: usize,
): f64 {
  let total: f64 = 0
  const waiting = residual + (blockRows << 3)
  begin(waiting)
  if (wanted) memory.fill(g, 0, p << 3)
  store<f64>(g + (p << 3), 0)
  if (h !== 0) clear(p, h, t)
  for (let first: usize = 0; first < n; first += blockRows) {
    const rows = min(blockRows, n - first)
    const at = first << 3
    const block = starts + (first << 2)
    if (!known)
      multiply(wide, block, indices, values, rows, v, bias, offset === 0 ? 0 : offset + at, eta + at)
    total += logistic(order, rows, eta + at, y + at, s + at, residual, curvature + at, g + (p << 3), waiting)
    if (wanted) multiplyTransposed(wide, block, indices, values, rows, residual, g)
    if (h !== 0) addGram(block, indices, values, rows, curvature + at, p, h, t, pairs)
  }
  return total + settle(waiting)
}

/** g ← Xᵀ diag(c) (X v + bias), and the number behind it ← cᵀ(X v + bias): a Hessian times a vector, in one pass. */
export function product(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  n: usize,
  p: usize,
  blockRows: usize,
  v: usize,
  bias: f64,
  curvature: usize,
  moved: usize,
  g: usize,
): void {
  let sum: f64 = 0
  memory.fill(g, 0, p << 3)
  for (let first: usize = 0; first < n; first += blockRows) {
    const rows = min(blockRows, n - first)
    const block = starts + (first << 2)
    multiply(wide, block, indices, values, rows, v, bias, 0, moved)
    for (let i: usize = 0; i < rows << 3; i += 8) {
      const value = load<f64>(moved + i) * load<f64>(curvature + (first << 3) + i)
      store<f64>(moved + i, value)
      sum += value
    }
    multiplyTransposed(wide, block, indices, values, rows, moved, g)
  }
  store<f64>(g + (p << 3), sum)
}

// Compressed sparse rows and the softmax loss of K classes: one pass over consecutive rows answers a question, block by block while the block is in
// the cache. Rows of η, W and G are as in softmax.ts, places of rows as in sparse.ts.
import { addRows } from './columns/add-rows'
import { addColumns, multiplyColumns } from './columns/sparse-products'
import { softmax, softmaxProduct } from './losses/softmax'

export { balance } from './losses/softmax'

/**
 * f over consecutive rows, and for order 1 G += Xᵀr, r being s ∂ℓ/∂η. η of each row, with the offset if there is one, is left behind,
 * unless it is `known`.
 */
export function pass(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  p: usize,
  order: i32,
  K: usize,
  stride: usize,
  blockRows: usize,
  known: bool,
  w: usize,
  offset: usize,
  eta: usize,
  y: usize,
  s: usize,
  residual: usize,
  g: usize,
): f64 {
  let total: f64 = 0
  for (let first: usize = 0; first < rows; first += blockRows) {
    const some = min(blockRows, rows - first)
    const block = starts + (first << 2)
    const at = first * stride
    const own = first << 3
    if (!known) {
      multiply(wide, block, indices, values, some, p, w, stride, eta + at)
      if (offset !== 0)
        for (let q = at; q < at + some * stride; q += 16)
          v128.store(eta + q, f64x2.add(v128.load(eta + q), v128.load(offset + q)))
    }
    total += softmax(order, some, K, stride, eta + at, y + own, s + own, residual)
    if (order > 0) addTransposed(wide, block, indices, values, some, p, residual, stride, g)
  }
  return total
}

/** G += Xᵀ S (X V), S being the Hessian of the loss at each row's η. */
export function product(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  p: usize,
  K: usize,
  stride: usize,
  blockRows: usize,
  v: usize,
  eta: usize,
  s: usize,
  chance: usize,
  moved: usize,
  g: usize,
): void {
  for (let first: usize = 0; first < rows; first += blockRows) {
    const some = min(blockRows, rows - first)
    const block = starts + (first << 2)
    multiply(wide, block, indices, values, some, p, v, stride, moved)
    softmaxProduct(some, K, stride, eta + first * stride, s + (first << 3), chance, moved)
    addTransposed(wide, block, indices, values, some, p, moved, stride, g)
  }
}

function multiply(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  p: usize,
  w: usize,
  stride: usize,
  out: usize,
): void {
  if (wide) multiplyColumns<u32>(starts, indices, values, rows, p, w, stride, out)
  else multiplyColumns<u16>(starts, indices, values, rows, p, w, stride, out)
}

function addTransposed(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  p: usize,
  r: usize,
  stride: usize,
  g: usize,
): void {
  if (wide) addColumns<u32>(starts, indices, values, rows, r, stride, g)
  else addColumns<u16>(starts, indices, values, rows, r, stride, g)
  addRows(r, rows, stride, g + p * stride)
}

// A dense row-major matrix and the softmax loss of K classes: one pass over consecutive rows answers a question, block by block while the block
// is in the cache. W and G have a row for each column of the matrix and one behind for ones; their rows, and those of η, are of `stride` bytes,
// the smallest multiple of 16 with room for K numbers. All arrays are places in the one memory, which the caller lays out.
import { addColumns, multiplyColumns } from './columns/dense-products'
import { accumulate, pack } from './dense/gram'
import { chances, softmax, softmaxProduct } from './losses/softmax'

export { balance } from './losses/softmax'

/** The rows less the pivots, in `shifted`; or as they are where there are none. */
function centred(x: usize, rows: usize, p: usize, pivots: usize, shifted: usize): usize {
  if (pivots === 0) return x
  const bytes = p << 3
  const even = bytes & ~15
  for (let i: usize = 0; i < rows; i++) {
    const from = x + i * bytes
    const to = shifted + i * bytes
    let q: usize = 0
    for (; q < even; q += 16) v128.store(to + q, f64x2.sub(v128.load(from + q), v128.load(pivots + q)))
    if (q < bytes) store<f64>(to + q, load<f64>(from + q) - load<f64>(pivots + q))
  }
  return shifted
}

/** f of one block, and what belongs to it: see `pass`. */
function answer(
  order: i32,
  block: usize,
  rows: usize,
  p: usize,
  K: usize,
  stride: usize,
  known: bool,
  w: usize,
  offset: usize,
  eta: usize,
  y: usize,
  s: usize,
  residual: usize,
  g: usize,
): f64 {
  if (!known) {
    multiplyColumns(block, rows, p, w, stride, eta)
    if (offset !== 0)
      for (let q: usize = 0; q < rows * stride; q += 16)
        v128.store(eta + q, f64x2.add(v128.load(eta + q), v128.load(offset + q)))
  }
  const value = softmax(order, rows, K, stride, eta, y, s, residual)
  if (order > 0) addColumns(block, rows, p, residual, stride, g)
  return value
}

/**
 * f over consecutive rows, and for order 1 G += Xᵀr, r being s ∂ℓ/∂η. η of each row, with the offset if there is one, is left behind,
 * unless it is `known`.
 */
export function pass(
  x: usize,
  rows: usize,
  p: usize,
  pivots: usize,
  shifted: usize,
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
  // Of η alone, the matrix is not read.
  const away = known && order === 0 ? 0 : pivots
  for (let first: usize = 0; first < rows; first += blockRows) {
    const some = min(blockRows, rows - first)
    const block = centred(x + ((first * p) << 3), some, p, away, shifted)
    const at = first * stride
    const own = first << 3
    const shift = offset === 0 ? 0 : offset + at
    total += answer(
      order,
      block,
      some,
      p,
      K,
      stride,
      known,
      w,
      shift,
      eta + at,
      y + own,
      s + own,
      residual,
      g,
    )
  }
  return total
}

/** G += Xᵀ S (X V), S being the Hessian of the loss at each row's η. */
export function product(
  x: usize,
  rows: usize,
  p: usize,
  pivots: usize,
  shifted: usize,
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
    const block = centred(x + ((first * p) << 3), some, p, pivots, shifted)
    multiplyColumns(block, some, p, v, stride, moved)
    softmaxProduct(some, K, stride, eta + first * stride, s + (first << 3), chance, moved)
    addColumns(block, some, p, moved, stride, g)
  }
}

/**
 * As `pass` of order 1; and adds the weighted Gram matrices of the packed columns, for the pairs of classes (0, 0), (1, 0), (1, 1), (2, 0), …,
 * to as many matrices of width × width that `h` begins: see `pack` and `accumulate`.
 */
export function hessian(
  x: usize,
  rows: usize,
  p: usize,
  pivots: usize,
  shifted: usize,
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
  keep: usize,
  kept: usize,
  mean: usize,
  inverse: usize,
  intercept: bool,
  chance: usize,
  others: usize,
  c: usize,
  width: usize,
  packed: usize,
  weighted: usize,
  h: usize,
): f64 {
  const size = (width * width) << 3
  let total: f64 = 0
  for (let first: usize = 0; first < rows; first += blockRows) {
    const some = min(blockRows, rows - first)
    const raw = x + ((first * p) << 3)
    const block = centred(raw, some, p, pivots, shifted)
    const at = first * stride
    const own = first << 3
    const shift = offset === 0 ? 0 : offset + at
    total += answer(1, block, some, p, K, stride, known, w, shift, eta + at, y + own, s + own, residual, g)
    for (let i: usize = 0; i < some; i++)
      chances(K, eta + at + i * stride, chance + i * stride, others + i * stride)
    let to = h
    for (let a: usize = 0; a < K; a++)
      for (let b: usize = 0; b <= a; b++, to += size) {
        for (let i: usize = 0; i < some; i++) {
          const weight = load<f64>(s + own + (i << 3))
          const row = i * stride
          const one = load<f64>(chance + row + (a << 3))
          const other = load<f64>((a === b ? others : chance) + row + (b << 3))
          const bend = one * other * weight
          store<f64>(c + (i << 3), weight === 0 ? 0 : a === b ? bend : -bend)
        }
        pack(raw, some, p, keep, kept, mean, inverse, intercept, c, width, packed, weighted)
        accumulate(packed, weighted, some, width, to)
      }
  }
  return total
}

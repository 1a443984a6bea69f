// Weighted Gram matrices of sparse rows, on and below the diagonal; what is above it holds no meaning. The columns of each row ascend, and are
// so few that 16 bits number them, though `wide` is among what says where rows are.

/** h ← Σ c xxᵀ, p × p; t ← Σ c x, and behind it Σ c. Behind h there is room for p + 2 numbers more; `pairs`: see `addPairs`. */
export function gram(
  _wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  curvature: usize,
  p: usize,
  h: usize,
  t: usize,
  pairs: usize,
): void {
  clear(p, h, t)
  addGram(starts, indices, values, rows, curvature, p, h, t, pairs)
}

export function clear(p: usize, h: usize, t: usize): void {
  memory.fill(h, 0, (p * p + p + 2) << 3)
  memory.fill(t, 0, (p + 1) << 3)
}

export function addGram(
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  curvature: usize,
  p: usize,
  h: usize,
  t: usize,
  pairs: usize,
): void {
  let sum: f64 = 0
  const last = starts + (rows << 2)
  for (; starts < last; starts += 4, curvature += 8) {
    const c = load<f64>(curvature)
    if (c === 0) continue
    sum += c
    const begin = <usize>load<u32>(starts)
    const end = <usize>load<u32>(starts, 4)
    const count = pairUp(indices, values, begin, end, pairs)
    // A pair of columns takes as long as one and a half alone.
    if (3 * count <= 2 * (end - begin)) {
      addPairs(c, count, pairs, p, h, t)
      continue
    }
    for (let q = begin; q < end; q++) {
      const column = <usize>load<u16>(indices + (q << 1))
      const part = c * load<f64>(values + (q << 3))
      store<f64>(t + (column << 3), load<f64>(t + (column << 3)) + part)
      const row = h + ((column * p) << 3)
      for (let m = begin; m <= q; m++) {
        const at = row + ((<usize>load<u16>(indices + (m << 1))) << 3)
        store<f64>(at, load<f64>(at) + part * load<f64>(values + (m << 3)))
      }
    }
  }
  store<f64>(t + (p << 3), load<f64>(t + (p << 3)) + sum)
}

// What is kept of a pair: its values, 16 bytes, and in as many again how far its first column is from column 0, in bytes.
const PAIR: usize = 32

/** The entries of a row as pairs of columns 2k and 2k + 1, of which one may have no entry; returns how many there are. */
function pairUp(indices: usize, values: usize, begin: usize, end: usize, pairs: usize): usize {
  let at = pairs - PAIR
  let before: usize = usize.MAX_VALUE
  for (let q = begin; q < end; q++) {
    const column = <usize>load<u16>(indices + (q << 1))
    if (column >> 1 !== before) {
      before = column >> 1
      at += PAIR
      v128.store(at, f64x2.splat(0))
      store<usize>(at, before << 4, 16)
    }
    store<f64>(at + ((column & 1) << 3), load<f64>(values + (q << 3)))
  }
  return (at + PAIR - pairs) / PAIR
}

/** The outer product of pairs: where neighbours of columns have entries, as in pictures, four products at a time. */
function addPairs(c: f64, count: usize, pairs: usize, p: usize, h: usize, t: usize): void {
  const both = f64x2.splat(c)
  const end = pairs + count * PAIR
  for (let left = pairs; left < end; left += PAIR) {
    const place = load<usize>(left, 16)
    const part = f64x2.mul(both, v128.load(left))
    v128.store(t + place, f64x2.add(v128.load(t + place), part))
    const a = v128.load64_splat(left)
    const b = v128.load64_splat(left, 8)
    const ca = f64x2.mul(both, a)
    const cb = f64x2.mul(both, b)
    const even = h + place * p
    const odd = even + (p << 3)
    for (let right = pairs; right <= left; right += PAIR) {
      const x = v128.load(right)
      const place = load<usize>(right, 16)
      v128.store(even + place, f64x2.add(v128.load(even + place), f64x2.mul(ca, x)))
      v128.store(odd + place, f64x2.add(v128.load(odd + place), f64x2.mul(cb, x)))
    }
  }
}

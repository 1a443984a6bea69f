// Products with a block of rows of a row-major matrix of p columns, from both sides. `pivots` (p numbers, or 0) are taken from each row.

/** Two numbers whose sum is Σⱼ xⱼvⱼ of one row: memory is read once, in order. */
function dot(x: usize, v: usize, p: usize): v128 {
  let a = f64x2.splat(0)
  let b = a
  let c = a
  let d = a
  const end = x + ((p << 3) & ~63)
  for (; x < end; x += 64, v += 64) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(v)))
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(v, 16)))
    c = f64x2.add(c, f64x2.mul(v128.load(x, 32), v128.load(v, 32)))
    d = f64x2.add(d, f64x2.mul(v128.load(x, 48), v128.load(v, 48)))
  }
  if ((p & 4) !== 0) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(v)))
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(v, 16)))
    x += 32
    v += 32
  }
  if ((p & 2) !== 0) {
    c = f64x2.add(c, f64x2.mul(v128.load(x), v128.load(v)))
    x += 16
    v += 16
  }
  if ((p & 1) !== 0) d = f64x2.add(d, f64x2.mul(v128.load64_zero(x), v128.load64_zero(v)))
  return f64x2.add(f64x2.add(a, b), f64x2.add(c, d))
}

/** Σⱼ (xⱼ − pivotⱼ) vⱼ for one row. */
function pivotedDot(x: usize, v: usize, m: usize, p: usize): f64 {
  let a = f64x2.splat(0)
  let b = a
  let c = a
  let d = a
  const end = x + ((p << 3) & ~63)
  for (; x < end; x += 64, v += 64, m += 64) {
    a = f64x2.add(a, f64x2.mul(f64x2.sub(v128.load(x), v128.load(m)), v128.load(v)))
    b = f64x2.add(b, f64x2.mul(f64x2.sub(v128.load(x, 16), v128.load(m, 16)), v128.load(v, 16)))
    c = f64x2.add(c, f64x2.mul(f64x2.sub(v128.load(x, 32), v128.load(m, 32)), v128.load(v, 32)))
    d = f64x2.add(d, f64x2.mul(f64x2.sub(v128.load(x, 48), v128.load(m, 48)), v128.load(v, 48)))
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d))
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  for (let rest = p & 7; rest > 0; rest--, x += 8, v += 8, m += 8)
    sum += (load<f64>(x) - load<f64>(m)) * load<f64>(v)
  return sum
}

/** Numbers in a row from which on it is long: 16 KiB. */
const LONG: usize = 2048

/** Σⱼ xⱼvⱼ of four rows. */
function dotOfFour(x: usize, v: usize, p: usize, out: usize): void {
  const bytes = p << 3
  let a = f64x2.splat(0)
  let b = a
  let c = a
  let d = a
  const end = x + (bytes & ~15)
  for (; x < end; x += 16, v += 16) {
    const w = v128.load(v)
    a = f64x2.add(a, f64x2.mul(v128.load(x), w))
    b = f64x2.add(b, f64x2.mul(v128.load(x + bytes), w))
    c = f64x2.add(c, f64x2.mul(v128.load(x + 2 * bytes), w))
    d = f64x2.add(d, f64x2.mul(v128.load(x + 3 * bytes), w))
  }
  const odd: f64 = p & 1 ? load<f64>(v) : 0
  for (let k: usize = 0; k < 32; k += 8, x += bytes) {
    const sum = k === 0 ? a : k === 8 ? b : k === 16 ? c : d
    const rest = p & 1 ? load<f64>(x) * odd : 0
    store<f64>(out + k, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + rest)
  }
}

/** The sums of the lanes of either. */
function sumsOf(a: v128, b: v128): v128 {
  return f64x2.add(v128.shuffle<u64>(a, b, 0, 2), v128.shuffle<u64>(a, b, 1, 3))
}

// Of rows of so many numbers, the first 16 of v stay in registers.
const SHORTEST: usize = 16
const SHORT: usize = 48

/** out ← X v + bias (+ offset) of an even number of rows that are short. */
function multiplyShort(
  x: usize,
  rows: usize,
  p: usize,
  v: usize,
  bias: v128,
  offset: usize,
  out: usize,
): void {
  const v0 = v128.load(v)
  const v1 = v128.load(v, 16)
  const v2 = v128.load(v, 32)
  const v3 = v128.load(v, 48)
  const v4 = v128.load(v, 64)
  const v5 = v128.load(v, 80)
  const v6 = v128.load(v, 96)
  const v7 = v128.load(v, 112)
  const bytes = p << 3
  const even = bytes & ~15
  for (let i: usize = 0; i < rows << 3; i += 16) {
    let first = v0
    let second = v0
    for (const end = x + (bytes << 1); x < end; x += bytes) {
      let a = f64x2.mul(v128.load(x), v0)
      let b = f64x2.mul(v128.load(x, 16), v1)
      let c = f64x2.mul(v128.load(x, 32), v2)
      const d = f64x2.mul(v128.load(x, 48), v3)
      a = f64x2.add(a, f64x2.mul(v128.load(x, 64), v4))
      b = f64x2.add(b, f64x2.mul(v128.load(x, 80), v5))
      c = f64x2.add(c, f64x2.mul(v128.load(x, 96), v6))
      c = f64x2.add(c, f64x2.add(d, f64x2.mul(v128.load(x, 112), v7)))
      for (let q: usize = 128; q < even; q += 16) {
        const next = b
        b = f64x2.add(a, f64x2.mul(v128.load(x + q), v128.load(v + q)))
        a = next
      }
      if (even < bytes) a = f64x2.add(a, f64x2.mul(v128.load64_zero(x + even), v128.load64_zero(v + even)))
      first = second
      second = f64x2.add(f64x2.add(a, b), c)
    }
    const sums = f64x2.add(sumsOf(first, second), bias)
    v128.store(out + i, offset === 0 ? sums : f64x2.add(sums, v128.load(offset + i)))
  }
}

/** out ← X v + bias (+ offset), for the rows of a block. */
export function multiply(
  x: usize,
  rows: usize,
  p: usize,
  v: usize,
  bias: f64,
  pivots: usize,
  offset: usize,
  out: usize,
): void {
  let i: usize = 0
  if (pivots === 0) {
    // Rows that are long are each a stream of its own to the processor, and v, which is not in the first cache, is read once for four.
    if (p >= LONG)
      for (; i + 4 <= rows; i += 4) {
        dotOfFour(x + ((i * p) << 3), v, p, out + (i << 3))
        for (let k = i << 3; k < (i + 4) << 3; k += 8) {
          const sum = load<f64>(out + k) + bias
          store<f64>(out + k, offset === 0 ? sum : sum + load<f64>(offset + k))
        }
      }
    // Shorter ones are read one after the other: side by side they come from memory at a third of the speed.
    else if (p >= SHORTEST && p < SHORT) {
      i = rows & ~1
      multiplyShort(x, i, p, v, f64x2.splat(bias), offset, out)
    }
    // Written two at a time, as they are read: of two that wait to be written, the processor cannot make one.
    for (; i < rows; i += 2) {
      const row = x + ((i * p) << 3)
      const other = i + 1 < rows
      let first = f64x2.splat(0)
      let second = first
      for (let k: usize = 0; k <= <usize>other; k++) {
        first = second
        second = dot(row + ((k * p) << 3), v, p)
      }
      if (!other) first = second
      let sums = f64x2.add(sumsOf(first, second), f64x2.splat(bias))
      const to = i << 3
      if (offset !== 0) sums = f64x2.add(sums, other ? v128.load(offset + to) : v128.load64_zero(offset + to))
      if (other) v128.store(out + to, sums)
      else v128.store64_lane(out + to, sums, 0)
    }
  }
  for (; i < rows; i++) {
    const sum = pivotedDot(x + ((i * p) << 3), v, pivots, p) + bias
    store<f64>(out + (i << 3), offset === 0 ? sum : sum + load<f64>(offset + (i << 3)))
  }
}

/** g += Xᵀ r for the rows of a block: four at a time, so that each g is loaded and stored once for four. */
export function multiplyTransposed(x: usize, rows: usize, p: usize, r: usize, pivots: usize, g: usize): void {
  const bytes = p << 3
  let i: usize = 0
  for (; i + 4 <= rows; i += 4) {
    const at = x + i * bytes
    if (pivots === 0) addFour(at, p, r + (i << 3), g)
    else addFourPivoted(at, p, r + (i << 3), pivots, g)
  }
  for (; i < rows; i++) {
    const weight = load<f64>(r + (i << 3))
    const at = x + i * bytes
    for (let q: usize = 0; q < bytes; q += 8) {
      const pivot = pivots === 0 ? 0 : load<f64>(pivots + q)
      store<f64>(g + q, load<f64>(g + q) + weight * (load<f64>(at + q) - pivot))
    }
  }
}

function addFour(x: usize, p: usize, r: usize, g: usize): void {
  const a = v128.load64_splat(r)
  const b = v128.load64_splat(r, 8)
  const c = v128.load64_splat(r, 16)
  const d = v128.load64_splat(r, 24)
  const x1 = p << 3
  const x2 = x1 << 1
  const x3 = x1 + x2
  const end = x + (x1 & ~15)
  for (; x < end; x += 16, g += 16) {
    const ab = f64x2.add(f64x2.mul(a, v128.load(x)), f64x2.mul(b, v128.load(x + x1)))
    const cd = f64x2.add(f64x2.mul(c, v128.load(x + x2)), f64x2.mul(d, v128.load(x + x3)))
    v128.store(g, f64x2.add(v128.load(g), f64x2.add(ab, cd)))
  }
  if ((p & 1) === 1) {
    const ab = load<f64>(r) * load<f64>(x) + load<f64>(r, 8) * load<f64>(x + x1)
    const cd = load<f64>(r, 16) * load<f64>(x + x2) + load<f64>(r, 24) * load<f64>(x + x3)
    store<f64>(g, load<f64>(g) + (ab + cd))
  }
}

function addFourPivoted(x: usize, p: usize, r: usize, m: usize, g: usize): void {
  const a = v128.load64_splat(r)
  const b = v128.load64_splat(r, 8)
  const c = v128.load64_splat(r, 16)
  const d = v128.load64_splat(r, 24)
  const x1 = p << 3
  const x2 = x1 << 1
  const x3 = x1 + x2
  const end = x + (x1 & ~15)
  for (; x < end; x += 16, g += 16, m += 16) {
    const pivot = v128.load(m)
    const ab = f64x2.add(
      f64x2.mul(a, f64x2.sub(v128.load(x), pivot)),
      f64x2.mul(b, f64x2.sub(v128.load(x + x1), pivot)),
    )
    const cd = f64x2.add(
      f64x2.mul(c, f64x2.sub(v128.load(x + x2), pivot)),
      f64x2.mul(d, f64x2.sub(v128.load(x + x3), pivot)),
    )
    v128.store(g, f64x2.add(v128.load(g), f64x2.add(ab, cd)))
  }
  if ((p & 1) === 1) {
    const pivot = load<f64>(m)
    const ab = load<f64>(r) * (load<f64>(x) - pivot) + load<f64>(r, 8) * (load<f64>(x + x1) - pivot)
    const cd = load<f64>(r, 16) * (load<f64>(x + x2) - pivot) + load<f64>(r, 24) * (load<f64>(x + x3) - pivot)
    store<f64>(g, load<f64>(g) + (ab + cd))
  }
}

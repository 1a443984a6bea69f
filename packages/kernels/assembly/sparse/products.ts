// Products with consecutive compressed sparse rows, from both sides. A row's entries begin at the number that `starts` has for it; columns are
// numbered in 16 bits, or `wide` in 32.

/** out ← X v + bias (+ offset). */
export function multiply(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  v: usize,
  bias: f64,
  offset: usize,
  out: usize,
): void {
  if (wide) multiplyBy<u32>(starts, indices, values, rows, v, bias, offset, out)
  else multiplyBy<u16>(starts, indices, values, rows, v, bias, offset, out)
}

/** g += Xᵀ r. */
export function multiplyTransposed(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  r: usize,
  g: usize,
): void {
  if (wide) addTransposed<u32>(starts, indices, values, rows, r, g)
  else addTransposed<u16>(starts, indices, values, rows, r, g)
}

// Four sums at once, so that an addition does not wait for the one before.
function multiplyBy<Index>(
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  v: usize,
  bias: f64,
  offset: usize,
  out: usize,
): void {
  const q = <usize>load<u32>(starts)
  let x = values + (q << 3)
  let index = indices + q * sizeof<Index>()
  const last = out + (rows << 3)
  for (; out < last; out += 8) {
    starts += 4
    const end = values + ((<usize>load<u32>(starts)) << 3)
    let a: f64 = 0
    let b: f64 = 0
    let c: f64 = 0
    let d: f64 = 0
    for (; x + 32 <= end; x += 32, index += 4 * sizeof<Index>()) {
      a += load<f64>(x) * load<f64>(v + ((<usize>load<Index>(index)) << 3))
      b += load<f64>(x, 8) * load<f64>(v + ((<usize>load<Index>(index, sizeof<Index>())) << 3))
      c += load<f64>(x, 16) * load<f64>(v + ((<usize>load<Index>(index, 2 * sizeof<Index>())) << 3))
      d += load<f64>(x, 24) * load<f64>(v + ((<usize>load<Index>(index, 3 * sizeof<Index>())) << 3))
    }
    for (; x < end; x += 8, index += sizeof<Index>())
      a += load<f64>(x) * load<f64>(v + ((<usize>load<Index>(index)) << 3))
    const sum = a + b + (c + d) + bias
    store<f64>(out, offset === 0 ? sum : sum + load<f64>(offset))
    if (offset !== 0) offset += 8
  }
}

// The columns of a row differ, so that four of its entries can be loaded before the first is stored.
function addTransposed<Index>(
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  r: usize,
  g: usize,
): void {
  const q = <usize>load<u32>(starts)
  let x = values + (q << 3)
  let index = indices + q * sizeof<Index>()
  const last = r + (rows << 3)
  for (; r < last; r += 8) {
    starts += 4
    const end = values + ((<usize>load<u32>(starts)) << 3)
    const one = load<f64>(r)
    for (; x + 32 <= end; x += 32, index += 4 * sizeof<Index>()) {
      const a = g + ((<usize>load<Index>(index)) << 3)
      const b = g + ((<usize>load<Index>(index, sizeof<Index>())) << 3)
      const c = g + ((<usize>load<Index>(index, 2 * sizeof<Index>())) << 3)
      const d = g + ((<usize>load<Index>(index, 3 * sizeof<Index>())) << 3)
      const first = load<f64>(a) + one * load<f64>(x)
      const second = load<f64>(b) + one * load<f64>(x, 8)
      const third = load<f64>(c) + one * load<f64>(x, 16)
      const fourth = load<f64>(d) + one * load<f64>(x, 24)
      store<f64>(a, first)
      store<f64>(b, second)
      store<f64>(c, third)
      store<f64>(d, fourth)
    }
    for (; x < end; x += 8, index += sizeof<Index>()) {
      const a = g + ((<usize>load<Index>(index)) << 3)
      store<f64>(a, load<f64>(a) + one * load<f64>(x))
    }
  }
}

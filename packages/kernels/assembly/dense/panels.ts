// Rows of a design in single precision and in panels of eight columns, as single-factor.ts has them. Without a `keep`, the columns of the design
// are the first `kept` ones of the matrix, in their order.

/** The entry of row x in column q of the design: (x − mean) · inverse; `last` behind them. */
function entry(x: usize, keep: usize, kept: usize, mean: usize, inverse: usize, last: f64, q: usize): f64 {
  if (q >= kept) return last
  const at = x + ((keep === 0 ? q : <usize>load<u32>(keep + (q << 2))) << 3)
  return (load<f64>(at) - load<f64>(mean + (q << 3))) * load<f64>(inverse + (q << 3))
}

/** Entries q and q + 1 of columns that lie side by side; places are those of the first column. */
function entries(x: usize, mean: usize, inverse: usize, q: usize): v128 {
  const at = q << 3
  return f64x2.mul(f64x2.sub(v128.load(x + at), v128.load(mean + at)), v128.load(inverse + at))
}

/** sums += Σ cᵢ aᵢ², for the `size` columns of a design; behind the `kept` ones of the matrix is perhaps one that is `last` in all rows. */
export function addSquares(
  x: usize,
  rows: usize,
  p: usize,
  keep: usize,
  kept: usize,
  size: usize,
  mean: usize,
  inverse: usize,
  last: f64,
  c: usize,
  sums: usize,
): void {
  const even = keep === 0 ? kept & ~1 : 0
  for (let i: usize = 0; i < rows; i++, x += p << 3) {
    const weight = load<f64>(c + (i << 3))
    const weights = f64x2.splat(weight)
    let q: usize = 0
    for (; q < even; q += 2) {
      const a = entries(x, mean, inverse, q)
      const to = sums + (q << 3)
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(weights, f64x2.mul(a, a))))
    }
    for (; q < size; q++) {
      const a = entry(x, keep, kept, mean, inverse, last, q)
      store<f64>(sums + (q << 3), load<f64>(sums + (q << 3)) + weight * a * a)
    }
  }
}

/** Writes √cᵢ aᵢ to rows `first` and on of panels that have room for `room` rows each, and zeros behind the last column. */
export function packPanels(
  x: usize,
  rows: usize,
  p: usize,
  keep: usize,
  kept: usize,
  size: usize,
  mean: usize,
  inverse: usize,
  last: f64,
  c: usize,
  first: usize,
  room: usize,
  to: usize,
): void {
  for (let i: usize = 0; i < rows; i++, x += p << 3) {
    const weight = sqrt<f64>(load<f64>(c + (i << 3)))
    const weights = f64x2.splat(weight)
    let row = to + ((first + i) << 5)
    for (let left: usize = 0; left < size; left += 8, row += room << 5) {
      if (keep === 0 && left + 8 <= kept) {
        for (let q: usize = 0; q < 8; q += 4) {
          const low = f64x2.mul(weights, entries(x, mean, inverse, left + q))
          const high = f64x2.mul(weights, entries(x, mean, inverse, left + q + 2))
          const four = v128.shuffle<u64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
          v128.store(row + (q << 2), four)
        }
      } else
        for (let q: usize = 0; q < 8; q++) {
          const inside = left + q < size
          const a = inside ? weight * entry(x, keep, kept, mean, inverse, last, left + q) : 0
          store<f32>(row + (q << 2), <f32>a)
        }
    }
  }
}

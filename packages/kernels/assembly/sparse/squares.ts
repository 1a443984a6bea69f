// Sums of squares of the entries of rows that have a curvature: what a diagonal preconditioner is made of.

import { columnOf } from './column'

/** Of each column of p: Σ c x² and Σ c x, side by side; behind them Σ c. */
export function squares(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  curvature: usize,
  p: usize,
  out: usize,
): void {
  memory.fill(out, 0, (2 * p + 1) << 3)
  let sum: f64 = 0
  const last = starts + (rows << 2)
  for (; starts < last; starts += 4, curvature += 8) {
    const c = load<f64>(curvature)
    if (c === 0) continue
    sum += c
    const end = <usize>load<u32>(starts, 4)
    for (let q = <usize>load<u32>(starts); q < end; q++) {
      const x = v128.load64_splat(values + (q << 3))
      const at = out + (columnOf(wide, indices, q) << 4)
      // x² and x.
      const both = f64x2.mul(f64x2.replace_lane(x, 1, 1), x)
      v128.store(at, f64x2.add(v128.load(at), f64x2.mul(f64x2.splat(c), both)))
    }
  }
  store<f64>(out + (p << 4), sum)
}

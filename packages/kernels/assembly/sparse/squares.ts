// What a preconditioner is made of: sums of squares, and of products, of the entries of rows that have a curvature.

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

/** h ← Σ c xxᵀ, p × p, on and below the diagonal; t ← Σ c x, and behind it Σ c. The columns of each row ascend. */
export function gram(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  curvature: usize,
  p: usize,
  h: usize,
  t: usize,
): void {
  clear(p, h, t)
  addGram(wide, starts, indices, values, rows, curvature, p, h, t)
}

export function clear(p: usize, h: usize, t: usize): void {
  memory.fill(h, 0, (p * p) << 3)
  memory.fill(t, 0, (p + 1) << 3)
}

export function addGram(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  curvature: usize,
  p: usize,
  h: usize,
  t: usize,
): void {
  if (wide) addOuter<u32>(starts, indices, values, rows, curvature, p, h, t)
  else addOuter<u16>(starts, indices, values, rows, curvature, p, h, t)
}

function addOuter<Index>(
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  curvature: usize,
  p: usize,
  h: usize,
  t: usize,
): void {
  let sum: f64 = 0
  const last = starts + (rows << 2)
  for (; starts < last; starts += 4, curvature += 8) {
    const c = load<f64>(curvature)
    if (c === 0) continue
    sum += c
    const begin = <usize>load<u32>(starts)
    const end = <usize>load<u32>(starts, 4)
    for (let q = begin; q < end; q++) {
      const column = <usize>load<Index>(indices + q * sizeof<Index>())
      const part = c * load<f64>(values + (q << 3))
      store<f64>(t + (column << 3), load<f64>(t + (column << 3)) + part)
      const row = h + ((column * p) << 3)
      for (let m = begin; m <= q; m++) {
        const at = row + ((<usize>load<Index>(indices + m * sizeof<Index>())) << 3)
        store<f64>(at, load<f64>(at) + part * load<f64>(values + (m << 3)))
      }
    }
  }
  store<f64>(t + (p << 3), load<f64>(t + (p << 3)) + sum)
}

// Rows of numbers of which many are zeros: how many are not, and the rows without them.

import { storeColumn } from './column'

/** How many of n numbers are not 0; −1 if one of them is not finite. */
export function count(x: usize, n: usize): i32 {
  const zero = f64x2.splat(0)
  let others = i64x2.splat(0)
  // 0 times what is not finite is NaN, which stays in the sum.
  let rest = zero
  const even = x + ((n << 3) & ~15)
  const odd = (n & 1) === 1
  for (; x < even; x += 16) {
    const pair = v128.load(x)
    // A comparison that holds is −1.
    others = i64x2.sub(others, f64x2.ne(pair, zero))
    rest = f64x2.add(rest, f64x2.mul(pair, zero))
  }
  const last = odd ? load<f64>(x) : 0
  if (f64x2.extract_lane(rest, 0) + f64x2.extract_lane(rest, 1) + 0 * last !== 0) return -1
  return <i32>(i64x2.extract_lane(others, 0) + i64x2.extract_lane(others, 1)) + i32(last !== 0)
}

/**
 * Writes the entries of rows of p numbers behind those that there are: `starts` has the number of the first one. Each number is written where
 * the next entry goes, and stays there unless it is 0: there is nothing to foresee. Behind the last entry there has to be room for one more.
 */
export function compress(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  x: usize,
  p: usize,
): void {
  let to = <usize>load<u32>(starts)
  for (let i: usize = 0; i < rows; i++) {
    for (let j: usize = 0; j < p; j++, x += 8) {
      const value = load<f64>(x)
      store<f64>(values + (to << 3), value)
      storeColumn(wide, indices, to, <u32>j)
      to += usize(value !== 0)
    }
    starts += 4
    store<u32>(starts, <u32>to)
  }
}

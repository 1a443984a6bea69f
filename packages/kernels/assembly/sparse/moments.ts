// The walks over the entries that moments of columns are made from: the same operations in the same order as linear's sparse-moments.ts,
// hence the same bits. What is kept of a column is described there.

import { columnOf } from './column'

const MULTIPLIER: u32 = 0x9e3779b1

function mix(hash: u32, word: u32): u32 {
  return (rotl<u32>(hash, 13) ^ word) * MULTIPLIER
}

/** See `first` of linear's MomentWalks; `row` is the number of the first of the rows. */
export function firstWalk(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  row: u32,
  weights: usize,
  numbers: usize,
  masses: usize,
  even: bool,
): void {
  for (let i: usize = 0; i < rows; i++) {
    const s = load<f64>(weights + (i << 3))
    const end = <usize>load<u32>(starts + (i << 2), 4)
    for (let q = <usize>load<u32>(starts + (i << 2)); q < end; q++) {
      const x = load<f64>(values + (q << 3))
      if (x === 0) continue
      const column = columnOf(wide, indices, q)
      const at = numbers + (column << 5)
      const bits = reinterpret<u64>(x)
      store<u32>(at, mix(mix(mix(load<u32>(at, 28), row + <u32>i), <u32>bits), <u32>(bits >> 32)), 28)
      if (s === 0) continue
      const tally = load<u32>(at, 24)
      if (tally === 0) store<f64>(at, x)
      const away = x - load<f64>(at)
      store<u32>(at, (tally + 1) | (u32(away !== 0) << 31), 24)
      store<f64>(at, load<f64>(at, 8) + s * away, 8)
      if (even) continue
      const mass = masses + (column << 4)
      const before = load<f64>(mass)
      const after = before + s
      store<f64>(mass, after)
      const back = after - before
      store<f64>(mass, load<f64>(mass, 8) + (before - (after - back) + (s - back)), 8)
    }
  }
}

/** See `second` there. */
export function secondWalk(
  wide: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  weights: usize,
  numbers: usize,
): void {
  for (let i: usize = 0; i < rows; i++) {
    const s = load<f64>(weights + (i << 3))
    if (s === 0) continue
    const end = <usize>load<u32>(starts + (i << 2), 4)
    for (let q = <usize>load<u32>(starts + (i << 2)); q < end; q++) {
      const x = load<f64>(values + (q << 3))
      if (x === 0) continue
      const at = numbers + (columnOf(wide, indices, q) << 5)
      const away = x - load<f64>(at)
      const part = s * away
      store<f64>(at, load<f64>(at, 8) + part, 8)
      store<f64>(at, load<f64>(at, 16) + part * away, 16)
    }
  }
}

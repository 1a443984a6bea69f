// Taking in what a user brings: columns, numbered in 32 bits, become numbers of 16 or 32, and are looked at on the way.

import { storeColumn } from './column'

// Columns out of range.
const WRONG: u32 = 0xffffffff

/**
 * Copies `count` column numbers from `given`, of which the one before was `before`.
 *
 * @returns how many are not above the one before; or `WRONG` if one of them is not below `columns`
 */
export function take(
  wide: bool,
  given: usize,
  count: usize,
  before: u32,
  columns: u32,
  indices: usize,
  first: usize,
): u32 {
  let last = before
  let falls: u32 = 0
  let wrong: u32 = 0
  for (let q: usize = 0; q < count; q++) {
    const c = load<u32>(given + (q << 2))
    // Below 0 is far above as it is read here.
    wrong |= u32(c >= columns)
    falls += u32(c <= last)
    storeColumn(wide, indices, first + q, c)
    last = c
  }
  return wrong !== 0 ? WRONG : falls
}

// The number of an entry's column, where asking each time how it is stored costs little beside what is done with it.

/** Of entry q. */
export function columnOf(wide: bool, indices: usize, q: usize): usize {
  return wide ? <usize>load<u32>(indices + (q << 2)) : <usize>load<u16>(indices + (q << 1))
}

/** As that of entry q. */
export function storeColumn(wide: bool, indices: usize, q: usize, column: u32): void {
  if (wide) store<u32>(indices + (q << 2), column)
  else store<u16>(indices + (q << 1), <u16>column)
}

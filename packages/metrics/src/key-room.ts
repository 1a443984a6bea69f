// Memory for many keys, used again by the next call unless it has been collected meanwhile: to touch fresh pages can take longer than
// to sort what is put there.

/** What one user of such memory keeps of it. */
export interface KeyRoom {
  last?: WeakRef<Float64Array>
}

/** At least n doubles, of any content; of nobody else until they are given back. */
export function borrow(room: KeyRoom, n: number): Float64Array {
  const last = room.last?.deref()
  room.last = undefined
  return last && last.length >= n ? last : new Float64Array(n)
}

export function giveBack(room: KeyRoom, keys: Float64Array): void {
  room.last = new WeakRef(keys)
}

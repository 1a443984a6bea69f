// Linear memory that is used again: what one matrix gives back, the next of about its size takes. New pages cost the system as much as a
// pass over them or two.
import { threads } from './crew.ts'
import { type Memory, memoryOf } from './web-assembly.ts'

// What lies idle: no more than a session needs that fits matrices of a few shapes in turn. All else is the garbage collector's.
const MOST_MEMORIES = 8
const MOST_BYTES = 1073741824
// A memory is taken for as little as half of what it holds, or for anything if it is small.
const WASTE = 2
const SMALL = 1048576
const LARGE = 1048576

/** Idle memories, the one that came last at the end. */
const idle: Memory[] = []

const sizeOf = (memory: Memory) => memory.buffer.byteLength

/**
 * Memory of at least so many bytes, for one holder: the smallest idle one that fits, with whatever it holds, else a new one; shared by threads
 * where there may be several and enough for them to do.
 *
 * @throws RangeError where there is not as much
 */
export function takeMemory(bytes: number): { memory: Memory; zeroed: boolean } {
  // So much that there are chunks to share.
  const shared = bytes >= LARGE && threads() > 1
  let best = -1
  idle.forEach((memory, q) => {
    const size = sizeOf(memory)
    const isShared = !(memory.buffer instanceof ArrayBuffer)
    if (isShared !== shared || size < bytes || size > Math.max(SMALL, WASTE * bytes)) return
    if (best < 0 || size < sizeOf(idle[best])) best = q
  })
  if (best >= 0) return { memory: idle.splice(best, 1)[0], zeroed: false }
  try {
    return { memory: memoryOf(bytes, shared), zeroed: true }
  } catch (error) {
    if (idle.length === 0) throw error
    idle.length = 0
    return { memory: memoryOf(bytes, shared), zeroed: true }
  }
}

/** Takes memory back that nobody will use; arrays over it become empty, where the platform can do that (not if it is shared). */
export function giveMemory(memory: Memory): void {
  if (memory.buffer instanceof ArrayBuffer) memory.grow(0)
  if (sizeOf(memory) > MOST_BYTES) return
  idle.push(memory)
  let bytes = idle.reduce((sum, one) => sum + sizeOf(one), 0)
  while (idle.length > MOST_MEMORIES || bytes > MOST_BYTES) bytes -= sizeOf(idle.shift() as Memory)
}

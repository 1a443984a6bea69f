// Sorting many doubles in place, several times as fast as the platform does.
import { wasm } from './sort-doubles.generated.ts'
import { compiled, instantiate, type Memory, memoryOf } from './web-assembly.ts'

interface Exports {
  /** Where keys and room may lie, from here on, in bytes. */
  start(): number
  /** Sorts the n keys at `keys`, with `room` for n more, and says how many are not NaN, which are first. */
  sort(keys: number, room: number, n: number): number
}

interface Kernel extends Exports {
  readonly memory: Memory
}

/** Sorts doubles in place, and lends memory in which it does so without copies. */
export interface SortDoubles {
  (keys: Float64Array): Float64Array
  /**
   * Lends memory for n doubles, of any content, while `use` runs: keys that lie in it are sorted where they are. What `use` returns is
   * returned; the memory serves others afterwards, so that nothing may keep it.
   *
   * @throws RangeError if n is no whole number ≥ 0, or there is not as much memory
   */
  lend<Result>(n: number, use: (keys: Float64Array) => Result): Result
}

// For fewer keys, moving them to the kernel's memory costs more than it saves.
const FEW = 256
// 16 bytes for each key, and the tables, in the 4 GiB that 32-bit addresses reach.
const MANY = 2.6e8
// Memory of as many bytes is kept for the next call, more of it only until it is collected: new pages cost the system as much as half a sort.
const KEPT = 268435456

let module: object | undefined
// What the last call used, while nobody else does.
let idle: { kernel?: Kernel; weak: WeakRef<Kernel> } | undefined
/** Whose memory is lent, and where in it there is room. */
const lent = new WeakMap<ArrayBufferLike, { kernel: Kernel; room: number }>()

/** A kernel for so many keys, of nobody else while `use` runs; undefined where there is none. */
function withKernel<Result>(n: number, use: (kernel: Kernel | undefined) => Result): Result {
  const kernel = n < FEW || n > MANY ? undefined : kernelFor(n)
  try {
    return use(kernel)
  } finally {
    if (kernel) {
      const kept = kernel.memory.buffer.byteLength <= KEPT ? kernel : undefined
      idle = { kernel: kept, weak: new WeakRef(kernel) }
    }
  }
}

function kernelFor(n: number): Kernel | undefined {
  module ??= compiled(wasm)
  const last = idle?.weak.deref()
  if (last && last.memory.buffer.byteLength >= last.start() + 16 * n) {
    idle = undefined
    return last
  }
  try {
    // The tables' size is known to the kernel only, and they fit in 2 MiB.
    const memory = memoryOf(2 ** 21 + 16 * n)
    return { ...instantiate<Exports>(module, memory), memory }
  } catch {
    return undefined
  }
}

const doublesOf = (kernel: Kernel, n: number) => new Float64Array(kernel.memory.buffer, kernel.start(), n)

function lend<Result>(n: number, use: (keys: Float64Array) => Result): Result {
  if (!(n >= 0 && n % 1 === 0))
    throw new RangeError(`sortDoubles.lend: expected n a whole number >= 0, got ${n}`)
  return withKernel(n, (kernel) => {
    if (!kernel) return use(new Float64Array(n))
    const { buffer } = kernel.memory
    lent.set(buffer, { kernel, room: kernel.start() + 8 * n })
    try {
      return use(doublesOf(kernel, n))
    } finally {
      lent.delete(buffer)
    }
  })
}

function sort(keys: Float64Array): Float64Array {
  if (!(keys instanceof Float64Array))
    throw new TypeError(`sortDoubles: expected a Float64Array, got ${Object.prototype.toString.call(keys)}`)
  const n = keys.length
  const own = lent.get(keys.buffer)
  if (own && n >= FEW) return settled(keys, own.kernel.sort(keys.byteOffset, own.room, n))
  return withKernel(n, (kernel) => {
    if (!kernel) return keys.sort()
    const copy = doublesOf(kernel, n)
    copy.set(keys)
    const numbers = kernel.sort(copy.byteOffset, copy.byteOffset + 8 * n, n)
    keys.set(copy)
    return settled(keys, numbers)
  })
}

/** Sorted keys with the negative zeros before the others, and NaN at the end. */
function settled(keys: Float64Array, numbers: number): Float64Array {
  keys.fill(Number.NaN, numbers)
  // −0 and 0 are equal to the kernel.
  const first = lowerBound(keys, numbers, (key) => key >= 0)
  const end = lowerBound(keys, numbers, (key) => key > 0)
  let negative = 0
  for (let i = first; i < end; i++) negative += +Object.is(keys[i], -0)
  keys.fill(-0, first, first + negative)
  keys.fill(0, first + negative, end)
  return keys
}

/** The first of n sorted keys for which `holds`, which then holds for all after it. */
function lowerBound(keys: Float64Array, n: number, holds: (key: number) => boolean): number {
  let low = 0
  for (let high = n; low < high; ) {
    const middle = (low + high) >> 1
    if (holds(keys[middle])) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * Sorts doubles in place, ascending, as `Float64Array.prototype.sort` does: −0 before 0, NaN last. Equal keys cannot be told
 * apart, so the order is the only one.
 *
 * By distribution in WebAssembly: time linear in n, about 10 ns a key; memory for twice the keys while it runs, up to 256 MiB of which
 * serve the next call. Where there is not as much, or no WebAssembly, the platform's own sort does it. Keys in memory that
 * `sortDoubles.lend` gives are not copied: `sortDoubles.lend(n, (keys) => …)`.
 * Source: Knuth, The Art of Computer Programming 3 (1998), §5.2.1 (distribution, exercise 38) and §5.2.5 (radix).
 *
 * @param keys n doubles; changed
 * @returns keys
 * @throws TypeError if keys is not a Float64Array
 */
export const sortDoubles: SortDoubles = /* @__PURE__ */ Object.assign(sort, { lend })
